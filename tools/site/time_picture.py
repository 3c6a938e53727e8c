"""Opening hours, a pause and a limit as a picture, drawn from what the calendars answer while the site is built."""

from collections.abc import Iterator
from html import escape

import pendulum
from attrs import frozen
from pendulum import DateTime

from estatecrm.calendars import Pause
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import BusinessHours
from words import word

BUSINESS = DEVELOPER.counting.time.business
MONDAY = pendulum.datetime(2025, 3, 3, tz="Asia/Shanghai")
FIRST, LAST = MONDAY.add(hours=8), MONDAY.add(days=1, hours=19)
WIDTH, TOP, HIGH, ROW = 760, 46, 34, 104


@frozen
class Row:
    """One line of the picture: the limit without, and with, the pause."""

    label: str
    pauses: tuple[Pause, ...]


def business_time(locale: str, _: str) -> str:
    """Six business hours from Monday 16:00, once without and once with a pause over Tuesday's opening."""
    pause = Pause(MONDAY.add(days=1, hours=9), MONDAY.add(days=1, hours=10, minutes=30))
    rows = (Row(word(locale, "no pause"), ()), Row(word(locale, "with a pause"), (pause,)))
    parts = [part for number, row in enumerate(rows) for part in _row(row, TOP + number * ROW)]
    height = TOP + len(rows) * ROW
    return (
        f'<svg class="time" role="img" aria-label="{escape(word(locale, "business time"))}" '
        f'viewBox="0 0 {WIDTH} {height}">{"".join(parts)}</svg>'
    )


def _row(row: Row, top: int) -> Iterator[str]:
    start = MONDAY.add(hours=16)
    due = BUSINESS.add(start, BusinessHours(6), pauses=row.pauses).moment
    yield _text(4, top - 26, row.label, "start")
    for opens, closes in BUSINESS.windows_from(FIRST):
        if opens >= LAST:
            break
        yield _box("open", opens, min(closes, LAST), top)
        yield _text(_x(opens), top + HIGH + 16, f"{opens:%H:%M}", "middle")
    for pause in row.pauses:
        yield _box("pause", *pause.moments(BUSINESS.zone), top)
    for moment in (start, due):
        yield f'<path d="M{_x(moment):g} {top - 8}V{top + HIGH + 2}"/>'
        yield _text(_x(moment), top - 12, f"{moment:%m-%d %H:%M}", "middle")


def _x(moment: DateTime) -> float:
    return 24 + (WIDTH - 48) * (moment - FIRST).total_seconds() / (LAST - FIRST).total_seconds()


def _box(kind: str, start: DateTime, end: DateTime, top: int) -> str:
    width = _x(end) - _x(start)
    return f'<rect class="{kind}" x="{_x(start):g}" y="{top}" width="{width:g}" height="{HIGH}"/>'


def _text(x: float, y: float, label: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(label)}</text>'
