"""
Reading a workbook against openpyxl in read-only mode: time a row and peak memory.

Run: python benchmarks/workbooks.py [ROWS]

Each reading runs in a process of its own; its peak memory is the operating system's figure. Medians of five.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 5
HEADERS = (
    *("客户姓名", "手机号码", "性别", "职业", "家庭住址", "客户来源", "意向面积", "意向户型"),
    *("购房预算", "意向等级", "首次来访日期"),
)


def write_workbook(path: Path, rows: int) -> None:
    """A register of *rows* customers with shared strings and true dates."""
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, rows + 1):
            cells = (f"甄{row % 997}样", f"{15_400_000_000 + row}", "男", "教师", f"一期{row % 30}栋{row % 33}01")
            sheet.write_row(row, 0, (*cells, "路过", "90-110㎡", "三房", "200-230万", "ABCD"[row % 4]))
            sheet.write_datetime(row, 10, date(2025, 1 + row % 3, 1 + row % 28), day)


def reading(how: str) -> Callable[[str], int]:
    """What reads every row of a file and counts them, with all it needs imported."""
    if how == "openpyxl":
        from openpyxl import load_workbook

        return lambda path: (
            sum(1 for _ in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)) - 1
        )
    from estatecrm.exchange.reading import read_drafts
    from estatecrm.exchange.sheets import open_sheet

    if how == "cells":
        return lambda path: sum(1 for _ in open_sheet(path).rows()) - 1
    return lambda path: sum(1 for _ in read_drafts(path, today=date(2025, 4, 1)))


def peak_kilobytes() -> int:
    """The most memory this process ever held, as Linux tells it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def measured(how: str, path: Path) -> tuple[float, float, int]:
    """Seconds, peak megabytes and rows of one reading in a process of its own."""
    output = subprocess.run(
        [sys.executable, __file__, "--one", how, str(path)], check=True, capture_output=True, text=True
    ).stdout.split()
    return float(output[0]), int(output[1]) / 1024, int(output[2])


def main() -> None:
    """Measure, print; with ``--one`` a single reading."""
    if sys.argv[1:2] == ["--one"]:
        read = reading(sys.argv[2])
        start = perf_counter()
        rows = read(sys.argv[3])
        print(perf_counter() - start, peak_kilobytes(), rows)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_workbook(path, rows)
        times: dict[str, list[tuple[float, float, int]]] = {"openpyxl": [], "cells": [], "drafts": []}
        for _ in range(ROUNDS):
            for how, taken in times.items():
                taken.append(measured(how, path))
    slow = median(seconds for seconds, _, _ in times["openpyxl"])
    for how, taken in times.items():
        seconds = median(each[0] for each in taken)
        peak = max(each[1] for each in taken)
        print(f"{how:10} {seconds / rows * 1e6:7.1f} µs a row  {slow / seconds:5.2f} x as fast  peak {peak:6.1f} MB")
    print("goals: cells 3 x as fast as openpyxl read-only, at most 150 MB")


if __name__ == "__main__":
    main()
