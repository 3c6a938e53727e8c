"""
The clocks of authorities and associations, to be used in a ruleset beside the office's own.

Each is a variant of a clock of the office; `estatecrm.rules.presets` puts them into rulesets.

References: DOMAIN.md 5.1 of the project; the law is named at each number with the day from which it is in force.
Limitations: a city sets the limits of its own 12345 hotline; the ones here were seen in by-laws and on pages.
"""

from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.calendars import Roll
from estatecrm.model import Severity
from estatecrm.model.complaint_events import Accepted, Extended, at_of
from estatecrm.rules.complaints.clock import Case
from estatecrm.rules.complaints.clocks import Acceptance, Answer, FirstReply, SeverityLimit, StartInvestigation, longer
from estatecrm.rules.parameters import law, ours
from estatecrm.values import ClockHours, NaturalDays, TimeLimit, WorkingDays

_SAMR, _SINCE = "市场监督管理投诉举报处理办法", date(2026, 4, 15)
_SAMR_2020, _SINCE_2020 = "市场监督管理投诉举报处理暂行办法", date(2020, 1, 1)
_PETITIONS, _SINCE_2022 = "信访工作条例", date(2022, 5, 1)


def _same(limit: TimeLimit) -> tuple[SeverityLimit, ...]:
    return tuple(SeverityLimit(severity, limit) for severity in Severity)


@frozen(slots=False)
class MarketAcceptance(Acceptance):
    """12315: market supervision accepts or refuses within seven working days."""

    within: ClassVar[TimeLimit] = law(WorkingDays(7), f"{_SAMR} art. 15", _SINCE)


@frozen(slots=False)
class MarketMediation(Answer):
    """12315: mediation ends sixty days after acceptance; a last day that is not worked moves on."""

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = law(_same(NaturalDays(60)), f"{_SAMR} art. 23", _SINCE)
    roll: ClassVar[Roll] = law(Roll.NEXT, f"{_SAMR} art. 45", _SINCE)

    def starts_at(self, case: Case, /) -> date | None:
        """The acceptance."""
        return at_of(case.complaint.first(Accepted))


@frozen(slots=False)
class MarketLead(StartInvestigation):
    """12315: a lead is checked within fifteen working days, once extended by fifteen more."""

    within: ClassVar[TimeLimit] = law(WorkingDays(15), f"{_SAMR} art. 27", _SINCE)
    extension: ClassVar[TimeLimit] = law(WorkingDays(15), f"{_SAMR} art. 27", _SINCE)

    def limit(self, case: Case, /) -> TimeLimit:
        """Extended where the case was."""
        return longer(self.within, self.extension) if case.complaint.first(Extended) else self.within


@frozen(slots=False)
class MarketAcceptance2020(Acceptance):
    """12315 up to 2026-04-14: seven working days."""

    within: ClassVar[TimeLimit] = law(WorkingDays(7), _SAMR_2020, _SINCE_2020)


@frozen(slots=False)
class MarketMediation2020(Answer):
    """12315 up to 2026-04-14: mediation ends forty-five working days after acceptance."""

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = law(_same(WorkingDays(45)), _SAMR_2020, _SINCE_2020)

    def starts_at(self, case: Case, /) -> date | None:
        """The acceptance."""
        return at_of(case.complaint.first(Accepted))


@frozen(slots=False)
class ConsumerAcceptance(Acceptance):
    """消协: the complaint is handled, and the consumer told, within seven working days."""

    within: ClassVar[TimeLimit] = law(WorkingDays(7), "消费者权益保护法 art. 46", date(2014, 3, 15))


@frozen(slots=False)
class PetitionAcceptance(Acceptance):
    """信访: accepted within fifteen days."""

    within: ClassVar[TimeLimit] = law(NaturalDays(15), _PETITIONS, _SINCE_2022)


@frozen(slots=False)
class PetitionAnswer(Answer):
    """信访: finished sixty days after acceptance, once extended by thirty."""

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = law(_same(NaturalDays(60)), _PETITIONS, _SINCE_2022)
    extension: ClassVar[TimeLimit] = law(NaturalDays(30), _PETITIONS, _SINCE_2022)

    def starts_at(self, case: Case, /) -> date | None:
        """The acceptance."""
        return at_of(case.complaint.first(Accepted))


@frozen(slots=False)
class CityHotlineAnswer(Answer):
    """12345: a complaint passed on by a city's hotline is answered within five working days."""

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = ours(
        _same(WorkingDays(5)), "the by-laws of Jinan and Weifang; every city sets its own"
    )

    def starts_at(self, case: Case, /) -> date | None:
        """The receipt."""
        return case.complaint.intake.received_at


@frozen(slots=False)
class BeijingHotlineAnswer(Answer):
    """12345 in Beijing: two hours where it is urgent, seven days where it is ordinary, fifteen where complex."""

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = ours(
        (SeverityLimit(Severity.GENERAL, NaturalDays(7)), SeverityLimit(Severity.MAJOR, ClockHours(2))),
        "seen on the city's pages",
    )
    extension: ClassVar[TimeLimit] = ours(NaturalDays(8), "a complex matter takes fifteen days in all")

    def starts_at(self, case: Case, /) -> date | None:
        """The receipt."""
        return case.complaint.intake.received_at


@frozen(slots=False)
class PropertyManagerReply(FirstReply):
    """A property manager answers an owner within ten days."""

    within: ClassVar[TimeLimit] = law(NaturalDays(10), "杭州市物业管理条例 art. 50", date(2022, 3, 1))


@frozen(slots=False)
class CityAuthorityAcceptance(Acceptance):
    """The authority over property management answers an owner's complaint within five working days."""

    within: ClassVar[TimeLimit] = law(WorkingDays(5), "杭州市物业管理条例 art. 50", date(2022, 3, 1))
