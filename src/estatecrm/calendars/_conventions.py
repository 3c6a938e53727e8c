"""
The conventions of business time on which systems silently differ, each with a name and a default.

Source: PEERS.md 1.7 of the project, drawn from the test suites of the systems named here.
"""

from enum import Enum

from attrs import evolve, frozen


class Ending(Enum):
    """A budget that runs out exactly at closing: due when? (A pause beginning is a closing too.)"""

    AT_CLOSING = "at_closing"
    """At that closing: ERPNext, Frappe Helpdesk, Chatwoot, Odoo, businesstimedelta."""
    AT_NEXT_OPENING = "at_next_opening"
    """At the next opening: biz since 1.8.2, and with it Zammad."""


class Negative(Enum):
    """A negative amount of business time."""

    REFUSED = "refused"
    """An error: biz."""
    TRAVELS_BACK = "travels_back"
    """Counted towards the past: Odoo, working_hours."""


class PauseOutside(Enum):
    """The part of a pause that lies outside opening hours."""

    IGNORED = "ignored"
    """Nothing was running, so nothing is added: Frappe Helpdesk, Zammad."""
    EXTENDS = "extends"
    """Every hour of the pause by the clock on the wall extends the budget: ERPNext."""


class PauseInDays(Enum):
    """Which days of a limit counted in days a pause takes out."""

    AT_CLOSE = "at_close"
    """A day at whose close the clock stands still: a day counts by its close (rulebook R-03)."""
    ANY_PART = "any_part"
    """A day on which the clock stands still at any time."""


class Precision(Enum):
    """What of a result is kept."""

    EXACT = "exact"
    """To the microsecond: biz, Odoo."""
    MINUTE = "minute"
    """Seconds are dropped: Zammad."""


class NothingElapsed(Enum):
    """Elapsed business time where none elapsed."""

    ZERO = "zero"
    ONE_SECOND = "one_second"
    """A sentinel of one second: ERPNext."""


class OneDay(Enum):
    """What so many open dates later means."""

    CLOSING_AFTER_START = "closing_after_start"
    """Closing of the n-th open date after the start date, which is never counted (rulebook R-03)."""
    CLOSING_FROM_START = "closing_from_start"
    """The same, but the start date counts while it has open time left: Odoo."""
    SAME_CLOCK_TIME = "same_clock_time"
    """The same clock time on the n-th open date, or the next open moment from there: biz."""


Convention = Ending | Negative | PauseOutside | PauseInDays | Precision | NothingElapsed | OneDay


@frozen
class Conventions:
    """Which convention an office follows; the defaults are ours and the ones most peers share."""

    ending: Ending = Ending.AT_CLOSING
    negative: Negative = Negative.REFUSED
    pause_outside: PauseOutside = PauseOutside.IGNORED
    pause_in_days: PauseInDays = PauseInDays.AT_CLOSE
    precision: Precision = Precision.EXACT
    nothing_elapsed: NothingElapsed = NothingElapsed.ZERO
    one_day: OneDay = OneDay.CLOSING_AFTER_START

    def choosing(self, *choices: Convention) -> "Conventions":
        """The same with *choices* in their places."""
        chosen = self
        for choice in choices:
            match choice:
                case Ending():
                    chosen = evolve(chosen, ending=choice)
                case Negative():
                    chosen = evolve(chosen, negative=choice)
                case PauseOutside():
                    chosen = evolve(chosen, pause_outside=choice)
                case PauseInDays():
                    chosen = evolve(chosen, pause_in_days=choice)
                case Precision():
                    chosen = evolve(chosen, precision=choice)
                case NothingElapsed():
                    chosen = evolve(chosen, nothing_elapsed=choice)
                case OneDay():
                    chosen = evolve(chosen, one_day=choice)
        return chosen

    def followed(self) -> tuple[Convention, ...]:
        """The convention chosen of each kind."""
        return (
            self.ending,
            self.negative,
            self.pause_outside,
            self.pause_in_days,
            self.precision,
            self.nothing_elapsed,
            self.one_day,
        )
