"""
Three files as sales offices have them, dirty on purpose: ``python -m estatecrm.testing.samples DIR``.

========================== =====================================================================
``visits.csv``             UTF-8 with BOM, commas, clear headers: who came to the sales office
``calls.csv``              GB18030, tabs, a title line, full-width digits, +86: who telephoned
``register.xlsx``          dates since 1904, title, two header rows, merged cells, header repeated
========================== =====================================================================

Some people are in two files. The same seed and day give the same bytes.
"""

import csv
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from attrs import evolve

from estatecrm.testing.sample_people import SAMPLE_DAY, SAMPLE_STAFF, SamplePerson, sample_people
from estatecrm.testing.sample_workbook import SampleCell, SampleSheet, workbook_bytes

VISITS: Final = "visits.csv"
CALLS: Final = "calls.csv"
REGISTER: Final = "register.xlsx"
SAMPLE_FILES: Final = (VISITS, CALLS, REGISTER)

_VISIT_HEADERS: Final = (
    *("客户姓名", "性别", "联系电话", "身份证号", "职业", "家庭住址", "客户来源", "介绍人", "意向面积"),
    *("意向户型", "购房预算", "意向等级", "意向房号", "置业顾问", "首次来访日期", "最近跟进日期", "备注"),
)
_CALL_HEADERS: Final = (
    "序号",
    "姓名",
    "手机号码",
    "年龄",
    "来源",
    "级别",
    "需求面积",
    "预算（万元）",
    "销售",
    "首访时间",
    "上次联系",
    "备注",
)
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def write_samples(folder: str | Path, *, day: dt.date = SAMPLE_DAY) -> tuple[Path, ...]:
    """The three files in *folder*, as if exported on *day*; files of the same names are replaced."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    visitors = [_only_looking(person) for person in sample_people(291, seed=1, day=day)]
    callers = [*sample_people(282, seed=2, day=day), *visitors[40:58]]
    registered = [*sample_people(276, seed=3, day=day), *visitors[100:112], *callers[60:72]]
    contents = {
        VISITS: visits_csv(visitors, day),
        CALLS: calls_csv(callers, day),
        REGISTER: register_xlsx(registered, day),
    }
    for name, content in contents.items():
        (target / name).write_bytes(content)
    return tuple(target / name for name in SAMPLE_FILES)


def _only_looking(person: SamplePerson) -> SamplePerson:
    return evolve(person, status="意向", unit="", subscribed_on=None, signed_on=None, moved_in_on=None)


def visits_csv(visitors: Sequence[SamplePerson], day: dt.date) -> bytes:
    """The visitors' list; 9 rows of it are there twice, 17 cannot be accepted."""
    rows = [_visit_row(person) for person in visitors]
    for place, header, text in _visit_faults(day):
        rows[place][_VISIT_HEADERS.index(header)] = text
    rows[150:150] = [rows[place][:] for place in range(120, 129)]
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(_VISIT_HEADERS)
    for number, row in enumerate(rows):
        writer.writerow(row)
        if number in {80, 200}:
            writer.writerow([""] * len(row))
    return written.getvalue().encode("utf-8-sig")


def _visit_faults(day: dt.date) -> Iterator[tuple[int, str, str]]:
    """What is wrong in the visitors' list: row, column, what stands there."""
    for place in (5, 6, 7):
        yield place, "联系电话", ""
        yield place, "身份证号", ""
    yield from ((place, "联系电话", "1540000001") for place in (20, 21))
    yield from ((place, "身份证号", "100000199001011230") for place in (30, 31))
    yield from ((place, "首次来访日期", f"01/02/{day.year}") for place in (70, 71))
    yield 75, "首次来访日期", f"{day.year}-02-30"
    yield 76, "最近跟进日期", f"{day.year + 1}-01-05"
    yield from ((place, "意向等级", "强") for place in (90, 91))
    yield 95, "客户姓名", ""
    yield 160, "购房预算", "200"
    yield 161, "性别", "保密"
    yield 170, "首次来访日期", "下周"
    yield from ((place, "置业顾问", "已离职小王") for place in (180, 181, 182))
    yield 190, "备注", '=HYPERLINK("http://example.invalid","优惠")'
    yield 191, "备注", "先看两房\n再看三房，下周答复"
    yield 192, "客户来源", "在售楼部对面吃饭时看到的"
    yield 193, "联系电话", "+86 154 9900 0193 / 15499000194"
    yield 194, "客户姓名", " 王　伟 "


def _visit_row(person: SamplePerson) -> list[str]:
    low, high = person.area
    least, most = person.budget
    return [
        *(person.name, person.gender, person.phone, person.identity, person.occupation, person.address),
        *(person.source, person.introducer, f"{low}-{high}㎡" if high > low else f"{low}平"),
        *(person.layout, f"{least}-{most}万" if most > least else f"{least}万以内"),
        *(person.grade, person.wanted_unit, person.consultant),
        *(person.first_visit.isoformat(), person.last_contact.isoformat(), person.note),
    ]


def calls_csv(callers: Sequence[SamplePerson], day: dt.date) -> bytes:
    """The callers' list; 8 rows cannot be accepted."""
    lines = ["云栖里项目来电客户登记表", "\t".join(_CALL_HEADERS)]
    for number, person in enumerate(callers):
        row = _call_row(number, person, day)
        row.update(_CALL_FAULTS.get(number, {}))
        lines.append("\t".join(row[header] for header in _CALL_HEADERS))
        if number in {99, 199}:
            lines += ["", *lines[:2]]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


_CALL_FAULTS: Final[dict[int, dict[str, str]]] = {
    **{number: {"手机号码": "没留"} for number in (11, 12)},
    13: {"手机号码": "1.54020E+10"},
    25: {"年龄": "80后"},
    33: {"级别": "A+"},
    34: {"需求面积": "三房大一点"},
    35: {"首访时间": "3/4/2026"},
    36: {"姓名": ""},
    50: {"来源": "/", "备注": "-"},
}


def _call_row(number: int, person: SamplePerson, day: dt.date) -> dict[str, str]:
    phone = (
        person.phone,
        person.phone.translate(_WIDE),
        f"+86 {person.phone[:3]} {person.phone[3:7]} {person.phone[7:]}",
    )
    visit, last = person.first_visit, person.last_contact
    years = (
        day.year - person.birth_date.year - ((day.month, day.day) < (person.birth_date.month, person.birth_date.day))
    )
    written = (
        f"{visit.year}年{visit.month}月{visit.day}日",
        f"{visit.year}.{visit.month}.{visit.day}",
        f"{visit:%Y%m%d}",
    )
    cells = (
        *(str(number + 1), person.name, phone[number % 3], f"{years}岁", person.source),
        person.grade if number % 5 else "ＡＢＣＤ"["ABCD".index(person.grade)] + "级",
        *(f"约{person.area[0]}平米", f"{person.budget[0]}~{person.budget[1]}", person.consultant),
        *(written[number % 3], f"{last.year}/{last.month}/{last.day} 9:5", person.note),
    )
    return dict(zip(_CALL_HEADERS, cells, strict=True))


_REGISTER_TOP: Final[tuple[SampleCell, ...]] = (
    *("置业顾问", "客户信息", None, None, "联系方式", None, "成交信息", None, None, None, None),
    *("意向等级", "首次来访日期", "最近跟进", "备注"),
)
_REGISTER_BELOW: Final[tuple[SampleCell, ...]] = (
    *(None, "姓名", "性别", "身份证号", "电话", "备用电话", "客户状态", "房号", "认购日期", "签约日期", "入住日期"),
    *(None, None, None, None),
)
_REGISTER_MERGED: Final = ("A1:O1", "A2:A3", "B2:D2", "E2:F2", "G2:K2", "L2:L3", "M2:M3", "N2:N3", "O2:O3")


def register_xlsx(people: Sequence[SamplePerson], day: dt.date) -> bytes:
    """The register of customers and buyers, one block for each consultant; 9 rows cannot be accepted."""
    rows: list[Sequence[SampleCell] | None] = [("云栖里项目客户登记一览表",), _REGISTER_TOP, _REGISTER_BELOW]
    merged = [*_REGISTER_MERGED]
    number = 0
    faults = _register_faults(day)
    for staff in SAMPLE_STAFF:
        block = [person for person in people if person.consultant == staff.name]
        first = len(rows) + 1
        for place, person in enumerate(block):
            cells = _register_row(number, person)
            for wrong, cell in faults.get(number, {}).items():
                cells[wrong] = cell
            rows.append((staff.name if place == 0 else None, *cells[1:]))
            number += 1
        merged.append(f"A{first}:A{len(rows)}")
        rows += [None, _REGISTER_TOP, _REGISTER_BELOW] if staff in SAMPLE_STAFF[1:3] else [None]
    info = SampleSheet("填表说明", [("由销售内勤每周五汇总", day.isoformat())], hidden=True)
    return workbook_bytes([info, SampleSheet("客户一览", rows, tuple(merged))], since_1904=True)


def _register_row(number: int, person: SamplePerson) -> list[SampleCell]:
    row: list[SampleCell] = [
        *(None, person.name, person.gender, person.identity, int(person.phone) if number % 2 else person.phone, None),
        *(person.status, person.unit, person.subscribed_on, person.signed_on, person.moved_in_on),
        *(person.grade, person.first_visit, person.last_contact, person.note),
    ]
    if number % 7 == 0:
        row[5] = f"0571-8{number:07d}"
    if number in _NUMBERED_IDENTITIES:
        row[3] = float(person.identity[:17] + "0")
    return row


_NUMBERED_IDENTITIES: Final = frozenset({14, 15, 100, 210})
"""Whose identity number somebody typed as a number, so that its last digits are lost."""


def _register_faults(day: dt.date) -> dict[int, dict[int, SampleCell]]:
    """What is wrong in the register: number of the person, place of the cell, what stands there."""
    long_ago, before, after = (day - dt.timedelta(days=days) for days in (800, 200, 160))
    return {
        40: {1: None},
        41: {4: "打不通", 3: None},
        60: {6: "签约", 7: None, 8: None, 9: before, 10: None, 12: long_ago, 13: before},
        61: {6: "签约", 7: "9-901", 8: after, 9: before, 10: None, 12: long_ago, 13: after},
        62: {6: "退房", 7: None, 8: None, 9: None, 10: None},
    }


def main() -> None:
    """Write the files into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m estatecrm.testing.samples DIR")
    write_samples(sys.argv[1])


if __name__ == "__main__":
    main()
