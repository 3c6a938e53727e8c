"""
Quantities that know their unit, and texts that know what they are.

========================================================== ===========================================
`Money`, `yuan`, `Points`                                  money in yuan, loyalty points
`Rate`, `percent`, `per_mille`, `per_ten_thousand`         shares
`Area`, `square_metres`                                    floor area
`Rounding`                                                 how a digit is dropped, named where it happens
`Range`, `Least`, `at_least`, `Bound`                      bounds, counted in unless told otherwise
`NaturalDays`, `WorkingDays`, `ClockHours`,                time limits, never the same thing
`BusinessHours`, `TimeWord` (`ALARM`, `IMMEDIATE`,
`PROMPT`), all of them `TimeLimit`
`Phone`, `normalise_phone`                                 telephone numbers
`IdentityNumber`, `check_identity`, `Gender`               identity documents
`clean_text`, `clean_note`, `mask_name`, `InvalidText`     text at the boundary
========================================================== ===========================================

All of them are immutable and hashable, none touches a clock, a locale or the ambient decimal context, and
no phone or identity number shows itself unmasked.
"""

from estatecrm.values._area import Area, square_metres
from estatecrm.values._exact import Rounding
from estatecrm.values._identity import Gender, IdentityFault, IdentityKind, IdentityNumber, check_identity
from estatecrm.values._limits import (
    ALARM,
    IMMEDIATE,
    PROMPT,
    BusinessHours,
    ClockHours,
    NaturalDays,
    TimeLimit,
    TimeWord,
    WorkingDays,
)
from estatecrm.values._money import Money, Points, yuan
from estatecrm.values._phone import Phone, PhoneKind, normalise_phone
from estatecrm.values._range import Bound, Least, Range, at_least
from estatecrm.values._rate import Rate, per_mille, per_ten_thousand, percent
from estatecrm.values._text import InvalidText, clean_note, clean_text, mask_name

__all__ = [
    "ALARM",
    "IMMEDIATE",
    "PROMPT",
    "Area",
    "Bound",
    "BusinessHours",
    "ClockHours",
    "Gender",
    "IdentityFault",
    "IdentityKind",
    "IdentityNumber",
    "InvalidText",
    "Least",
    "Money",
    "NaturalDays",
    "Phone",
    "PhoneKind",
    "Points",
    "Range",
    "Rate",
    "Rounding",
    "TimeLimit",
    "TimeWord",
    "WorkingDays",
    "at_least",
    "check_identity",
    "clean_note",
    "clean_text",
    "mask_name",
    "normalise_phone",
    "per_mille",
    "per_ten_thousand",
    "percent",
    "square_metres",
    "yuan",
]
