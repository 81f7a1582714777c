"""HTML as an assertion reads it."""

import re

IN_A_LINE = "a b strong em i small span br mark cite code label button input select svg"
TAG = re.compile(rf" ?(</?(?!(?:{IN_A_LINE.replace(' ', '|')})\b)[a-zA-Z](?:\"[^\"]*\"|[^\">])*>) ?")


def squeezed(html: str) -> str:
    """A page on one line, without white space beside the tags of blocks, where none shows."""
    one_line = re.sub(r"\s+(/?>)|\s+", lambda found: found[1] or " ", html)
    return TAG.sub(r"\1", one_line)
