"""How static files are stored in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Hashed names, compressed; the imports between the modules of static/js get the hashed names as well.

    Django looks for them in the text: each import is one statement that ends with a semicolon.
    """

    support_js_module_import_aggregation = True
