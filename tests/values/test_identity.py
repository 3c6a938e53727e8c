"""Identity numbers. 11010519491231002X and the permits are samples of the standards; the rest is made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.values import (
    Gender,
    IdentityFault,
    IdentityKind,
    IdentityNumber,
    InvalidText,
    check_identity,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def by_the_standard(body: str) -> str:
    """GB 11643 as printed: weights, sum, remainder, table."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_the_resident_card(text: str) -> None:
    card = IdentityNumber.parse(text)
    assert card.number == "11010519491231002X"
    assert card.kind is IdentityKind.RESIDENT
    assert card.birth_date == date(1949, 12, 31)
    assert card.gender is Gender.FEMALE
    assert card.masked == "110105********002X"


@pytest.mark.parametrize(
    ("text", "kind", "birth", "gender"),
    [
        ("810000199408230021", IdentityKind.RESIDENCE_PERMIT, date(1994, 8, 23), Gender.FEMALE),
        ("830000199201300022", IdentityKind.RESIDENCE_PERMIT, date(1992, 1, 30), Gender.FEMALE),
        ("110105491231002", IdentityKind.OLD_RESIDENT, date(1949, 12, 31), Gender.FEMALE),
        (by_the_standard("91184019900101001"), IdentityKind.FOREIGNER_PERMIT, date(1990, 1, 1), None),
        ("H12345678", IdentityKind.HOME_RETURN_PERMIT, None, None),
        ("m1234567801", IdentityKind.HOME_RETURN_PERMIT, None, None),
        ("12345678", IdentityKind.TAIWAN_PERMIT, None, None),
        ("ABC123456789012", IdentityKind.FOREIGNER_PERMIT, None, None),
        ("E12345678", IdentityKind.PASSPORT, None, None),
        ("EA1234567", IdentityKind.PASSPORT, None, None),
        ("987654321", IdentityKind.PASSPORT, None, None),
    ],
)
def test_other_documents_are_accepted_as_such(
    text: str, kind: IdentityKind, birth: date | None, gender: Gender | None
) -> None:
    document = IdentityNumber.parse(text)
    assert (document.kind, document.birth_date, document.gender) == (kind, birth, gender)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("1101051949123100", "length"),
        ("110105194912310021X", "length"),
        ("1101051949123100AX", "characters"),
        ("110105194912310021", "checksum"),
        ("110105194912310000", "lost_digits"),
        ("1.10105194912310E+17", "lost_digits"),
        (by_the_standard("11010519490231002"), "birth_date"),
        (by_the_standard("11010518991231002"), "birth_date"),
        ("110105491331002", "birth_date"),
        ("PASSPORT", "length"),
    ],
)
def test_a_refusal_names_its_reason_and_not_the_number(text: str, reason: str) -> None:
    with pytest.raises(InvalidText) as refused:
        IdentityNumber.parse(text)
    assert refused.value.reason == reason
    assert text == "" or text not in str(refused.value)
    assert check_identity(text) == (None, reason)


def test_the_first_of_1900_is_old_enough() -> None:
    assert check_identity(by_the_standard("11010519000101002"))[1] is None


def test_a_birth_date_after_today_is_refused_only_where_today_is_given() -> None:
    tomorrow = by_the_standard("11010520250304002")
    assert check_identity(tomorrow) == (tomorrow, None)
    assert check_identity(tomorrow, today=date(2025, 3, 4)) == (tomorrow, None)
    assert check_identity(tomorrow, today=date(2025, 3, 3)) == (None, IdentityFault.FUTURE_BIRTH)


def test_an_old_card_compares_in_its_new_form() -> None:
    assert IdentityNumber.parse("110105491231002").eighteen == "11010519491231002X"
    assert IdentityNumber.parse("E12345678").eighteen == "E12345678"


def test_an_identity_number_never_shows_itself() -> None:
    card = IdentityNumber.parse("11010519491231002X")
    for shown in (repr(card), str(card), repr([card])):
        assert "19491231" not in shown
        assert "110105********002X" in shown
    assert IdentityNumber.parse("E12345678").masked == "E1*****78"


@given(
    st.integers(min_value=100_000, max_value=999_999),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(min_value=0, max_value=999),
)
def test_every_number_made_by_the_standard_is_accepted_and_no_neighbour_is(area: int, born: date, order: int) -> None:
    number = by_the_standard(f"{area}{born:%Y%m%d}{order:03}")
    assert check_identity(number) == (number, None)
    for character in set("0123456789X") - {number[-1]}:
        assert check_identity(number[:-1] + character)[1] in {
            IdentityFault.CHECKSUM,
            IdentityFault.LOST_DIGITS,
        }


@given(st.text(max_size=20))
def test_checking_never_fails(text: str) -> None:
    number, fault = check_identity(text)
    assert (number is None) != (fault is None)
