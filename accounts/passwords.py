"""Which passwords are refused: short ones, those everybody tries first, those about this site or the person."""

import re
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts.models import User

SHORTEST = 12
LONGEST = 256
"""Longer ones would only keep the server busy."""
HELP = "At least 12 characters. Three or four words that have nothing to do with each other are easy to keep."
SITE_WORDS = ("hipfeet", "flatfeet", "flatfoot", "hips", "feet", "foot", "hip")
"""The longest first, as they are taken out one after the other."""
FAMOUS = ("correcthorsebatterystaple", "correcthorse")
"""Published as an example of a good one."""
LEET = str.maketrans("0134578@$!", "oieastbasi")
SHORTEST_OF_ITS_OWN = 6
"""Letters that a password needs besides words of the site or of the person, and besides repetition."""
FEW_WORDS = 2


@cache
def _common() -> frozenset[str]:
    """Django's list of the most common passwords, those of four letters and more."""
    return frozenset(one for one in CommonPasswordValidator().passwords if len(one) >= 4)


class PasswordValidator:
    """The one rule for passwords; no rule says which kinds of characters it must have."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with the reason, in a sentence."""
        if len(password) < SHORTEST:
            raise ValidationError(f"Use at least {SHORTEST} characters.", code="too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="too_long")
        typed = password.lower()
        if len(set(typed)) < SHORTEST_OF_ITS_OWN:
            raise ValidationError("This password is among those that are tried first.", code="too_common")
        unmasked = re.sub(r"^[^a-z]+|[^a-z]+$", "", typed).translate(LEET)
        for written in ("".join(filter(str.isalnum, one)) for one in (typed, unmasked)):
            if _is_common(written) or _is_about(written, FAMOUS):
                raise ValidationError("This password is among those that are tried first.", code="too_common")
            if _is_about(written, SITE_WORDS):
                raise ValidationError("Whoever knows this site would try this password.", code="site")
            if user and _is_about(written, _words_of(user)):
                raise ValidationError("This password is too like your name or e-mail address.", code="own")

    def get_help_text(self) -> str:
        """What a good one is."""
        return HELP


def _is_common(written: str) -> bool:
    """Whether it is one piece again and again, or one or two of the most common passwords, numbers aside."""
    if not written:
        return False  # nothing but signs, or letters of another script at its ends
    if len(set(written)) < SHORTEST_OF_ITS_OWN or _repeats(written):
        return True
    letters = "".join(filter(str.isalpha, written))
    return written in _common() or _made_of(letters, FEW_WORDS) or _made_of(written, FEW_WORDS)


def _repeats(written: str) -> bool:
    """Whether a piece of up to a third of it is said again and again."""
    return any(
        written == (written[:length] * len(written))[: len(written)]
        for length in range(1, len(written) // 3 + 1)
    )


def _made_of(written: str, words: int) -> bool:
    """Whether it is at most so many common passwords, one after the other."""
    if not written or not words:
        return not written
    return any(
        written[:end] in _common() and _made_of(written[end:], words - 1)
        for end in range(len(written), 3, -1)
    )


def _is_about(written: str, words: tuple[str, ...]) -> bool:
    """Whether hardly a letter is left of it without these words."""
    left = written
    for word in words:
        left = left.replace(word, "")
    return left != written and sum(map(str.isalpha, left)) < SHORTEST_OF_ITS_OWN


def _words_of(user: User) -> tuple[str, ...]:
    """Parts of the name and the address that are long enough to mean the person."""
    said = f"{user.name} {user.email}".lower()
    parts = {"".join(filter(str.isalnum, part)) for part in [*said.replace("@", " ").split(), *_split(said)]}
    return tuple(sorted((part for part in parts if len(part) >= 4), key=len, reverse=True))


def _split(said: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in said).split()
