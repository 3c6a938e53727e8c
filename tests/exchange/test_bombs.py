"""Files made to hurt: each is refused with one sentence, in little time and memory."""

import contextlib
import random
import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estatecrm.errors import ExchangeError
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.limits import Limits
from estatecrm.exchange.reading import read_drafts
from estatecrm.exchange.sheets import open_sheet
from estatecrm.testing.sample_people import sample_people
from estatecrm.testing.samples import SAMPLE_DAY, register_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MEBIBYTE = 1 << 20


def code(book: BytesIO, **options: object) -> str:
    with pytest.raises(FileRefused) as caught:
        list(open_sheet(book, **options).rows())
    return caught.value.code


def one(address: str, row: int) -> str:
    return f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'


def test_one_cell_in_the_last_corner_is_refused_in_no_memory(raw_book) -> None:
    book = raw_book(one("XFD1048576", 1_048_576))
    tracemalloc.start()
    assert code(book) == "too_wide"
    assert tracemalloc.get_traced_memory()[1] < 8 * MEBIBYTE
    tracemalloc.stop()


def test_one_cell_in_the_last_row_makes_no_empty_rows(raw_book) -> None:
    assert list(open_sheet(raw_book(one("A1048576", 1_048_576))).rows()) == [(1_048_576, [1])]


def test_a_declared_dimension_is_not_trusted(raw_book) -> None:
    book = raw_book(
        members={
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{one('B2', 2)}</sheetData></worksheet>"
        }
    )
    assert list(open_sheet(book).rows()) == [(2, ["", 1])]


def test_a_row_beyond_the_last_is_refused(raw_book) -> None:
    assert code(raw_book(one("A1048577", 1_048_577))) == "broken_workbook"


def test_rows_out_of_order_are_refused(raw_book) -> None:
    assert code(raw_book(one("A2", 2) + one("A1", 1))) == "broken_workbook"


def test_cells_out_of_order_are_refused(raw_book) -> None:
    row = '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    assert code(raw_book(row)) == "broken_workbook"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_in_every_part(raw_book, part: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    inside = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str">'
        "<v>&b;</v></c></row></sheetData></worksheet>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>',
    }[part]
    assert code(raw_book(one("A1", 1), members={part: laughs + inside})) == "xml_entities"


def test_an_entity_nobody_declared_is_refused(raw_book) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&bomb;</t></is></c></row>'
    assert code(raw_book(row)) == "broken_workbook"


def test_a_member_packed_too_well_is_refused(raw_book) -> None:
    assert code(raw_book(one("A1", 1), members={"xl/media/image.png": b"\0" * (40 * MEBIBYTE)})) == "too_big"


def test_more_than_the_allowed_bytes_in_all_are_refused(raw_book) -> None:
    noise = random.Random(1).randbytes(MEBIBYTE)
    book = raw_book(one("A1", 1), members={f"xl/media/{n}": noise for n in range(4)})
    assert code(book, limits=Limits(unpacked_bytes=3 * MEBIBYTE)) == "too_big"


def test_too_many_members_are_refused_before_they_are_listed(raw_book) -> None:
    assert code(raw_book(one("A1", 1), members={f"xl/x{n}": b"" for n in range(2_100)})) == "too_big"


def test_a_member_that_lies_about_its_size_is_refused(raw_book) -> None:
    content = bytearray(raw_book(one("A1", 1)).getvalue())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    content[at + 24 : at + 28] = struct.pack("<L", 40)
    assert code(BytesIO(bytes(content))) == "broken_workbook"


def test_a_zip_that_claims_sixty_four_bit_sizes_is_refused(raw_book) -> None:
    content = raw_book(one("A1", 1)).getvalue()
    at = content.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)
    assert code(BytesIO(content[:at] + locator + content[at:])) == "too_big"


def test_more_shared_text_than_allowed_is_refused(raw_book) -> None:
    texts = "".join(f"<si><t>{n:030d}</t></si>" for n in range(5_000))
    assert code(raw_book(one("A1", 1), shared=texts), limits=Limits(shared_bytes=100_000)) == "too_big"


@pytest.mark.parametrize(
    "kind", ['t="str"><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>', 't="inlineStr"><is><r><t>{}</t></r></is>']
)
def test_a_text_longer_than_a_cell_holds_is_refused(raw_book, kind: str) -> None:
    assert code(raw_book(f'<row r="1"><c r="A1" {kind.format("x" * 40_000)}</c></row>')) == "broken_workbook"


def test_a_shared_text_longer_than_a_cell_holds_is_refused(raw_book) -> None:
    assert code(raw_book(one("A1", 1), shared=f"<si><t>{'x' * 200_000}</t></si>")) == "broken_workbook"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_tags_nested_without_end_are_refused(raw_book, part: str) -> None:
    name = {"xl/worksheets/sheet1.xml": "worksheet", "xl/sharedStrings.xml": "sst", "xl/styles.xml": "styleSheet"}[part]
    deep = f'<x:{name} xmlns:x="{MAIN}">' + "<a>" * 100_000
    assert code(raw_book(one("A1", 1), styles="", members={part: deep})) == "broken_workbook"


def test_a_tag_that_never_ends_is_refused(raw_book) -> None:
    noise = random.Random(1).randbytes(3 * MEBIBYTE).hex()
    sheet = f'<x:worksheet xmlns:x="{MAIN}" a="{noise}"/>'
    assert code(raw_book(members={"xl/worksheets/sheet1.xml": sheet})) == "broken_workbook"


def test_more_merged_areas_than_a_table_needs_are_refused(raw_book) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, 60_000))
    assert code(raw_book(one("A1", 1), behind=f"<mergeCells>{areas}</mergeCells>")) == "broken_workbook"


def test_merged_areas_that_never_close_keep_no_pattern_busy(raw_book) -> None:
    assert len(list(open_sheet(raw_book(one("A1", 1), behind="<mergeCell " * 300_000)).rows())) == 1


@pytest.mark.parametrize("reference", ["1", "AAAA1", "a1", "Ａ1", ""])
def test_a_cell_without_a_real_address_is_refused(raw_book, reference: str) -> None:
    assert code(raw_book(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')) == "broken_workbook"


def test_a_shared_text_that_is_not_there_is_refused(raw_book) -> None:
    assert (
        code(raw_book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', shared="<si><t>a</t></si>")) == "broken_workbook"
    )


def test_a_number_that_is_none_is_refused(raw_book) -> None:
    assert code(raw_book('<row r="1"><c r="A1"><v>zwölf</v></c></row>')) == "broken_workbook"


def test_a_truncated_workbook_is_refused(raw_book) -> None:
    assert code(BytesIO(raw_book(one("A1", 1)).getvalue()[:-40])) == "broken_workbook"


def test_a_member_behind_a_password_is_refused(raw_book) -> None:
    content = bytearray(raw_book(one("A1", 1)).getvalue())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert code(BytesIO(bytes(content))) == "password"


@pytest.mark.parametrize(
    ("member", "expected"),
    [("xl/workbook.bin", "binary_workbook"), ("content.xml", "binary_workbook"), ("word/document.xml", "unknown_type")],
)
def test_other_kinds_of_zip_are_told_apart(member: str, expected: str) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    assert code(buffer) == expected


def test_an_empty_zip_is_refused() -> None:
    buffer = BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    assert code(buffer) == "unknown_type"


def read_all(content: bytes) -> None:
    """Read drafts; what is wrong with the file is an `ExchangeError` and nothing else."""
    with contextlib.suppress(ExchangeError):
        list(read_drafts(BytesIO(content), today=SAMPLE_DAY))


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_an_exchange_error(content: bytes) -> None:
    read_all(content)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_random_text_below_a_header_raises_nothing_but_an_exchange_error(text: str, encoding: str) -> None:
    header = "姓名,电话,身份证号,年龄,预算,面积,等级,签约日期,备注\n"
    read_all((header + text).encode(encoding, "ignore"))


REGISTER = register_xlsx(list(sample_people(12, seed=9)), SAMPLE_DAY)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(REGISTER) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_mutated_workbook_raises_nothing_but_an_exchange_error(changes: list[tuple[int, int]]) -> None:
    content = bytearray(REGISTER)
    for place, value in changes:
        content[place] = value
    read_all(bytes(content))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 6), st.data())
def test_mutated_xml_in_a_sound_zip_raises_nothing_but_an_exchange_error(part: int, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(REGISTER)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = list(parts)[part % len(parts)]
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    parts[name] = bytes(content)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, whole in parts.items():
            archive.writestr(each, whole)
    read_all(buffer.getvalue())
