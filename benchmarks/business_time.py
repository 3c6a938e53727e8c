"""
Business time against a hand-written prefix sum and the peers: ratios within one run, medians of seven.

Run: python benchmarks/business_time.py

The calendar is mainland China 2023-2026 with make-up days and a lunch break; answers of all contenders are compared
before anything is timed. Peers are measured when they are installed.
"""

import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

import pendulum

from estatecrm.calendars import BusinessTime, Day, DayReason, OfficeHours, StateCouncil, microseconds_of
from estatecrm.values import BusinessHours

ROUNDS = 7
SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WINDOWS = ((time(9), time(12)), (time(13, 30), time(18)))
DAY = 86_400_000_000


class PrefixSum:
    """What one writes by hand for this one office: sorted openings, open time before each, two bisections."""

    def __init__(self, first: int, last: int) -> None:
        self.opens: list[int] = []
        self.before = [0]
        calendar = StateCouncil()
        for ordinal in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if calendar.day(day).working:
                for opens, closes in WINDOWS:
                    start = (datetime.combine(day, opens, SHANGHAI) - EPOCH) // MICROSECOND
                    end = (datetime.combine(day, closes, SHANGHAI) - EPOCH) // MICROSECOND
                    self.opens.append(start)
                    self.before.append(self.before[-1] + end - start)

    def position(self, at: int) -> int:
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        return self.before[index] + min(at - self.opens[index], self.before[index + 1] - self.before[index])

    def add_us(self, at: int, amount: int) -> int:
        target = self.position(at) + amount
        found = bisect_left(self.before, target) - 1
        return self.opens[found] + target - self.before[found]

    def add(self, start: datetime, amount: int) -> datetime:
        due = self.add_us((start - EPOCH) // MICROSECOND, amount)
        return (EPOCH + timedelta(microseconds=due)).astimezone(SHANGHAI)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        first, last = (start - EPOCH) // MICROSECOND, (end - EPOCH) // MICROSECOND
        return timedelta(microseconds=self.position(last) - self.position(first))


def cost(work: Callable[[], object], times: int) -> float:
    """Microseconds of one of the *times* pieces of *work*: the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        rounds.append(perf_counter() - begun)
    return median(rounds) / times * 1e6


def line(what: str, ours: float, theirs: float, goal: str) -> None:
    print(f"{what:58} {ours:10.3f} {theirs:10.3f} {ours / theirs:8.3f} x {theirs / ours:8.1f}   {goal}")


def starts(count: int, last: int = 2025) -> list[pendulum.DateTime]:
    chance = random.Random(20250303)
    first, end = date(2023, 2, 1).toordinal(), date(last, 12, 1).toordinal()
    zone = "Asia/Shanghai"
    return [
        pendulum.datetime(day.year, day.month, day.day, tz=zone).add(seconds=chance.randrange(86_400))
        for day in (date.fromordinal(chance.randrange(first, end)) for _ in range(count))
    ]


def amounts(count: int, least: int, most: int) -> list[int]:
    """Hours between *least* and *most*."""
    chance = random.Random(20250304)
    return [chance.randint(least, most) for _ in range(count)]


def every_day() -> list[Day]:
    first, last = date(2023, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
    return [StateCouncil().day(date.fromordinal(each)) for each in range(first, last + 1)]


def days_off() -> list[date]:
    return [each.date for each in every_day() if each.date.weekday() < 5 and not each.working]


def make_up_days() -> list[date]:
    return [each.date for each in every_day() if each.reason is DayReason.MAKE_UP]


def office() -> BusinessTime:
    return BusinessTime(StateCouncil(), OfficeHours.weekdays("09:00-12:00", "13:30-18:00"))


def against_the_reference(moments: Sequence[pendulum.DateTime]) -> None:
    ours, reference, amount = office(), PrefixSum(2023, 2026), BusinessHours(10)
    plain = [datetime.fromtimestamp(each.timestamp(), SHANGHAI) for each in moments]
    span = amount.seconds * 1_000_000
    wrong = sum(
        ours.add(each, amount).moment != reference.add(same, span) for each, same in zip(moments, plain, strict=True)
    )
    print(f"wrong answers: {wrong} of {len(moments)}")
    number = len(moments)
    by_hand = cost(lambda: [reference.add(each, span) for each in plain], number)
    line(
        "add 10 h, aware pendulum in and out / reference, stdlib",
        cost(lambda: [ours.add(each, amount).moment for each in moments], number),
        by_hand,
        "<= 2",
    )
    integers = [microseconds_of(each) for each in moments]
    line(
        "add 10 h on integers / reference on integers",
        cost(lambda: [ours.add_us(each, span) for each in integers], number),
        cost(lambda: [reference.add_us(each, span) for each in integers], number),
        "",
    )
    ends, plain_ends = moments[1:], plain[1:]
    line(
        "elapsed, aware / reference, stdlib",
        cost(lambda: [ours.elapsed(a, b).microseconds for a, b in zip(moments, ends, strict=False)], number),
        cost(lambda: [reference.elapsed(a, b) for a, b in zip(plain, plain_ends, strict=False)], number),
        "",
    )


def by_size(moments: Sequence[pendulum.DateTime]) -> None:
    ours, number = office(), len(moments)
    one, eighty = BusinessHours(1), BusinessHours(80)
    ours.add(moments[0], BusinessHours(4000))

    def adding(amount: BusinessHours, where: BusinessTime) -> float:
        return cost(lambda: [where.add(each, amount).moment for each in moments], number)

    adding(eighty, ours)
    line("add 80 h / add 1 h", adding(eighty, ours), adding(one, ours), "<= 1.1")
    twenty = office()
    twenty.elapsed(
        pendulum.datetime(2007, 1, 1, tz="Asia/Shanghai"), pendulum.datetime(2026, 12, 31, tz="Asia/Shanghai")
    )
    four = office()
    four.elapsed(pendulum.datetime(2023, 1, 1, tz="Asia/Shanghai"), pendulum.datetime(2026, 12, 31, tz="Asia/Shanghai"))
    adding(one, twenty)
    line("add over 20 years of table / over 4", adding(one, twenty), adding(one, four), "<= 1.15")


def in_bulk() -> None:
    if find_spec("numpy") is None:
        print("numpy is not installed: bulk not compared")
        return
    import numpy as np

    ours, reference = office(), PrefixSum(2023, 2026)
    chance = random.Random(20250303)
    first = microseconds_of(datetime(2023, 2, 1, tzinfo=UTC))
    integers = np.array([first + chance.randrange(1000 * DAY) for _ in range(1_000_000)])
    opens, before = np.array(reference.opens), np.array(reference.before)
    closes = opens + np.diff(before)
    amount = 8 * 3_600_000_000

    def searched() -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        index = np.maximum(np.searchsorted(opens, integers, "right") - 1, 0)
        target = before[index] + np.minimum(integers, closes[index]) - opens[index] + amount
        found = np.searchsorted(before, target, "left") - 1
        return opens[found] + target - before[found]

    same = np.frombuffer(ours.add_many(integers, BusinessHours(8)), dtype=np.int64)
    print(f"wrong answers in bulk: {int((same != searched()).sum())} of {len(integers)}")
    line(
        "a million deadlines in bulk / numpy searchsorted",
        cost(
            lambda: ours.add_many(integers, BusinessHours(8)),
            len(integers),
        ),
        cost(searched, len(integers)),
        "<= 1.5",
    )


def against_django_bizcal(moments: Sequence[pendulum.DateTime]) -> None:
    if find_spec("django_bizcal") is None:
        print("django-bizcal is not installed: not compared")
        return
    from django_bizcal import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider

    off, usual = days_off(), [("09:00", "12:00"), ("13:30", "18:00")]
    peer = WorkingCalendar(
        tz="Asia/Shanghai",
        weekly_schedule=dict.fromkeys(range(5), usual),
        holiday_provider=SetHolidayProvider.from_dates(off),
        day_overrides=dict.fromkeys(make_up_days(), usual),
    )
    ours, some = office(), moments[:400]
    plain = [datetime.fromtimestamp(each.timestamp(), SHANGHAI) for each in some]
    for least, most in ((8, 8), (80, 80), (1, 200)):
        hours = amounts(len(some), least, most)
        ask = list(zip(some, [BusinessHours(each) for each in hours], strict=True))
        ask_peer = list(zip(plain, hours, strict=True))
        wrong = sum(
            ours.add(*mine).moment != peer.add_business_hours(*theirs)
            for mine, theirs in zip(ask, ask_peer, strict=True)
        )
        line(
            f"add {least} to {most} h / django-bizcal, {wrong} of {len(some)} differ",
            cost(lambda ask=ask: [ours.add(each, budget).moment for each, budget in ask], len(some)),
            cost(lambda ask=ask_peer: [peer.add_business_hours(each, hour) for each, hour in ask], len(some)),
            "25 x faster",
        )
    for days in (14, 90):
        aware = [(each, each.add(days=days)) for each in some]
        spans = [(each, each + timedelta(days=days)) for each in plain]
        line(
            f"elapsed over {days} days / django-bizcal",
            cost(lambda aware=aware: [ours.elapsed(a, b).span for a, b in aware], len(some)),
            cost(lambda spans=spans: [peer.business_time_between(a, b) for a, b in spans], len(some)),
            "100 x faster",
        )


def against_businesstimedelta(moments: Sequence[pendulum.DateTime]) -> None:
    if find_spec("businesstimedelta") is None:
        print("businesstimedelta is not installed: not compared")
        return
    import businesstimedelta as peer

    rules = peer.Rules(
        [
            peer.WorkDayRule(start_time=time(9), end_time=time(18), working_days=[0, 1, 2, 3, 4]),
            peer.LunchTimeRule(start_time=time(12), end_time=time(13, 30), working_days=[0, 1, 2, 3, 4]),
            peer.HolidayRule(dict.fromkeys(days_off(), "off")),
        ]
    )
    ours, some = office(), moments[:100]
    hours = amounts(len(some), 1, 200)
    budgets = [BusinessHours(each) for each in hours]
    deltas = [peer.BusinessTimeDelta(rules, hours=each) for each in hours]
    naive = [datetime.fromtimestamp(each.timestamp(), SHANGHAI).replace(tzinfo=None) for each in some]
    line(
        "add 1 to 200 h / businesstimedelta (no make-up days)",
        cost(lambda: [ours.add(each, budget).moment for each, budget in zip(some, budgets, strict=True)], len(some)),
        cost(lambda: [each + delta for each, delta in zip(naive, deltas, strict=True)], len(some)),
        "100 x faster",
    )


def main() -> None:
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} rounds, microseconds an operation")
    print(f"{'':58} {'ours':>10} {'theirs':>10} {'ratio':>8}   {'faster':>8}   goal")
    moments = starts(20_000)
    against_the_reference(moments)
    by_size(moments)
    in_bulk()
    against_django_bizcal(moments)
    against_businesstimedelta(moments)


if __name__ == "__main__":
    main()
