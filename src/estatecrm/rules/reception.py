"""After a customer was received: register, notice to sales control, follow-up (chapter C)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import instance_of
from pendulum import DateTime

from estatecrm.decisions import Cell, Column, Condition, Page
from estatecrm.model import Customer, DecisionStage, IntentGrade, PurchaseStatus, Reception, Standing
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.duties import Beat, Cadence, Deadline, day_of
from estatecrm.rules.parameters import ours
from estatecrm.rules.shapes import Report
from estatecrm.values import PROMPT, NaturalDays, TimeLimit


@frozen(slots=False)
class IntentRegistration(Deadline[Reception]):
    """
    After receiving a customer the salesperson enters them in the intent register.

    Source: 001 T1.1①, §2.1.
    """

    entry = Entry.of("C-06", "意向客户登记表", CORE, "001 T1.1①; 001 §2.1")

    within: ClassVar[TimeLimit] = ours(NaturalDays(0), "a visit is forgotten by next day")

    def conditions(self, facts: Reception, /) -> Iterator[Condition]:
        """As long as the customer stands in no register."""
        yield self.condition("reception.unregistered", not facts.registered)

    def starts_at(self, facts: Reception, /) -> DateTime:
        """The visit."""
        return facts.at

    def responsible(self, facts: Reception, /) -> Role:
        """The salesperson who received them."""
        return Role.PROPERTY_CONSULTANT


@frozen(slots=False)
class TrackingReport(Deadline[Reception]):
    """
    After each contact the salesperson reports how the customer stands.

    Source: 001 T1.1①, §2.1.
    """

    entry = Entry.of("C-06", "意向客户登记表", CORE, "001 T1.1①; 001 §2.1")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text says in good time")

    def starts_at(self, facts: Reception, /) -> DateTime:
        """The contact."""
        return facts.at

    def responsible(self, facts: Reception, /) -> Role:
        """The salesperson who had the contact."""
        return Role.PROPERTY_CONSULTANT

    def occasion(self, day: date, /) -> str:
        """The day of the contact; told apart from the registration of that day."""
        return f"{day.isoformat()}.tracking"


@frozen(slots=False)
class ClearIntentNotice(Deadline[Standing]):
    """
    A customer of clear intent is brought before sales control, once for each grading, so that units are coordinated.

    Source: 001 T1.1②.
    """

    entry = Entry.of("C-07", "报销控部门", CORE, "001 T1.1②")

    report_grade: ClassVar[IntentGrade] = ours(IntentGrade.A, "A is defined as clear intent")
    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text sets no time")

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """The customer is an intent customer of the reported grade."""
        yield self.condition("follow.intent_customer", facts.status is PurchaseStatus.INTENT, status=facts.status)
        yield self.condition("follow.graded_on", facts.graded_on is not None)
        yield self.condition("notice.grade", facts.grade is self.report_grade, grade=facts.grade)

    def starts_at(self, facts: Standing, /) -> date:
        """The day of the grading."""
        return day_of(facts.graded_on)

    def responsible(self, facts: Standing, /) -> Role:
        """Sales control."""
        return Role.SALES_CONTROL

    def competes(self, unit: str, customer: Customer, /) -> bool:
        """Whether *customer* belongs on the coordination list of *unit*."""
        return customer.wanted_unit == unit and customer.grade is self.report_grade


@frozen
class RegisterFacts:
    """The intent customers of one representative after another; *day* is the day of printing."""

    pages: tuple[tuple[str, tuple[Customer, ...]], ...]


@frozen(slots=False)
class IntentRegister(Report[RegisterFacts]):
    """
    The intent register, one page for each sales representative, also for one without customers.

    Source: 001 T1.1③.
    """

    entry = Entry.of("C-08", "一人一页", CORE, "001 T1.1③")

    shown: ClassVar[tuple[str, ...]] = ours(
        ("code", "name", "contact", "layout", "area", "budget", "grade", "last_contact", "tracking_note"),
        "form 6 of the rulebook, the need in its three points",
    )

    def columns(self) -> tuple[Column, ...]:
        """The columns of form 6."""
        return tuple(Column(code) for code in self.shown)

    def pages(self, facts: RegisterFacts, /) -> Iterator[Page]:
        """One page a representative, customers in the order given."""
        for representative, customers in facts.pages:
            yield Page(representative, tuple(self.row(customer) for customer in customers))

    def row(self, customer: Customer, /) -> tuple[Cell, ...]:
        """The values of one customer, in the order of the columns."""
        return tuple(self.value(customer, code) for code in self.shown)

    def value(self, customer: Customer, column: str, /) -> Cell:
        """What stands in *column* for *customer*."""
        need = customer.need
        held: dict[str, Cell] = {
            "code": customer.code,
            "name": customer.name,
            "contact": "、".join(phone.number for phone in customer.phones),
            "layout": need.layout if need else "",
            "area": need.area if need else None,
            "budget": need.budget if need else None,
            "grade": customer.grade,
            "last_contact": customer.last_contact or customer.first_contact,
            "tracking_note": customer.note,
            "wanted_unit": customer.wanted_unit,
            "status": customer.status,
        }
        return held[column]


@frozen
class GradeInterval:
    """How often a customer of a grade is contacted."""

    grade: IntentGrade = field(validator=instance_of(IntentGrade))
    within: TimeLimit = field(validator=instance_of(TimeLimit))


@frozen(slots=False)
class IntentFollowUp(Cadence[Standing]):
    """
    Sales contacts intent customers regularly, the more often the clearer their intent.

    Source: 000 §3.1.
    """

    entry = Entry.of("C-09", "定期跟进", CORE, "000 §3.1")

    interval_days: ClassVar[tuple[GradeInterval, ...]] = ours(
        (
            GradeInterval(IntentGrade.A, NaturalDays(3)),
            GradeInterval(IntentGrade.B, NaturalDays(7)),
            GradeInterval(IntentGrade.C, NaturalDays(15)),
            GradeInterval(IntentGrade.D, NaturalDays(30)),
        ),
        "tighter when closer to buying",
    )

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """The customer is an intent customer with a grade, and was met, or at least graded, on a known day."""
        yield self.condition("follow.intent_customer", facts.status is PurchaseStatus.INTENT, status=facts.status)
        yield self.condition("follow.graded", self.interval(facts) is not None, grade=facts.grade)
        if facts.last_contact is None:
            yield self.condition(
                "follow.met", facts.graded_on is not None, last_contact=None, graded_on=facts.graded_on
            )
        else:
            yield self.condition("follow.met", True, last_contact=facts.last_contact)

    def beats(self, facts: Standing, /) -> Iterator[Beat]:
        """One contact, an interval after the last, or after the grading of somebody never met."""
        last, interval = day_of(facts.last_contact or facts.graded_on), self.interval(facts)
        if interval is not None:
            yield Beat(last.isoformat(), last, interval)

    def responsible(self, facts: Standing, /) -> Role:
        """The customer's own consultant."""
        return Role.PROPERTY_CONSULTANT

    def interval(self, facts: Standing, /) -> TimeLimit | None:
        """The interval of the customer's grade, or None without one."""
        return next((line.within for line in self.interval_days if line.grade is facts.grade), None)


@frozen(slots=False)
class PotentialContact(Cadence[Standing]):
    """
    A registered potential customer without a grade is kept warm until reclassed or lost.

    Source: 001 T1.6.
    """

    entry = Entry.of("C-13", "潜在客户跟进", STD, "001 T1.6")

    interval_days: ClassVar[TimeLimit] = ours(NaturalDays(30), "monthly keeps contact without pressure")

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """Potential, not graded (C-09 then rules), and met before."""
        potential = facts.status is PurchaseStatus.INTENT and facts.stage is DecisionStage.POTENTIAL
        yield self.condition("follow.potential", potential, stage=facts.stage)
        yield self.condition("follow.ungraded", facts.grade is None, grade=facts.grade)
        yield self.condition("follow.met", facts.last_contact is not None, last_contact=facts.last_contact)

    def beats(self, facts: Standing, /) -> Iterator[Beat]:
        """One contact, an interval after the last."""
        last = day_of(facts.last_contact)
        yield Beat(last.isoformat(), last, self.interval_days)

    def responsible(self, facts: Standing, /) -> Role:
        """The salesperson who registered them."""
        return Role.PROPERTY_CONSULTANT
