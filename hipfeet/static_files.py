"""How static files are stored in production."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENTS = re.compile(r"^[ \t]*//.*\n|(?<=[;,{]) // .*$", re.MULTILINE)


def without_comments(script: str) -> str:
    """A script of ours as it is sent: comments on or behind a line help who reads the source, not who loads the page.

    No text of ours in backquotes runs over a line (tests/hipfeet/test_static_files.py).
    """
    return COMMENTS.sub("", script)


class HashedFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Hashed names, compressed; the imports between the modules of static/js get the hashed names as well.

    Django looks for them in the text: each import is one statement that ends with a semicolon.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self,
        paths: dict[str, tuple[Any, str]],
        dry_run: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
        **options: Any,
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Take the comment lines out of our scripts, then hash and compress all files as ever."""
        ours = [] if dry_run else [name for name in paths if re.fullmatch(r"js/\w+\.js", name)]
        for name in ours:
            with self.open(name) as file:
                script = file.read().decode()
            self.delete(name)
            self.save(name, ContentFile(without_comments(script).encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
