"""Identity document numbers, judged by what the number itself proves and nothing else."""

import re
from datetime import date
from enum import Enum, StrEnum

from attrs import field, frozen

from estatecrm.values._text import InvalidText

_EIGHTEEN = re.compile(r"[1-9][0-9]{16}[0-9X]").fullmatch
_FIFTEEN = re.compile(r"[1-8][0-9]{14}").fullmatch
_HOME_RETURN = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?").fullmatch
_TAIWAN = re.compile(r"[0-9]{8}(?:[0-9]{2})?").fullmatch
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}[0-9]{12}").fullmatch
_PASSPORT = re.compile(r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{6,9}|[0-9]{9}").fullmatch
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?1[4-8]").fullmatch
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ　－", "0123456789XX -")
_BETWEEN = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff-]+")
_CHECK = "10X98765432"
_EARLIEST = 1900


class Gender(Enum):
    """A person's sex as documents record it."""

    MALE = "male"
    FEMALE = "female"


class IdentityKind(Enum):
    """Which document a number belongs to."""

    RESIDENT = "resident"
    """居民身份证 of eighteen characters (GB 11643)."""
    OLD_RESIDENT = "old_resident"
    """The fifteen-digit card, void since 2013 but still in old files."""
    RESIDENCE_PERMIT = "residence_permit"
    """港澳台居民居住证."""
    HOME_RETURN_PERMIT = "home_return_permit"
    """港澳居民来往内地通行证."""
    TAIWAN_PERMIT = "taiwan_permit"
    """台湾居民来往大陆通行证."""
    FOREIGNER_PERMIT = "foreigner_permit"
    """外国人永久居留证, the form of 2023 or the older one."""
    PASSPORT = "passport"


class IdentityFault(StrEnum):
    """What is wrong with an identity number."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTH_DATE = "birth_date"
    FUTURE_BIRTH = "future_birth"
    CHECKSUM = "checksum"
    LOST_DIGITS = "lost_digits"


_SAYING = {
    IdentityFault.EMPTY: "the identity number is empty",
    IdentityFault.LENGTH: "an identity number has 18 characters: count them again",
    IdentityFault.CHARACTERS: "an identity number has digits, and at most an X at its end",
    IdentityFault.BIRTH_DATE: "the identity number holds no real birth date since 1900",
    IdentityFault.FUTURE_BIRTH: "the identity number holds a birth date in the future",
    IdentityFault.CHECKSUM: "the check character of the identity number does not fit: a digit is mistyped",
    IdentityFault.LOST_DIGITS: "the identity number lost its last digits in a spreadsheet: type it as text",
}


@frozen
class IdentityNumber:
    """
    The number of an identity document, upper case and without blanks.

    The constructor trusts its fields (records from storage); `parse` reads what a person wrote. No list of
    area codes is consulted: codes are abolished and people keep them.

    Source: GB 11643 (check by ISO 7064 MOD 11-2); residence permits: State Council 2018; GA/T 2102-2023.
    """

    number: str = field(repr=False)
    kind: IdentityKind

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> "IdentityNumber":
        """
        The number *text* writes; with *today* a birth date after it is refused.

        Raises:
            InvalidText: `reason` is one of `IdentityFault`.
        """
        number, kind, fault = _judge(text, today)
        if fault is not None or kind is None:
            why = fault or IdentityFault.CHARACTERS
            raise InvalidText(why, _SAYING[why])
        return cls(number, kind)

    @property
    def birth_date(self) -> date | None:
        """The birth date in the number, or None for documents whose number holds none."""
        if len(self.number) == 18:
            return _date(self.number[6:14])
        if self.kind is IdentityKind.OLD_RESIDENT:
            return _date("19" + self.number[6:12])
        return None

    @property
    def gender(self) -> Gender | None:
        """The sex in the order digit, or None for documents whose number is not known to hold it."""
        if self.kind in _ORDERED:
            order = self.number[16] if len(self.number) == 18 else self.number[14]
            return Gender.MALE if order in "13579" else Gender.FEMALE
        return None

    @property
    def eighteen(self) -> str:
        """The number to compare by: an old fifteen-digit card in its eighteen-character form."""
        if self.kind is not IdentityKind.OLD_RESIDENT:
            return self.number
        body = self.number[:6] + "19" + self.number[6:]
        return body + _check_character(body)

    @property
    def masked(self) -> str:
        """Fit to be shown: first six and last four characters; two and two of the short documents."""
        head, tail = (6, 4) if len(self.number) >= 15 else (2, 2)
        return f"{self.number[:head]}{'*' * (len(self.number) - head - tail)}{self.number[-tail:]}"

    def __repr__(self) -> str:
        return f"IdentityNumber('{self.masked}', {self.kind})"

    def __str__(self) -> str:
        return self.masked


_ORDERED = frozenset({IdentityKind.RESIDENT, IdentityKind.OLD_RESIDENT, IdentityKind.RESIDENCE_PERMIT})


def check_identity(text: str, *, today: date | None = None) -> tuple[str | None, IdentityFault | None]:
    """The canonical number and None, or None and what is wrong; never raises. Made for imports."""
    number, _, fault = _judge(text, today)
    return (number, None) if fault is None else (None, fault)


_Judged = tuple[str, IdentityKind | None, IdentityFault | None]


def _judge(text: str, today: date | None) -> _Judged:
    number = text
    if not _EIGHTEEN(text):
        number = _BETWEEN.sub("", text.translate(_WIDE)).upper()
        if not _EIGHTEEN(number):
            return _judge_other(number, today)
    if int(number[:17], 13) * 13 % 11 != _CHECK_VALUE[number[17]]:
        lost = number.endswith("000")
        return number, None, IdentityFault.LOST_DIGITS if lost else IdentityFault.CHECKSUM
    return number, _eighteen_kind(number), _birth_fault(number[6:14], today)


def _judge_other(number: str, today: date | None) -> _Judged:
    if _FIFTEEN(number):
        return number, IdentityKind.OLD_RESIDENT, _birth_fault("19" + number[6:12], today)
    for fits, kind in _OTHERS:
        if fits(number):
            return number, kind, None
    if not number:
        return number, None, IdentityFault.EMPTY
    if _SCIENTIFIC(number):
        return number, None, IdentityFault.LOST_DIGITS
    wrong_length = len(number) != 18
    return number, None, IdentityFault.LENGTH if wrong_length else IdentityFault.CHARACTERS


_OTHERS = (
    (_HOME_RETURN, IdentityKind.HOME_RETURN_PERMIT),
    (_TAIWAN, IdentityKind.TAIWAN_PERMIT),
    (_OLD_FOREIGNER, IdentityKind.FOREIGNER_PERMIT),
    (_PASSPORT, IdentityKind.PASSPORT),
)


def _eighteen_kind(number: str) -> IdentityKind:
    if number[0] == "9":
        return IdentityKind.FOREIGNER_PERMIT
    return IdentityKind.RESIDENCE_PERMIT if number[:2] in {"81", "82", "83"} else IdentityKind.RESIDENT


def _birth_fault(digits: str, today: date | None) -> IdentityFault | None:
    birth = _date(digits)
    if birth is None or birth.year < _EARLIEST:
        return IdentityFault.BIRTH_DATE
    return IdentityFault.FUTURE_BIRTH if today is not None and birth > today else None


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _check_character(body: str) -> str:
    # 13 leaves the remainder 2 modulo 11, so reading the digits in base 13 applies the weights 2**k at once.
    return _CHECK[int(body, 13) * 13 % 11]


_CHECK_VALUE = {character: remainder for remainder, character in enumerate(_CHECK)}
