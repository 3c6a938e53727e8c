"""Which language is meant, whatever it is called."""

from typing import Final

from estatecrm.errors import InvalidFacts

SOURCE: Final = "zh_CN"
"""The language the sentences are first written in."""

KNOWN: Final = (SOURCE, "en")

_CALLED: Final = {
    "zh": SOURCE,
    "zh_cn": SOURCE,
    "zh_hans": SOURCE,
    "zh_hans_cn": SOURCE,
    "en": "en",
    "en_us": "en",
    "en_gb": "en",
}


def normalise(called: str) -> str:
    """
    The catalogue's name for the language *called* ``zh``, ``zh-CN``, ``zh_CN.UTF-8``, ``en-US`` and the like.

    Raises:
        InvalidFacts: there is no catalogue for it.
    """
    plain = called.strip().partition(".")[0].replace("-", "_").lower()
    if plain not in _CALLED:
        raise InvalidFacts(f"there is no catalogue for the language {called!r}: choose zh_CN or en")
    return _CALLED[plain]
