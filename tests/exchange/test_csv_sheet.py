"""Text files in the encodings and with the accidents offices have."""

from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.errors import ExchangeError, InvalidFacts
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.limits import Limits
from estatecrm.exchange.sheets import open_sheet

LINES = "姓名,电话\n张三,15400000001\n"


def rows(content: bytes) -> list[list[object]]:
    return [cells for _, cells in open_sheet(BytesIO(content)).rows()]


def refusal(content: bytes, **options: object) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        list(open_sheet(BytesIO(content), **options).rows())
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert rows(LINES.encode(encoding)) == [["姓名", "电话"], ["张三", "15400000001"]]


def test_a_rare_hanzi_survives_gb18030() -> None:
    assert rows("姓名\n王𠮷\n".encode("gb18030")) == [["姓名"], ["王𠮷"]]


def test_utf8_is_tried_to_the_end_of_the_file() -> None:
    content = b"a,b\n" * 700_000 + "李,四\n".encode()
    assert rows(content)[-1] == ["李", "四"]


def test_text_in_no_known_encoding_is_refused() -> None:
    assert refusal(b"name,phone\n\xff\xff,1\n").code == "encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_below_a_title_line(delimiter: str) -> None:
    text = f"来访登记表\n姓名{delimiter}电话{delimiter}备注\n张三{delimiter}154{delimiter}x\n"
    assert rows(text.encode())[1] == ["姓名", "电话", "备注"]


def test_a_comma_in_a_quoted_note_does_not_make_it_the_delimiter() -> None:
    assert rows('姓名;备注\n张三;"a,b,c,d"\n'.encode())[1] == ["张三", "a,b,c,d"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    found = list(open_sheet(BytesIO(b'a,b\n\n1,"x\ny"\n,\n2,z\n')).rows())
    assert found == [(1, ["a", "b"]), (3, ["1", "x\ny"]), (5, ["2", "z"])]


def test_a_sheet_can_be_read_again_from_its_top() -> None:
    sheet = open_sheet(BytesIO(LINES.encode()))
    assert list(sheet.rows()) == list(sheet.rows())


def test_a_quote_that_is_never_closed_is_refused_with_its_line() -> None:
    refused = refusal('姓名,电话\n张三,1\n"李四,2\n王五,3\n'.encode())
    assert (refused.code, dict(refused.values)["line"]) == ("stray_quote", "3")


def test_two_stray_quotes_do_not_swallow_the_rows_between() -> None:
    refused = refusal('姓名,电话,备注\n"张三,1,x\n李四,2,y\n王五",3,z\n赵六,4,u\n'.encode())
    assert (refused.code, dict(refused.values)["line"]) == ("stray_quote", "2")


def test_stray_quotes_in_the_same_column_of_two_rows_are_noticed() -> None:
    refused = refusal('姓名,电话,备注,性别\n张三,1,"x,男\n李四,2,y",女\n'.encode())
    assert refused.code == "stray_quote"


def test_a_text_after_a_closing_quote_is_refused() -> None:
    assert refusal('姓名,电话\n"张"三,1\n'.encode()).code == "stray_quote"


def test_a_quote_inside_a_field_is_only_a_character() -> None:
    assert rows('姓名,备注\n张三,要"大"一点的\n'.encode())[1] == ["张三", '要"大"一点的']


def test_a_note_of_several_lines_is_kept() -> None:
    assert rows('姓名,电话,备注\n张三,1,"先看,两房\n再看三房"\n'.encode())[1] == ["张三", "1", "先看,两房\n再看三房"]


def test_a_record_of_more_lines_than_a_note_can_have_is_refused() -> None:
    content = ('姓名,备注\n张三,"' + "x\n" * 120 + '"\n').encode()
    assert refusal(content).code == "stray_quote"


def test_a_nul_is_refused_with_its_line() -> None:
    refused = refusal("姓名,电话\n张三,1\n李\0四,2\n".encode())
    assert (refused.code, dict(refused.values)["line"]) == ("nul", "3")


def test_a_field_longer_than_a_cell_is_refused_with_its_line() -> None:
    refused = refusal(b"name,note\nx," + b"y" * 200_000 + b"\n")
    assert (refused.code, dict(refused.values)["line"]) == ("long_field", "2")


def test_a_record_of_too_many_fields_is_refused() -> None:
    refused = refusal(b"a,b\n" + b"," * 300 + b"x\n")
    assert (refused.code, dict(refused.values)["row"]) == ("too_wide", "2")


def test_a_file_larger_than_allowed_is_refused() -> None:
    assert refusal(LINES.encode(), limits=Limits(file_bytes=10)).code == "too_big"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content).code == "empty"


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"%PDF-1.7\n", "unknown_type"),
        (b"\x89PNG\r\n", "unknown_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "old_workbook"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(start: bytes, code: str) -> None:
    assert refusal(start).code == code


def test_a_csv_has_no_named_sheets() -> None:
    assert refusal(LINES.encode(), sheet="一月").code == "no_such_sheet"


def test_a_missing_file_is_one_clear_sentence(tmp_path) -> None:
    with pytest.raises(ExchangeError, match=r"gone\.csv cannot be opened: No such file"):
        open_sheet(tmp_path / "gone.csv")


def test_a_stream_of_text_is_the_callers_mistake() -> None:
    with pytest.raises(InvalidFacts, match="stream of bytes"):
        open_sheet(StringIO(LINES))


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "gb18030"])
)
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]], encoding: str) -> None:
    import csv

    text = StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["姓名", "电话", "备注"], *table])
    found = [cells for _, cells in open_sheet(BytesIO(text.getvalue().encode(encoding))).rows()]
    assert found == [["姓名", "电话", "备注"], *(row for row in table if any(row))]
