"""R-01 to R-04: presets, vague words, counting, inclusive thresholds."""

from datetime import date

import pendulum
import pytest

from estatecrm.calendars import OfficeHours, OfficeTime, PlainWeek
from estatecrm.decisions import Subject
from estatecrm.errors import InvalidFacts, InvalidRule
from estatecrm.model import Loan
from estatecrm.policy import Role
from estatecrm.rules.archives import LoanReturn, SameDayReturn
from estatecrm.rules.conventions import Counting
from estatecrm.rules.rulesets import DEVELOPER, MEMBER_DOSSIER, Editions, InForce
from estatecrm.values import ALARM, IMMEDIATE, PROMPT, Bound, ClockHours, NaturalDays, WorkingDays

ZONE = "Asia/Shanghai"
COUNTING = Counting()
WEEK = Counting(time=OfficeTime(PlainWeek(), OfficeHours.weekdays("09:00-18:00")))
FRIDAY = pendulum.datetime(2025, 3, 7, 16, tz=ZONE)


def moment(*parts: int) -> pendulum.DateTime:
    return pendulum.datetime(*parts, tz=ZONE)


def loan_due(ruleset):
    loan = Loan(moment(2025, 3, 3, 10), Role.ACCOUNT_REP)
    (duty,) = ruleset.archives.loan.duties(loan, Subject("F1"), ruleset.counting)
    return duty.latest


class TestPresets:
    """R-01: a preset is a ruleset; mixing presets is taking a rule from another."""

    def test_r_01_developer_lends_for_three_days(self):
        assert loan_due(DEVELOPER) == moment(2025, 3, 7)

    def test_r_01_member_dossiers_come_back_the_same_day(self):
        assert loan_due(MEMBER_DOSSIER) == moment(2025, 3, 4)

    def test_r_01_one_rule_is_taken_from_another_preset(self):
        mixed = DEVELOPER.using(MEMBER_DOSSIER.archives.loan)
        assert loan_due(mixed) == moment(2025, 3, 4)
        assert mixed.callbacks == DEVELOPER.callbacks

    def test_j_25_and_d_28_are_cited_by_their_presets(self):
        assert DEVELOPER.archives.loan.entry.id == "J-25"
        assert MEMBER_DOSSIER.archives.loan.entry.id == "D-28"

    def test_j_25_a_file_is_overdue_on_the_fourth_day(self):
        loan = Loan(moment(2025, 3, 3), Role.SALES_REP)
        assert LoanReturn().lateness(loan, moment(2025, 3, 6, 23, 59), COUNTING) is None
        assert LoanReturn().lateness(loan, moment(2025, 3, 7, 9), COUNTING) == NaturalDays(1)

    def test_d_28_a_dossier_brought_back_next_day_is_a_day_late(self):
        loan = Loan(moment(2025, 3, 5, 9), Role.ACCOUNT_REP)
        assert SameDayReturn().lateness(loan, moment(2025, 3, 6, 9), COUNTING) == NaturalDays(1)


class TestWords:
    """R-02: 马上, 立即, 及时."""

    def test_r_02_alarm_is_an_hour(self):
        assert WEEK.due(ALARM, FRIDAY).moment == moment(2025, 3, 7, 17)

    def test_r_02_immediate_is_the_end_of_the_day(self):
        assert WEEK.due(IMMEDIATE, FRIDAY).moment == moment(2025, 3, 8)

    def test_r_02_prompt_is_the_end_of_the_next_working_day(self):
        due = WEEK.due(PROMPT, FRIDAY)
        assert due.moment == moment(2025, 3, 11)
        assert due.closing_day == date(2025, 3, 10)

    def test_r_02_a_host_changes_a_word_for_every_rule(self):
        class Acme(Counting):
            prompt = WorkingDays(2)

        assert Acme().due(PROMPT, FRIDAY).closing_day == date(2025, 3, 11)


class TestCounting:
    """R-03: natural days, hours, working days."""

    def test_r_03_two_days_end_at_the_close_of_the_second_day_after(self):
        assert COUNTING.due(NaturalDays(2), moment(2025, 3, 3, 10)).moment == moment(2025, 3, 6)

    def test_r_03_twenty_four_hours_are_exact(self):
        assert COUNTING.due(ClockHours(24), moment(2025, 3, 3, 10)).moment == moment(2025, 3, 4, 10)

    def test_r_03_a_day_counts_from_any_hour_of_it(self):
        late = COUNTING.due(NaturalDays(2), moment(2025, 3, 3, 23, 59))
        assert late == COUNTING.due(NaturalDays(2), date(2025, 3, 3))

    def test_r_03_a_host_closes_the_day_earlier(self):
        from estatecrm.calendars import ClockTime

        class Acme(Counting):
            day_close = ClockTime.parse("18:00")

        assert Acme().due(NaturalDays(2), moment(2025, 3, 3, 10)).moment == moment(2025, 3, 5, 18)

    def test_r_03_working_days_skip_a_holiday_and_use_make_up_days(self):
        # 2025-09-28 is a Sunday worked in exchange, 10-01 to 10-08 are off.
        assert COUNTING.due(WorkingDays(1), date(2025, 9, 27)).closing_day == date(2025, 9, 28)
        assert COUNTING.due(WorkingDays(1), date(2025, 9, 30)).closing_day == date(2025, 10, 9)

    def test_r_03_an_unpublished_year_gives_a_provisional_answer_that_says_so(self):
        due = COUNTING.due(WorkingDays(5), date(2039, 1, 3))
        assert due.provisional
        assert due.assumed_years == (2039,)

    def test_r_03_a_naive_moment_is_refused(self):
        from datetime import datetime

        with pytest.raises(InvalidFacts):
            COUNTING.due(NaturalDays(1), datetime(2025, 3, 3, 10))  # noqa: DTZ001 - a naive moment is what is tried


class TestThresholds:
    """R-04: 以上 includes the number."""

    def test_r_04_three_households_are_collective_two_are_not(self):
        assert COUNTING.reached(3, 3)
        assert not COUNTING.reached(2, 3)

    def test_r_04_the_exclusive_reading_is_a_switch(self):
        class Acme(Counting):
            at_least = Bound.EXCLUSIVE

        assert not Acme().reached(3, 3)
        assert Acme().reached(4, 3)


class TestRuleset:
    def test_a_rule_that_fits_no_place_is_refused(self):
        from tests_rules_acme import Lonely

        with pytest.raises(InvalidRule, match="Lonely fits no place"):
            DEVELOPER.using(Lonely())

    def test_every_rule_knows_its_edition(self):
        assert {rule.edition for _, rule in DEVELOPER.rules()} == {"developer 2026.1"}

    def test_editions_pick_by_the_day_of_the_event(self):
        early, late = DEVELOPER.called("acme", "1"), DEVELOPER.called("acme", "2")
        editions = Editions.of(InForce(date(2026, 7, 1), late), InForce(date(2025, 1, 1), early))
        assert editions.on(date(2026, 6, 30)).edition == "1"
        assert editions.on(date(2026, 7, 1)).edition == "2"
        with pytest.raises(InvalidFacts, match="no edition is in force"):
            editions.on(date(2024, 12, 31))

    def test_two_editions_from_one_day_are_refused(self):
        with pytest.raises(InvalidRule, match="same day"):
            Editions.of(InForce(date(2025, 1, 1), DEVELOPER), InForce(date(2025, 1, 1), DEVELOPER))
