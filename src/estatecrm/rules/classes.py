"""Into which classes a customer falls (chapter B)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model import (
    Customer,
    DecisionStage,
    GradeChange,
    IntentGrade,
    LeadSource,
    PurchaseStatus,
    SourceChannel,
    StageFacts,
    StatusMove,
)
from estatecrm.policy import CORE, STD, Entry
from estatecrm.rules.life_cycles import LifeCycle, Move
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Classification, Grant

INTENT, SUBSCRIBED, SIGNED, MOVED_IN = PurchaseStatus


@frozen(slots=False)
class Headline(Classification[Customer, PurchaseStatus]):
    """
    The one status a customer is known by: the furthest among the units.

    Source: 000 §2.2, §3.
    """

    entry = Entry.of("B-01", "购房状态", CORE, "000 §2.2; 000 §3")

    furthest_first: ClassVar[tuple[PurchaseStatus, ...]] = ours(
        (MOVED_IN, SIGNED, SUBSCRIBED), "the customer's strongest tie"
    )

    def classes(self, facts: Customer, /) -> Iterator[tuple[PurchaseStatus, Condition]]:
        """Each status for which a live tie stands; intent without one."""
        for status in self.furthest_first:
            units = tuple(tie.unit for tie in facts.ties if tie.live and tie.status is status)
            yield status, self.condition("status.unit_tied", bool(units), status=status, units=units)
        yield INTENT, self.condition("status.no_tie", not any(tie.live for tie in facts.ties))


@frozen(slots=False)
class PurchaseCourse(LifeCycle[StatusMove, PurchaseStatus]):
    """
    The way of a customer with one unit: intent, subscribed, signed, moved in, and back only by return or voiding.

    A swap keeps the status and changes the unit.

    Source: 000 §3; 001 T1.2③; 002 P1 §2.4.
    """

    entry = Entry.of("B-02", "状态流转", CORE, "000 §3; 001 T1.2③; 002 P1 §2.4")

    initial = doc(INTENT)
    moves = doc(
        (
            Move("subscribe", INTENT, SUBSCRIBED, ("in_order",)),
            Move("sign", SUBSCRIBED, SIGNED, ("in_order",)),
            Move("hand_over", SIGNED, MOVED_IN, ("in_order",)),
            *(Move("return", status, INTENT, ("in_order",)) for status in (SUBSCRIBED, SIGNED, MOVED_IN)),
            *(Move("void", status, INTENT, ("in_order",)) for status in (SUBSCRIBED, SIGNED)),
            *(
                Move("swap", status, status, ("in_order", "names_new_unit"))
                for status in (SUBSCRIBED, SIGNED, MOVED_IN)
            ),
        )
    )

    def state(self, facts: StatusMove, /) -> PurchaseStatus:
        """The status of the unit now."""
        return facts.state

    def in_order(self, facts: StatusMove, /) -> Condition:
        """Whether the step is no earlier than the one before it."""
        met = facts.since is None or facts.on >= facts.since
        return self.condition("status.in_order", met, on=facts.on, since=facts.since)

    def names_new_unit(self, facts: StatusMove, /) -> Condition:
        """Whether a swap says to which unit."""
        return self.condition("status.new_unit", bool(facts.new_unit))


@frozen(slots=False)
class SourceChannelClass(Classification[LeadSource, SourceChannel]):
    """
    Online or offline, by the source.

    Source: 000 §2.2.
    """

    entry = Entry.of("B-03", "线上/线下", CORE, "000 §2.2")

    online: ClassVar[tuple[LeadSource, ...]] = ours(
        (LeadSource.WEB, LeadSource.MINI_PROGRAM, LeadSource.SOCIAL_MEDIA, LeadSource.ONLINE_AD),
        "the text gives only the two classes",
    )

    def classes(self, facts: LeadSource, /) -> Iterator[tuple[SourceChannel, Condition]]:
        """Online for the listed sources, offline for every other."""
        online = facts in self.online
        yield SourceChannel.ONLINE, self.condition("channel.online", online, source=facts)
        yield SourceChannel.OFFLINE, self.condition("channel.offline", not online, source=facts)


@frozen(slots=False)
class DecisionStageClass(Classification[StageFacts, DecisionStage]):
    """
    The stage of a customer's decision; a problem or a special offer lies over any stage.

    Refused for signed and moved-in customers, who have no stage of their own (B-18).

    Source: 001 §2.3, T1.1–T1.7.
    """

    entry = Entry.of("B-04", "购买决策阶段", CORE, "001 §2.3; 001 T1.1–T1.7")
    also = (Entry.of("B-18", "分类对照", STD, "000 §2.2; 001 §2.3"),)

    intent_grades: ClassVar[tuple[IntentGrade, ...]] = ours(
        (IntentGrade.A, IntentGrade.B), "watching and cold visitors are potential (B-09)"
    )

    def classes(self, facts: StageFacts, /) -> Iterator[tuple[DecisionStage, Condition]]:
        """The furthest stage first."""
        buying = facts.status in (INTENT, SUBSCRIBED)
        deposit = buying and facts.deposit_paid
        yield (
            DecisionStage.UNSIGNED,
            self.condition("stage.unsigned", deposit and facts.signing_overdue, status=facts.status),
        )
        yield DecisionStage.DEPOSIT, self.condition("stage.deposit", deposit, status=facts.status)
        graded = buying and facts.grade in self.intent_grades
        yield DecisionStage.INTENT, self.condition("stage.intent", graded, grade=facts.grade)
        yield DecisionStage.POTENTIAL, self.condition("stage.potential", buying and facts.visited)
        yield DecisionStage.CALL_IN, self.condition("stage.call_in", buying)

    def overlays(self, facts: StageFacts, /) -> tuple[DecisionStage, ...]:
        """What lies over the stage."""
        over = ((DecisionStage.PROBLEM, facts.dispute_open), (DecisionStage.SPECIAL_OFFER, facts.special_terms))
        return tuple(stage for stage, present in over if present)


@frozen
class StageStatus:
    """A stage and the status it stands for."""

    stage: DecisionStage
    status: PurchaseStatus


@frozen(slots=False)
class StatusOfStage(Classification[DecisionStage, PurchaseStatus]):
    """
    The status a decision stage stands for, so that both axes give one answer.

    Refused for the overlays, which stand for no status.

    Source: 000 §2.2 with 001 §2.3.
    """

    entry = Entry.of("B-18", "分类对照", STD, "000 §2.2; 001 §2.3")

    mapping: ClassVar[tuple[StageStatus, ...]] = ours(
        (
            StageStatus(DecisionStage.CALL_IN, INTENT),
            StageStatus(DecisionStage.POTENTIAL, INTENT),
            StageStatus(DecisionStage.INTENT, INTENT),
            StageStatus(DecisionStage.DEPOSIT, SUBSCRIBED),
            StageStatus(DecisionStage.UNSIGNED, SUBSCRIBED),
        ),
        "needed so that both presets give one answer",
    )

    def classes(self, facts: DecisionStage, /) -> Iterator[tuple[PurchaseStatus, Condition]]:
        """The lines of the mapping, in order."""
        for line in self.mapping:
            yield line.status, self.condition("stage.stands_for", line.stage is facts, stage=line.stage)


@frozen(slots=False)
class IntentGrading(Grant[GradeChange, IntentGrade]):
    """
    A grade for an intent customer; grades are dated, and never earlier than the one before.

    Source: 000 §3.1; 001 T1.1②.
    """

    entry = Entry.of("B-07", "购房意向等级", CORE, "000 §3.1; 001 T1.1②")

    scale: ClassVar[tuple[IntentGrade, ...]] = ours(
        tuple(IntentGrade), "the text requires a grade but no scale: clear, strong, watching, cold"
    )

    def conditions(self, facts: GradeChange, /) -> Iterator[Condition]:
        """The grade is on the scale and comes after the last."""
        yield self.condition("grade.on_scale", facts.grade in self.scale, grade=facts.grade, scale=self.scale)
        yield self.in_order(facts)

    def working(self, facts: GradeChange, /) -> Iterator[Step[IntentGrade]]:
        """The grade itself."""
        yield self.step("grade.given", facts.grade, on=facts.on)

    def in_order(self, facts: GradeChange, /) -> Condition:
        """Whether the grade is no earlier than the one before."""
        graded_on: date | None = facts.graded_on
        met = graded_on is None or facts.on >= graded_on
        return self.condition("grade.in_order", met, on=facts.on, graded_on=graded_on)
