"""The cases of other systems that calendars alone cannot express: which clock, which message, which end."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pendulum
import pytest

from estatecrm.calendars import OfficeHours, OfficeTime, PlainWeek, windows
from estatecrm.model import Complaint, Happening, Intake, ReplyKind
from estatecrm.model.complaint_events import Accepted, Closed, Pressed, Replied, Solved
from estatecrm.rules.complaints.clock import Case, Run
from estatecrm.rules.complaints.clocks import FirstReply
from estatecrm.rules.complaints.measures import handling_times, resolution_in_office_time
from estatecrm.rules.complaints.reply_clocks import PressedReply
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.conventions import Counting
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import ClockHours, TimeLimit

TABLE = json.loads((Path(__file__).parents[2] / "cases" / "peer_cases.json").read_text(encoding="utf-8"))
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def case_of(operation: str) -> tuple[dict, dict]:
    (found,) = [case for case in TABLE if case["given"]["op"] == operation]
    return found["given"], found["expect"]


START = pendulum.datetime(2024, 1, 8, 12, tz="UTC")


def opened(*history: Happening, at: datetime = START) -> Complaint:
    return Complaint(id="P", intake=Intake(received_at=at), history=(Accepted(at=at), *history))


@pytest.mark.parametrize("kept", [FirstReply, PressedReply])
def test_f_07_and_f_28_the_repeated_message_does_not_push_the_due_time_and_a_reply_clears_it(kept):
    given, _ = case_of("update_due")
    assert given["events"] == ["customer", "customer +10m"]

    class InAnHour(kept):
        within: ClassVar[TimeLimit] = ClockHours.of_minutes(given["target"])

    times = Timetable(DEVELOPER.using(InAnHour()))
    rule = DEVELOPER.using(InAnHour()).complaints
    clock_rule = rule.first_reply if kept is FirstReply else rule.pressed
    messages = (Pressed(at=START), Pressed(at=START.add(minutes=10)))
    waiting = [each for each in times.clocks(opened(*messages), START.add(minutes=11)) if each.rule == "InAnHour"]
    assert [each.due.moment for each in waiting] == [START.add(minutes=60)]
    answered = opened(*messages, Replied(at=START.add(minutes=20), kind=ReplyKind.STATUS))
    assert not [e for e in times.clocks(answered, START.add(minutes=30)) if e.open and e.rule == clock_rule.name()]


def test_the_earliest_open_target_is_next():
    given, expect = case_of("next_escalation")
    minutes = {"+2h": 120, "+1h": 60, "+30m": 30}

    first = type("First", (FirstReply,), {"within": ClockHours.of_minutes(minutes[given["first_response_due"]])})
    update = type("Update", (PressedReply,), {"within": ClockHours.of_minutes(minutes[given["update_due"]])})

    class Solve(type(DEVELOPER.complaints.head_report)):
        """A case's solution, due in half an hour."""

        within: ClassVar[TimeLimit] = ClockHours.of_minutes(minutes[given["solution_due"]])

        def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
            return case.complaint.first(Solved, since)

    ruleset = DEVELOPER.using(first(), update(), Solve())
    found = Timetable(ruleset).next_due(opened(Pressed(at=START)), START.add(minutes=1))
    assert (found.rule, found.due.moment) == ("Solve", START.add(minutes=minutes[expect["next"]]))
    assert expect["which"] == "solution"


def test_average_response_is_measured_over_the_exchanges():
    given, expect = case_of("average_response")
    exchanges = [[datetime.fromisoformat(f"{text}+00:00") for text in pair] for pair in given["exchanges"]]
    (asked, answered), (again, closed) = exchanges
    case = opened(
        Replied(at=pendulum.instance(answered), kind=ReplyKind.STATUS),
        Pressed(at=pendulum.instance(again)),
        Solved(at=pendulum.instance(closed)),
        at=pendulum.instance(asked),
    )
    found = handling_times(case)
    assert found.average_response.seconds == expect["average_response_seconds"]
    assert found.resolution.seconds == expect["resolution_seconds"]
    assert found.office_time.seconds == expect["agent_time_seconds"]


def test_closing_later_does_not_change_the_recorded_resolution_time():
    given, expect = case_of("resolved_then_closed")
    hours = given["calendar"]["hours"]
    week = tuple(windows(*(f"{opens}-{closes}" for opens, closes in hours.get(day, ()))) for day in WEEK)
    counting = Counting(time=OfficeTime(PlainWeek(), OfficeHours(week), given["calendar"]["tz"]))
    created, resolved, closed = (
        pendulum.instance(datetime.fromisoformat(f"{given[name]}+00:00")) for name in ("created", "resolved", "closed")
    )
    case = opened(Solved(at=resolved), at=created)
    for known in (case, case.after(Closed(at=closed))):
        assert resolution_in_office_time(known, counting) == expect["resolution_seconds"]


def listed() -> Iterator[str]:
    for case in TABLE:
        if case["capability"].startswith(("sla.", "calendar.")):
            yield case["given"]["op"]


def test_these_are_the_ones_the_calendars_leave_out():
    source = (Path(__file__).parents[2] / "calendars" / "test_peer_cases.py").read_text(encoding="utf-8")
    left = {op for op in listed() if f'"{op}": "' in source}
    assert left == {"next_escalation", "update_due", "average_response", "resolved_then_closed"}
