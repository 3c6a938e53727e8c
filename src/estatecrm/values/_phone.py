"""Telephone numbers as offices write them."""

import re
from enum import Enum

from attrs import field, frozen

from estatecrm.values._text import InvalidText

_MOBILE = re.compile(r"1[3-9][0-9]{9}").fullmatch
_WIDE = str.maketrans("０１２３４５６７８９＋－—–−（）＃　．", "0123456789+----()# .")
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|ext\.?|x|#)\s*:?\s*([0-9]{1,6})\Z", re.IGNORECASE)
_HYPHEN_EXTENSION = re.compile(r"(.*[0-9]{4})-([0-9]{1,6})").fullmatch
_PUNCTUATION = re.compile("[\\s().\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff-]+")
_PREFIX = re.compile(r"\A(?:\+0*|00|0)?86(?=[0-9]{10,12}\Z)")
_LANDLINE = re.compile(r"0?((?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})").fullmatch
_TOLL_FREE = re.compile(r"[48]00[0-9]{7}").fullmatch
_SERVICE = re.compile(r"1[0-2][0-9]{3}|9[56][0-9]{3,4}").fullmatch
_FOREIGN = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})").fullmatch
_MAINLAND = "+86"


class PhoneKind(Enum):
    """What sort of line a number is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    TOLL_FREE = "toll_free"
    SERVICE = "service"
    FOREIGN = "foreign"
    """Hong Kong, Macau, Taiwan and abroad, written with the country code."""


@frozen
class Phone:
    """
    A telephone number in one canonical text: E.164 where that exists, ``;ext=`` before an extension.

    The constructor trusts its text (records from storage); `parse` reads what a person wrote.
    """

    number: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Phone":
        """
        The number *text* writes: mobile, landline with area code, 400/800, service, or +country code.

        Raises:
            InvalidText: it is none of these (reason "phone").
        """
        number = normalise_phone(text)
        if number is None:
            raise InvalidText(
                "phone",
                "not a telephone number: write 11 digits for a mobile, area code and number for a landline, "
                "+ and the country code for abroad",
            )
        return cls(number)

    @property
    def kind(self) -> PhoneKind:
        """What sort of line it is."""
        if not self.number.startswith("+"):
            return PhoneKind.SERVICE
        if not self.number.startswith(_MAINLAND):
            return PhoneKind.FOREIGN
        national = self.number[3:]
        if _MOBILE(national):
            return PhoneKind.MOBILE
        return PhoneKind.TOLL_FREE if _TOLL_FREE(national) else PhoneKind.LANDLINE

    @property
    def masked(self) -> str:
        """Fit to be shown: ``138****5678``. A public service number is nobody's and stays."""
        kind = self.kind
        if kind is PhoneKind.SERVICE:
            return self.number
        line = self.number.partition(";")[0]
        if kind is PhoneKind.LANDLINE:
            line = "0" + line[3:]
        elif kind is not PhoneKind.FOREIGN:
            line = line[3:]
        return f"{line[: max(len(line) - 8, 2)]}****{line[-4:]}"

    def __repr__(self) -> str:
        return f"Phone('{self.masked}')"

    def __str__(self) -> str:
        return self.masked


def normalise_phone(text: str) -> str | None:
    """
    The canonical text of the number *text* writes, or None where it writes none; never raises.

    Made for imports: a clean mobile costs one pattern.
    """
    if _MOBILE(text):
        return _MAINLAND + text
    return _normalise_unusual(text)


def _normalise_unusual(text: str) -> str | None:
    plain = text.translate(_WIDE).strip()
    if split := _EXTENSION.search(plain):
        return _extended(_line(plain[: split.start()]), split[1])
    whole = _line(plain)
    if whole is None and (split := _HYPHEN_EXTENSION(plain)):
        return _extended(_line(split[1]), split[2])
    return whole


def _extended(line: str | None, extension: str) -> str | None:
    return f"{line};ext={extension}" if line is not None and line.startswith("+") else None


def _line(plain: str) -> str | None:
    digits = _PUNCTUATION.sub("", plain)
    return _mainland(digits) or _abroad(digits)


def _mainland(digits: str) -> str | None:
    national = _PREFIX.sub("", digits, count=1) if "86" in digits[:6] else digits
    if _MOBILE(national) or _TOLL_FREE(national):
        return _MAINLAND + national
    # Without its 0 an area code is only believed after a country code.
    if (national[:1] == "0" or national != digits) and (line := _LANDLINE(national)):
        return _MAINLAND + line[1]
    return national if _SERVICE(national) and national == digits else None


def _abroad(digits: str) -> str | None:
    matched = _FOREIGN(digits)
    if matched is None or matched[1].startswith("86"):
        return None
    return f"+{matched[1]}"
