"""Files built in the test, down to the raw XML of a workbook."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TODAY = date(2026, 11, 20)

RawBook = Callable[..., BytesIO]


def _parts(*, rows: str, behind: str, shared: str | None, styles: str | None, properties: str) -> dict[str, str]:
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{properties}'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{LINKS}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>',
    }
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return parts


@pytest.fixture
def raw_book() -> RawBook:
    """A workbook from the XML of its rows; *members* replaces or adds whole parts."""

    def build(
        rows: str = "",
        *,
        behind: str = "",
        shared: str | None = None,
        styles: str | None = None,
        properties: str = "",
        members: dict[str, str | bytes] | None = None,
    ) -> BytesIO:
        buffer = BytesIO()
        parts: dict[str, str | bytes] = {
            **_parts(rows=rows, behind=behind, shared=shared, styles=styles, properties=properties),
            **(members or {}),
        }
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        buffer.seek(0)
        return buffer

    return build


@pytest.fixture
def today() -> date:
    """The day on which the files are read."""
    return TODAY
