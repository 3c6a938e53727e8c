"""The small parts of a workbook: which sheets there are, which styles are dates."""

import re
import zipfile
from posixpath import dirname, join, normpath
from typing import Final

from attrs import frozen

from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.sheets import Epoch
from estatecrm.exchange.xlsx_package import Damaged, Package

_BUILT_IN_DATES: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_NOT_A_DATE_PART: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|;.*', re.DOTALL)
_DURATION: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MINUTES: Final = re.compile(r"h+\W*m+|m+\W*s+", re.IGNORECASE)
_DATE_PART: Final = re.compile(r"[ydem]", re.IGNORECASE)
_STYLES: Final = 100_000
_FOREIGN: Final = ("xl/workbook.bin", "content.xml", "Index/Document.iwa")


@frozen
class SheetPart:
    """One worksheet: its tab's text, its member in the zip, whether its tab is shown."""

    name: str
    member: str
    visible: bool


@frozen
class Workbook:
    """What must be known before any sheet is read."""

    sheets: tuple[SheetPart, ...]
    epoch: Epoch
    date_styles: frozenset[str]
    shared_member: str | None


def local(name: str) -> str:
    """A tag or attribute without its namespace."""
    return name.rpartition(" ")[2]


def read_workbook(package: Package, archive: zipfile.ZipFile) -> Workbook:
    """
    The workbook's table of contents.

    Raises:
        FileRefused: a zip of another kind (another office program's, a document).
    """
    members = set(archive.namelist())
    path = _main_part(package, archive, members)
    links = _links(package, archive, path)
    sheets: list[SheetPart] = []
    epochs = [Epoch.SINCE_1900]

    def start(name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "workbookPr":
                epochs.append(Epoch.SINCE_1904 if attributes.get("date1904") in {"1", "true"} else epochs[0])
            case "sheet":
                link = next((value for key, value in attributes.items() if local(key) == "id"), "")
                kind, member = links.get(link, ("", ""))
                if kind == "worksheet" and member in members:
                    visible = attributes.get("state", "visible") == "visible"
                    sheets.append(SheetPart(attributes.get("name", ""), member, visible))
            case _:
                pass

    package.parse(archive, path, start, _ignore, _ignore)
    by_kind = {kind: member for kind, member in links.values() if member in members}
    dates = _date_styles(package, archive, by_kind.get("styles"))
    return Workbook(tuple(sheets), epochs[-1], dates, by_kind.get("sharedStrings"))


def _ignore(_: str) -> None:
    """Nothing in this part's text or closing tags matters."""


def _main_part(package: Package, archive: zipfile.ZipFile, members: set[str]) -> str:
    if any(member in members for member in _FOREIGN):
        raise FileRefused.because(FileFault.BINARY_WORKBOOK, file=package.source.name)
    roots = _links(package, archive, "") if "_rels/.rels" in members else {}
    path = next((member for kind, member in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
    if path.endswith(".bin"):
        raise FileRefused.because(FileFault.BINARY_WORKBOOK, file=package.source.name)
    if path not in members or not path.startswith("xl/"):
        raise FileRefused.because(FileFault.UNKNOWN_TYPE, file=package.source.name)
    return path


def _links(package: Package, archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that *part* names: link, kind, member."""
    folder = dirname(part)
    links: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            member = target[1:] if target.startswith("/") else normpath(join(folder, target))
            links[attributes.get("Id", "")] = (kind, member)

    package.parse(archive, join(folder, "_rels", f"{part.rpartition('/')[2]}.rels"), start, _ignore, _ignore)
    return links


def _date_styles(package: Package, archive: zipfile.ZipFile, member: str | None) -> frozenset[str]:
    """The style numbers, as cells write them, whose format shows a date."""
    if member is None:
        return frozenset()
    custom: dict[str, str] = {}
    formats: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside and inside[-1] == "cellXfs":
            if len(formats) > _STYLES:
                raise Damaged("it has more styles than a workbook can")
            formats.append(attributes.get("numFmtId", "0"))
        inside.append(tag)

    def end(_: str) -> None:
        inside.pop()

    package.parse(archive, member, start, end, _ignore)
    return frozenset(str(style) for style, number in enumerate(formats) if _is_date(number, custom))


def _is_date(number: str, custom: dict[str, str]) -> bool:
    """Whether a format shows a day; a time of day or a duration alone is a number."""
    if number not in custom:
        return number.isdigit() and int(number) in _BUILT_IN_DATES
    code = custom[number]
    if _DURATION.search(code):
        return False
    bare = _MINUTES.sub("", _NOT_A_DATE_PART.sub("", code).replace("General", ""))
    return bool(_DATE_PART.search(bare))
