"""Which texts every storage can keep: exactly, distinct staying distinct, or refused at the boundary."""

from collections.abc import Iterable

from estatecrm.errors import InvalidFacts

IDENTIFIER = 128
"""Most characters of an identifier: customer code, unit, member, contact."""
KEY = 400
"""Most characters of a duty's key."""


def check_identifier(what: str, text: str) -> str:
    """
    *text* itself, if it can name something.

    Raises:
        InvalidFacts: it is empty, longer than `IDENTIFIER`, or cannot be kept.
    """
    if not text:
        raise InvalidFacts(f"{what} must not be empty")
    return check_reference(what, text)


def check_reference(what: str, text: str, *, most: int = IDENTIFIER) -> str:
    """*text* itself, if it can point to something or, being empty, to nothing."""
    if len(text) > most:
        raise InvalidFacts(f"{what} has {len(text)} characters; at most {most} can be kept")
    return check_text(what, text)


def check_text(what: str, text: str) -> str:
    """
    *text* itself, if every storage keeps it exactly.

    Raises:
        InvalidFacts: it holds a NUL or half of a surrogate pair.
    """
    if not keepable(text):
        raise InvalidFacts(f"{what} holds a NUL or half a character and cannot be kept: type it again")
    return text


def keepable(text: str) -> bool:
    """Whether every storage keeps *text* exactly; what is not kept is never found either."""
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def findable(texts: Iterable[str]) -> list[str]:
    """The distinct *texts* that a storage may be asked for, sorted."""
    return sorted({text for text in texts if keepable(text)})
