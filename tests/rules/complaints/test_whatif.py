"""What if: past cases under another ruleset, and what moves when one is changed on purpose."""

from typing import ClassVar

import pendulum

from complaint_samples import at, content, received, solved_case
from estatecrm.calendars import OfficeHours, OfficeTime, StateCouncil
from estatecrm.model import ComplaintCategory, MajorTrigger, ReplyKind, Severity
from estatecrm.model.complaint_events import Accepted, Classed, Closed, Replied, Routed, Told
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.clocks import FirstReply
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.complaints.whatif import moved, replay, whatif
from estatecrm.rules.conventions import Counting
from estatecrm.rules.presets import PROPERTY_COMPLAINT
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import ClockHours, NaturalDays, TimeLimit


class InADay(FirstReply):
    """The first call within 24 hours instead of two days."""

    within: ClassVar[TimeLimit] = ClockHours(24)


class InFiveDays(FirstReply):
    """The first call within five days."""

    within: ClassVar[TimeLimit] = NaturalDays(5)


STRICT, LAX = DEVELOPER.using(InADay()), DEVELOPER.using(InFiveDays())
UNTIL = at(30)


def called(number: str, day: int, hour: int, *, category=ComplaintCategory.POOR_QUALITY):
    """Received on Monday the third at ten; the first call comes on *day* at *hour*."""
    return received(
        at(3, 10),
        Accepted(at=at(3, 10, 5)),
        Told(at=at(3, 11), role=Role.DEPARTMENT_MANAGER),
        Routed(at=at(3, 12), department=Department.ENGINEERING),
        Replied(at=at(day, hour), kind=ReplyKind.RESULT),
        number=number,
        category=category,
    )


CASES = [called("quick", 3, 15), called("next day", 4, 16), called("late", 6, 12), called("very late", 7, 12)]


def test_a_stricter_limit_shows_whom_it_would_have_caught():
    found = whatif(CASES, DEVELOPER, STRICT, until=UNTIL)
    assert (found.before.breaches["F-07"], found.after.breaches["F-07"]) == (2, 3)
    assert found.breaches == {"F-07": 1}
    caught = [each.complaint for each in found.differences if each.before.breaches != each.after.breaches]
    assert caught == ["next day"]


def test_sums_are_kept_by_category_and_department():
    found = whatif(CASES, DEVELOPER, STRICT, until=UNTIL)
    assert found.by_category == {ComplaintCategory.POOR_QUALITY: 1}
    assert found.by_department == {Department.ENGINEERING: 1}


def test_who_would_have_been_told_is_counted_by_role():
    found = whatif([called("late", 6, 12)], DEVELOPER, LAX, until=UNTIL)
    assert found.notices == {Role.SERVICE_SUPERVISOR: -1, Role.DEPARTMENT_MANAGER: -1}


def test_a_notice_that_would_have_gone_out_after_the_call_is_not_counted():
    strict = Timetable(STRICT)
    assert replay(strict, called("quick", 3, 15), UNTIL).told == ()
    # Two office hours before ten on Tuesday are five on Monday.
    assert Role.SERVICE_SUPERVISOR in replay(strict, called("evening", 3, 18), UNTIL).told


def test_the_same_ruleset_twice_differs_in_nothing():
    found = whatif([*CASES, solved_case()], DEVELOPER, DEVELOPER, until=UNTIL)
    assert found.differences == ()
    assert found.before == found.after
    assert found.before.cases == 5


def test_a_ruleset_that_judges_otherwise_changes_the_severity():
    blocked = received(at(3, 10), Classed(at=at(3, 11), triggers=(MajorTrigger.BLOCKADE,)))
    (difference,) = whatif([blocked], DEVELOPER, PROPERTY_COMPLAINT, until=UNTIL).differences
    assert (difference.before.severity, difference.after.severity) == (Severity.MAJOR, Severity.GENERAL)


def test_cases_are_read_once_from_any_iterable():
    assert whatif(iter(CASES), DEVELOPER, STRICT, until=UNTIL).before.cases == len(CASES)


def test_a_change_on_purpose_lists_what_moves_in_open_cases():
    open_case = received(at(3, 10), Accepted(at=at(3, 10, 5)))
    (found,) = moved([open_case], DEVELOPER, STRICT)
    assert (found.clock, found.before, found.after) == ("F-07/TS-1/1", at(6), at(4, 10))


def test_a_change_of_calendar_lists_what_moves():
    open_case = received(at(3, 10), Accepted(at=at(3, 10, 5)))
    tuesday_off = StateCouncil().with_days(off=[pendulum.date(2025, 3, 4)])
    closed = Counting(time=OfficeTime(tuesday_off, OfficeHours.weekdays("09:00-18:00")))
    assert [(each.clock, each.after) for each in moved([open_case], DEVELOPER, DEVELOPER.using(closed))] == [
        ("F-09/TS-1/1", at(6))
    ]


def test_a_clock_that_only_one_ruleset_has_moves_from_or_to_nothing():
    open_case = received(at(3, 10), Accepted(at=at(3, 10, 5)))
    found = {each.clock: (each.before, each.after) for each in moved([open_case], DEVELOPER, PROPERTY_COMPLAINT)}
    assert found == {"F-07/TS-1/1": (at(6), None), "F-29/TS-1/1": (None, at(4))}


def test_ended_cases_do_not_move():
    ended = solved_case().after(content(at(11)), Closed(at=at(12)))
    assert list(moved([ended], DEVELOPER, STRICT)) == []
