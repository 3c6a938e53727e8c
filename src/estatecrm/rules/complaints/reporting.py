"""Reports that fall due whether or not anybody complained (F-21)."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.errors import InvalidFacts
from estatecrm.policy import STD, Entry, Role
from estatecrm.rules.duties import Deadline
from estatecrm.rules.parameters import ours
from estatecrm.values import NaturalDays, TimeLimit


@frozen
class ReportWeek:
    """
    A week to be reported on, named by its Monday.

    Raises:
        InvalidFacts: the day is no Monday.
    """

    monday: date

    def __attrs_post_init__(self) -> None:
        if self.monday.weekday():
            raise InvalidFacts(f"{self.monday} is no Monday: a week is named by its first day")


@frozen(slots=False)
class WeeklyReport(Deadline[ReportWeek]):
    """
    Handlers keep careful records and report upward at fixed times.

    Source: 002 P1 §2.1(3).
    """

    entry = Entry.of("F-21", "定时汇报", STD, "002 P1 §2.1(3)")

    within: ClassVar[TimeLimit] = ours(NaturalDays(4), "weekly rhythm: the Friday of the week")

    def starts_at(self, facts: ReportWeek, /) -> date:
        """The Monday."""
        return facts.monday

    def responsible(self, facts: ReportWeek, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST
