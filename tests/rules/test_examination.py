"""A rule that could miss its mark is refused when its class is defined, with the near miss named."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from attrs import field, frozen

from estatecrm.decisions import Condition, Step
from estatecrm.errors import InvalidRule
from estatecrm.policy import CORE, Entry
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import Origin, doc, law, ours
from estatecrm.rules.reception import IntentFollowUp, PotentialContact
from estatecrm.rules.shapes import Grant
from estatecrm.values import Money, NaturalDays, Points, Rate, WorkingDays, percent, yuan

ENTRY = Entry.of("G-06", "积分抵扣房款", CORE, "000 §5.3")


@frozen
class Offset:
    balance: Points
    price: Money
    member: bool = True


@frozen(slots=False)
class PointsOffset(Grant[Offset, Money]):
    """Money off the price, paid in points."""

    entry = ENTRY

    yuan_per_point: ClassVar[Money] = ours(yuan(1), "the text gives no rate")
    cap: ClassVar[Rate] = ours(percent(1), "bounds the liability")

    def conditions(self, facts: Offset, /) -> Iterator[Condition]:
        yield self.may_offset(facts)

    def working(self, facts: Offset, /) -> Iterator[Step[Money]]:
        worth = facts.balance.worth(self.yuan_per_point)
        yield self.step("offset.worth", worth)
        yield self.step("offset.capped", min(worth, facts.price * self.cap))

    def may_offset(self, facts: Offset, /) -> Condition:
        """Who may pay in points: members."""
        return self.condition("offset.member", facts.member)


def test_a_rule_answers_with_conditions_working_and_outcome():
    decision = PointsOffset().decide(Offset(Points(30_000), yuan(2_000_000)))
    assert decision.granted
    assert decision.outcome == yuan(20_000)
    assert [step.code for step in decision.working] == ["offset.worth", "offset.capped"]
    assert decision.entry.id == "G-06"


def test_a_refusal_has_no_outcome_and_names_what_is_unmet():
    decision = PointsOffset().decide(Offset(Points(10), yuan(1), member=False))
    assert decision.refused
    assert decision.outcome is None
    assert [condition.code for condition in decision.unmet] == ["offset.member"]


def test_a_plain_subclass_overrides_a_number_and_a_question():
    class Acme(PointsOffset):
        cap = percent(2)

        def may_offset(self, facts: Offset, /) -> Condition:
            return self.condition("offset.member", facts.balance >= Points(1_000))

    assert Acme().decide(Offset(Points(50_000), yuan(2_000_000))).outcome == yuan(40_000)
    assert Acme().decide(Offset(Points(999), yuan(1))).refused


def test_every_number_says_who_chose_it():
    class Acme(PointsOffset):
        cap = percent(2)

    origins = {p.name: (p.value, p.origin, p.ground) for p in Acme.parameters()}
    assert origins == {
        "yuan_per_point": (yuan(1), Origin.OURS, "the text gives no rate"),
        "cap": (percent(2), Origin.HOST, Acme.__qualname__),
    }
    assert [p.value for p in PointsOffset.parameters()] == [yuan(1), percent(1)]


def test_a_class_without_an_entry_is_refused():
    with pytest.raises(InvalidRule, match="names no rulebook entry"):

        class Nameless(Grant[int, int]):
            pass


def test_a_misspelt_parameter_is_refused_with_the_near_miss():
    with pytest.raises(InvalidRule, match="did you mean yuan_per_point"):

        class Acme(PointsOffset):
            yuan_per_points = yuan(2)


def test_a_misspelt_question_is_refused_with_the_near_miss():
    with pytest.raises(InvalidRule, match="did you mean may_offset"):

        class Acme(PointsOffset):
            def may_ofset(self, facts, /):
                return None


def test_a_question_nobody_asks_is_refused_even_without_a_near_miss():
    with pytest.raises(InvalidRule, match="is no question of this rule"):

        class Acme(PointsOffset):
            def holiday_bonus(self, facts, /):
                return None


def test_own_methods_start_with_an_underscore():
    class Acme(PointsOffset):
        def _bonus(self):
            return 1

    assert Acme()._bonus() == 1


def test_a_final_method_is_not_overridden():
    with pytest.raises(InvalidRule, match="decide is final"):

        class Acme(PointsOffset):
            def decide(self, facts, /):
                return None


@pytest.mark.parametrize("wrong", [2, "2%", yuan(2), True])
def test_a_wrongly_typed_parameter_is_refused(wrong):
    with pytest.raises(InvalidRule, match="cap needs a Rate"):
        type("Acme", (PointsOffset,), {"cap": wrong})


def test_a_float_is_no_parameter():
    with pytest.raises(InvalidRule, match="float"):
        ours(0.5, "why not")
    with pytest.raises(InvalidRule, match="float"):
        type("Acme", (PointsOffset,), {"cap": 0.02})


def test_a_dict_is_no_parameter():
    with pytest.raises(InvalidRule, match="no dict"):
        doc({"A": 3})


def test_a_time_limit_may_be_replaced_by_another_kind_of_limit():
    class Acme(PotentialContact):
        interval_days = WorkingDays(10)

    assert Acme.interval_days == WorkingDays(10)


def test_a_table_takes_records_of_its_own_kind_only():
    with pytest.raises(InvalidRule, match="no GradeInterval"):

        class Acme(IntentFollowUp):
            interval_days = (NaturalDays(3),)


def test_a_collaborator_is_passed_in_and_not_put_on_the_class():
    with pytest.raises(InvalidRule, match="pass it in"):

        class Acme(Counting):
            time = "Asia/Tokyo"


def test_a_question_with_other_arguments_is_refused():
    with pytest.raises(InvalidRule, match="takes other arguments"):

        class Acme(PointsOffset):
            def may_offset(self, facts, day, /):
                return None


def test_a_question_is_no_value():
    with pytest.raises(InvalidRule, match="define a method"):

        class Acme(PointsOffset):
            may_offset = True


def test_all_faults_are_named_at_once():
    with pytest.raises(InvalidRule) as caught:

        class Acme(PointsOffset):
            capp = percent(2)
            yuan_per_point = 3

    assert "capp" in str(caught.value)
    assert "yuan_per_point" in str(caught.value)


def test_a_slotted_subclass_keeps_its_parameters():
    @frozen
    class Acme(PointsOffset):
        bonus: ClassVar[Points] = ours(Points(5), "a gift")
        desk: str = field(default="front")

    assert Acme().bonus == Points(5)
    assert Acme.parameters()[-1].origin is Origin.OURS


def test_a_value_of_our_choosing_says_why():
    with pytest.raises(InvalidRule, match="says why"):
        ours(1, " ")


def test_a_legal_value_names_its_law():
    from datetime import date

    with pytest.raises(InvalidRule, match="names its law"):
        law(1, "", date(2020, 1, 1))


@pytest.mark.parametrize("number", ["G6", "g-06", "G-6", ""])
def test_a_malformed_entry_is_refused(number):
    with pytest.raises(InvalidRule, match="no entry number"):
        Entry.of(number, "积分", CORE, "000 §5.3")


def test_a_malformed_clause_is_refused():
    with pytest.raises(InvalidRule, match="no clause"):
        Entry.of("G-06", "积分", CORE, "005 §1")
