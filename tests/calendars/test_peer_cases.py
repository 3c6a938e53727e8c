"""
Every business-time case of other systems' own test suites, run as it stands.

A case marked `universal` is answered under the default conventions; a case marked `peer_convention` under the one that
reproduces that peer, and the answer must say that it decided. What calendars alone cannot say is listed with the
reason, and the list is exact.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pendulum
import pytest

from estatecrm.calendars import (
    BusinessTime,
    Convention,
    Day,
    DayReason,
    Ending,
    NothingElapsed,
    OfficeHours,
    OneDay,
    Pause,
    PauseOutside,
    PlainWeek,
    Precision,
    Roll,
    StateCouncil,
    Weekday,
    WorkingCalendar,
    split_by_day,
    windows,
    zone_named,
)
from estatecrm.errors import InvalidCalendar
from estatecrm.values import BusinessHours

Json = Mapping[str, object]

TABLE = json.loads((Path(__file__).parents[1] / "cases" / "peer_cases.json").read_text(encoding="utf-8"))
CASES = [
    pytest.param(case["given"], case["expect"], id=f"{number}-{case['given']['op']}")
    for number, case in enumerate(TABLE)
    if case["capability"].startswith(("sla.", "calendar."))
]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# op -> why calendars alone cannot answer it; the complaint rules do (issue 4).
BEYOND_CALENDARS = {
    "next_escalation": "which of a case's targets comes first is a matter of the case",
    "update_due": "which message starts a clock is a matter of the case's history",
    "average_response": "an average over the exchanges of a case",
    "resolved_then_closed": "which event ends a clock is a matter of the case's life cycle",
}

BOUNDARIES: dict[str, tuple[Convention, ...]] = {
    "at_close": (Ending.AT_CLOSING,),
    "next_opening": (Ending.AT_NEXT_OPENING,),
}


def windows_of(pieces: list[list[str]]) -> list[str]:
    return [f"{opens}-{closes}" for opens, closes in pieces]


def office(given: Json, *conventions: Convention) -> BusinessTime:
    plan = given["calendar"]
    assert set(plan) <= {"tz", "hours", "holidays", "breaks", "shifts"}
    texts = {day: windows_of(pieces) for day, pieces in plan["hours"].items()}
    hours = OfficeHours(tuple(windows(*texts.get(day, ())) for day in WEEK))
    for day, pieces in plan.get("shifts", {}).items():
        hours = hours.on(date.fromisoformat(day), *windows_of(pieces))
    for day, pieces in plan.get("breaks", {}).items():
        hours = hours.closed_on(date.fromisoformat(day), *windows_of(pieces))
    off = [date.fromisoformat(day) for day in plan.get("holidays", ())]
    return BusinessTime(PlainWeek().with_days(off=off), hours, plan["tz"]).following(*conventions)


def moment(text: str, zone: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else pendulum.instance(at, tz=zone)


def same(found: datetime, text: str, zone: str) -> None:
    assert found == moment(text, zone)
    assert found.utcoffset() == pendulum.instance(found).in_timezone(zone).utcoffset()


def chosen(expect: Json) -> tuple[Convention, ...]:
    if expect["kind"] == "universal":
        return ()
    if "boundary" in expect:
        return BOUNDARIES[expect["boundary"]]
    note = expect["note"]
    if note.startswith("Zammad drops 36 s"):
        return (Precision.MINUTE,)
    if note.startswith("peer adds 45 min of WALL-CLOCK hold"):
        return (PauseOutside.EXTENDS,)
    assert note.startswith("peer stores a 1-second sentinel")
    return (NothingElapsed.ONE_SECOND,)


def pauses_of(given: Json) -> list[Pause]:
    zone = given["calendar"]["tz"]
    return [Pause(moment(start, zone), moment(end, zone)) for start, end in given.get("pauses", ())]


def deadline(given: Json, expect: Json) -> None:
    if not given["calendar"]["hours"]:
        never_open(given, expect)
        return
    time, zone = office(given, *chosen(expect)), given["calendar"]["tz"]
    start, amount = moment(given["start"], zone), BusinessHours.of_seconds(given["business_seconds"])
    found = time.add(start, amount, pauses=pauses_of(given))
    same(found.moment, expect["due"], zone)
    if expect["kind"] == "peer_convention":
        assert set(chosen(expect)) <= set(found.decided_by)


def never_open(given: Json, expect: Json) -> None:
    """Refused at construction; the peer's answer is that of an office that never closes, which one must ask for."""
    with pytest.raises(InvalidCalendar, match="never opens"):
        OfficeHours.weekdays()
    always = BusinessTime(PlainWeek(), OfficeHours.around_the_clock(), given["calendar"]["tz"])
    due = always.add(moment(given["start"], "UTC"), BusinessHours.of_seconds(given["business_seconds"]))
    same(due.moment, expect["due"], "UTC")


def deadline_backward(given: Json, expect: Json) -> None:
    zone = given["calendar"]["tz"]
    found = office(given).subtract(moment(given["start"], zone), BusinessHours.of_seconds(given["business_seconds"]))
    same(found.moment, expect["at"], zone)


def elapsed(given: Json, expect: Json) -> None:
    zone = given["calendar"]["tz"]
    time = office(given, *chosen(expect))
    found = time.elapsed(moment(given["from"], zone), moment(given["to"], zone), pauses=pauses_of(given))
    assert found.span == timedelta(seconds=expect["seconds"])


def add_business_days(given: Json, expect: Json) -> None:
    meaning = OneDay.SAME_CLOCK_TIME if "keep the clock time" in given["rule"] else OneDay.CLOSING_FROM_START
    zone, days = given["calendar"]["tz"], given["days"]
    time, start = office(given, meaning), moment(given["start"], zone)
    found = time.add_open_dates(start, days) if days >= 0 else time.subtract_open_dates(start, -days)
    same(found.moment, expect["at"], zone)


def week_of(given: Json) -> WorkingCalendar:
    if "open_weekdays" in given:
        days = {Weekday(WEEK.index(day)) for day in given["open_weekdays"].split()}
    elif given["weekmask"] == "Mon":
        days = {Weekday.MONDAY}
    else:
        days = {Weekday(number) for number, open_ in enumerate(given["weekmask"]) if open_ == "1"}
    off = [date.fromisoformat(day) for day in given.get("holidays", ())]
    return PlainWeek(frozenset(days)).with_days(off=off)


def add_working_dates(given: Json, expect: Json) -> None:
    found = week_of(given).add_working_days(date.fromisoformat(given["start"]), given["days"])
    assert found.date == date.fromisoformat(expect["date"])


def add_working_dates_keep_time(given: Json, expect: Json) -> None:
    local = pendulum.instance(datetime.fromisoformat(given["start"])).in_timezone(given["tz"])
    found = week_of(given).add_working_days(local.date(), given["days"]).date
    same(pendulum.instance(datetime.combine(found, local.time()), tz=given["tz"]), expect["at"], given["tz"])


ROLLS = {"forward": Roll.NEXT, "backward": Roll.PREVIOUS, "modifiedfollowing": Roll.NEXT_IN_MONTH}


def roll_date(given: Json, expect: Json) -> None:
    assert given["offset"] == 0
    found = week_of(given).roll(date.fromisoformat(given["start"]), ROLLS[given["roll"]])
    assert found.date == date.fromisoformat(expect["date"])


def observed_date(given: Json, expect: Json) -> None:
    assert given["rule"] == "if weekend, next Monday"
    found = PlainWeek().roll(date.fromisoformat(given["holiday"]), Roll.NEXT)
    assert found.date == date.fromisoformat(expect["observed"])


def count_working_dates(given: Json, expect: Json) -> None:
    start, end = date.fromisoformat(given["from"]), date.fromisoformat(given["to_exclusive"])
    assert week_of(given).working_days_between(start, end).days == expect["count"]


def is_open(given: Json, expect: Json) -> None:
    assert office(given).is_open(moment(given["at"], given["calendar"]["tz"])) is expect["open"]


def next_windows(given: Json, expect: Json) -> None:
    zone = given["calendar"]["tz"]
    found = list(islice(office(given).windows_from(moment(given["from"], zone)), given["count"]))
    assert [[f"{opens:%Y-%m-%dT%H:%M}", f"{closes:%Y-%m-%dT%H:%M}"] for opens, closes in found] == expect["windows"]


def local_to_utc(given: Json, expect: Json) -> None:
    local, zone = datetime.fromisoformat(given["local"]), zone_named(given["tz"])
    clock = (local.hour * 60 + local.minute) * 60_000_000
    assert zone.moment(zone.at(local.toordinal(), clock)).astimezone(UTC).isoformat() == expect["utc"]


def is_workday_cn(given: Json, expect: Json) -> None:
    assert StateCouncil().day(date.fromisoformat(given["date"])).working is expect["workday"]


def count_cn(given: Json, expect: Json) -> None:
    first, last = date.fromisoformat(given["from"]), date.fromisoformat(given["to_inclusive"])
    known = [StateCouncil().day(date.fromordinal(each)) for each in range(first.toordinal(), last.toordinal() + 1)]

    def number(fits: Callable[[Day], bool]) -> int:
        return sum(map(fits, known))

    assert number(lambda day: not day.working) == expect["days_off"]
    # The peer's "on weekdays" leaves out plain weekends only: a Saturday inside a holiday stays in.
    assert number(lambda day: day.reason is DayReason.HOLIDAY) == expect["statutory_days_off_on_weekdays"]
    assert number(lambda day: day.working) == expect["workdays"]
    assert number(lambda day: day.reason is DayReason.WORKDAY) == expect["workdays_on_weekdays"]


def split_pause_by_local_day(given: Json, expect: Json) -> None:
    days = {f"day{number}": date(2025, 3, 3 + number) for number in range(6)}

    def at(text: str) -> datetime:
        day, clock = text.split()
        return pendulum.parse(f"{days[day]}T{clock}", tz=given["tz"])

    pieces = split_by_day(Pause(*(at(text) for text in given["pause"])), given["tz"])
    shown = [[piece.day, str(piece.start), str(piece.end)] for piece in pieces]
    if "segments" in expect:
        assert shown == [[days[day], start, end] for day, start, end in expect["segments"]]
    else:
        assert len(shown) == expect["segments_per_day"]
        assert shown[0][1:] == expect["first"]
        assert all(piece[1:] == expect["middle"] for piece in shown[1:-1])
        assert shown[-1][1:] == expect["last"]


def late_by(given: Json, expect: Json) -> None:
    time, zone = office(given), given["calendar"]["tz"]
    due = time.add(moment(given["created"], zone), BusinessHours.of_seconds(given["target_seconds"])).moment
    responded = moment(given["responded"], zone)
    assert (responded > due) is expect["breached"]
    if expect["breached"]:
        assert time.elapsed(due, responded).span == timedelta(seconds=expect["late_business_seconds"])


OPERATIONS: dict[str, Callable[[Json, Json], None]] = {
    "deadline": deadline,
    "deadline_backward": deadline_backward,
    "elapsed_business_seconds": elapsed,
    "add_business_days": add_business_days,
    "add_working_dates": add_working_dates,
    "add_working_dates_keep_time": add_working_dates_keep_time,
    "roll_date": roll_date,
    "observed_date": observed_date,
    "count_working_dates": count_working_dates,
    "is_open": is_open,
    "next_windows": next_windows,
    "local_to_utc": local_to_utc,
    "is_workday_cn": is_workday_cn,
    "count_cn": count_cn,
    "split_pause_by_local_day": split_pause_by_local_day,
    "late_by": late_by,
}


@pytest.mark.parametrize(("given", "expect"), [case for case in CASES if case.values[0]["op"] not in BEYOND_CALENDARS])
def test_peer_case(given: Json, expect: Json) -> None:
    OPERATIONS[given["op"]](given, expect)


def test_the_table_is_whole_and_only_the_listed_cases_are_left_to_complaints() -> None:
    operations = [case.values[0]["op"] for case in CASES]
    assert len(operations) == 158
    left = sorted(op for op in operations if op not in OPERATIONS)
    assert left == sorted(BEYOND_CALENDARS)
    assert set(OPERATIONS) <= set(operations)
