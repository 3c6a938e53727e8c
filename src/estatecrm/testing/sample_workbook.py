"""A small writer of workbooks with the oddities that files from offices have; the same bytes every time."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from attrs import frozen

SampleCell: TypeAlias = str | int | float | dt.date | None

_STAMP: Final = (2026, 11, 20, 0, 0, 0)
_EPOCH_1904: Final = dt.date(1904, 1, 1)
_EPOCH_1900: Final = dt.date(1899, 12, 30)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@frozen
class SampleSheet:
    """One sheet: its rows by number from 1 (None for a row that is not there), and merged areas (``A1:C1``)."""

    name: str
    rows: Sequence[Sequence[SampleCell] | None]
    merged: tuple[str, ...] = ()
    hidden: bool = False


def workbook_bytes(sheets: Sequence[SampleSheet], *, since_1904: bool = False) -> bytes:
    """A workbook of *sheets*; unpacked, so that no compression library changes its bytes."""
    epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    tabs = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}"{_HIDDEN[sheet.hidden]} r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(since_1904)}"/><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{
            f"xl/worksheets/sheet{number}.xml": _sheet_xml(sheet, epoch)
            for number, sheet in zip(numbers, sheets, strict=True)
        },
    }
    return _zipped({name: (_DECLARATION + text).encode() for name, text in parts.items()})


_HIDDEN: Final = {False: "", True: ' state="hidden"'}
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def _sheet_xml(sheet: SampleSheet, epoch: dt.date) -> str:
    rows = "".join(
        f'<row r="{number}">{"".join(_cell_xml(number, place, cell, epoch) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(sheet.rows, 1)
        if row is not None
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{areas}</mergeCells>' if areas else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'


def _cell_xml(number: int, place: int, cell: SampleCell, epoch: dt.date) -> str:
    address = f"{chr(65 + place)}{number}"
    match cell:
        case None | "":
            return ""
        case str():
            return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case dt.date():
            return f'<c r="{address}" s="1"><v>{(cell - epoch).days}</v></c>'
        case _:
            return f'<c r="{address}"><v>{cell:.15G}</v></c>'


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content)
    return buffer.getvalue()
