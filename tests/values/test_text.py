"""Text at the boundary: cleaned, refused, masked."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.values import InvalidText, clean_note, clean_text, mask_name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  张三 ", "张三"),
        ("\u3000张三\u3000", "张三"),
        ("\ufeff张三\u200b", "张三"),
        ("欧阳𠮷野", "欧阳𠮷野"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("张\u3000三", "张\u3000三"),
        ("", ""),
    ],
)
def test_white_space_goes_and_rare_characters_stay(raw: str, text: str) -> None:
    assert clean_text(raw) == text


@pytest.mark.parametrize("raw", ["a\x00b", "a\x1bb", "a\nb", "a\tb", "a\x85b", "\ud842", "a\udfb7b"])
def test_control_characters_and_half_characters_are_refused(raw: str) -> None:
    with pytest.raises(InvalidText) as refused:
        clean_text(raw)
    assert refused.value.reason == "control"


def test_a_note_has_lines() -> None:
    assert clean_note(" 一\r\n二\r三\t四 ") == "一\n二\n三\t四"
    with pytest.raises(InvalidText):
        clean_note("a\x00b")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidText):
        clean_text(12)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("欧阳𠮷野", "欧阳**"),
        ("欧阳", "欧*"),
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("张", "*"),
        ("", ""),
        (" 李四 ", "李*"),
        ("John Smith", "J*********"),
    ],
)
def test_a_masked_name_keeps_the_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text())
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    try:
        once = clean_text(raw)
    except InvalidText:
        return
    assert clean_text(once) == once


def test_a_refusal_travels_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(InvalidText("control", "why")))
    assert (copy.reason, str(copy)) == ("control", "why")
