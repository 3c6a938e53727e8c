"""Telephone numbers as offices write them. Numbers are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.values import InvalidText, Phone, PhoneKind, normalise_phone


@pytest.mark.parametrize(
    "text",
    [
        "13800005678",
        " 138 0000 5678 ",
        "138-0000-5678",
        "+8613800005678",
        "+86 138-0000-5678",
        "(+86)13800005678",
        "8613800005678",
        "008613800005678",
        "086-13800005678",
        "１３８００００５６７８",
        "＋８６１３８００００５６７８",
        "\u202a13800005678\u202c",
        "138\u30000000 5678",
    ],
)
def test_one_mobile_in_many_hands(text: str) -> None:
    phone = Phone.parse(text)
    assert phone.number == "+8613800005678"
    assert phone.kind is PhoneKind.MOBILE
    assert phone.masked == "138****5678"


@pytest.mark.parametrize(
    ("text", "number", "masked"),
    [
        ("010-62345678", "+861062345678", "010****5678"),
        ("(0755)8376 5566", "+8675583765566", "0755****5566"),
        ("+86 755 83765566", "+8675583765566", "0755****5566"),
        ("0755-83765566转802", "+8675583765566;ext=802", "0755****5566"),
        ("0755-83765566-802", "+8675583765566;ext=802", "0755****5566"),
        ("0755-83765566 ext. 802", "+8675583765566;ext=802", "0755****5566"),
        ("0371-6234567", "+863716234567", "037****4567"),
    ],
)
def test_landlines_with_area_code(text: str, number: str, masked: str) -> None:
    phone = Phone.parse(text)
    assert phone.number == number
    assert phone.kind is PhoneKind.LANDLINE
    assert phone.masked == masked


def test_toll_free_service_and_foreign_numbers() -> None:
    assert Phone.parse("400-123-4567").number == "+864001234567"
    assert Phone.parse("400-123-4567").kind is PhoneKind.TOLL_FREE
    assert Phone.parse("12345").number == "12345"
    assert Phone.parse("95588").kind is PhoneKind.SERVICE
    hong_kong = Phone.parse("+852 9123 4567")
    assert hong_kong.number == "+85291234567"
    assert hong_kong.kind is PhoneKind.FOREIGN
    assert hong_kong.masked == "+852****4567"
    assert Phone.parse("00886-912-345-678").number == "+886912345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "无",
        "12800005678",
        "1380000567",
        "138000056789",
        "62345678",
        "13800005678.0",
        "+8612",
        "0755",
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(text: str) -> None:
    assert normalise_phone(text) is None
    with pytest.raises(InvalidText) as refused:
        Phone.parse(text)
    assert refused.value.reason == "phone"
    assert "13800005678" not in str(refused.value)


def test_a_phone_never_shows_itself() -> None:
    phone = Phone.parse("13800005678")
    for shown in (repr(phone), str(phone), f"{phone}", repr([phone])):
        assert "13800005678" not in shown
        assert "138****5678" in shown


@given(st.text(max_size=25))
def test_reading_never_fails_and_reading_twice_changes_nothing(text: str) -> None:
    number = normalise_phone(text)
    assert number is None or normalise_phone(number.replace(";ext=", "转")) == number


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_ordinary_mobile_is_read(digits: str) -> None:
    assert normalise_phone(digits) == f"+86{digits}"
