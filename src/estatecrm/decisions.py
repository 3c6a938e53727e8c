"""
Answers with reasons, in codes and typed values only: `estatecrm.messages` turns them into sentences.

=============== ===========================================================
`Condition`     one thing that was checked, and whether it held
`Step`          one line of arithmetic
`Decision`      an answer: granted or refused, and everything it rests on
`Duty`          something somebody must do between two moments (待办)
`Reason`        why a duty exists; shared by all duties that rest on the same
`Completeness`  what a checklist found
=============== ===========================================================
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.errors import InvalidFacts
from estatecrm.policy import Entry, Role
from estatecrm.values import Area, Money, Points, Range, Rate, TimeLimit

Value: TypeAlias = (
    str | int | Decimal | date | DateTime | Money | Points | Area | Rate | TimeLimit | Enum | tuple["Value", ...] | None
)
"""What a reason may speak of; every storage keeps these exactly, every catalogue can print them."""

Cell: TypeAlias = Value | Range[Area] | Range[Money]
"""What may stand in a cell of a table."""

Values: TypeAlias = tuple[tuple[str, Value], ...]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@frozen
class Condition:
    """One thing checked: *code* names the sentence, *values* fill it, *entry* is the rulebook number it obeys."""

    code: str
    met: bool
    entry: str
    values: Values = ()


@frozen
class Step(Generic[T_co]):
    """One line of working: *value* is what came out of it."""

    code: str
    value: T_co
    values: Values = ()


@frozen
class Decision(Generic[T]):
    """
    An answer and everything it rests on.

    A refusal's `unmet` conditions say what would allow it. *outcome* is None in every refusal.
    """

    rule: str
    entry: Entry
    edition: str
    granted: bool
    conditions: tuple[Condition, ...]
    working: tuple[Step[object], ...] = ()
    outcome: T | None = None

    def carrying(self, outcome: "U | None") -> "Decision[U]":
        """The same answer with another outcome: what an errand brought after access was granted."""
        return Decision(self.rule, self.entry, self.edition, self.granted, self.conditions, self.working, outcome)

    @property
    def refused(self) -> bool:
        """Whether the answer is no."""
        return not self.granted

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """The conditions that did not hold."""
        return tuple(condition for condition in self.conditions if not condition.met)

    def expect(self) -> T:
        """
        The outcome, for a caller who has checked `granted`.

        Raises:
            InvalidFacts: the decision is a refusal; the text lists the codes of what is unmet.
        """
        if not self.granted or self.outcome is None:
            raise InvalidFacts(f"{self.rule} was refused: {', '.join(c.code for c in self.unmet) or 'no outcome'}")
        return self.outcome


@frozen
class Reason:
    """Why a duty exists: the entry, the conditions that held, the working that gave its moments."""

    rule: str
    entry: Entry
    edition: str
    because: tuple[Condition, ...] = ()
    working: tuple[Step[object], ...] = ()
    provisional: bool = False
    """Whether a moment rests on days off that are not published yet."""


class Ending(Enum):
    """How a duty stopped being open."""

    DONE = "done"
    WITHDRAWN = "withdrawn"
    """Its cause is gone: the customer moved on before it fell due."""


@frozen
class Closing:
    """When, by whom and how a duty was closed."""

    how: Ending
    at: DateTime
    by: str
    contact: str = ""
    """The contact that fulfilled it, if one did."""


@frozen
class Subject:
    """Whom a duty concerns: a customer's code, a unit where one is meant, and who looks after the customer."""

    code: str
    unit: str = ""
    consultant: str = ""
    specialist: str = ""


@frozen
class Duty:
    """
    Something to be done for *subject* not before *earliest* and not after *latest* (both aware).

    "By 2025-03-05" is the close of that day, 2025-03-06 00:00 in the office's zone, and that very moment is
    still in time. *assignee* is a member of
    staff, or empty where anybody in *role* may do it. The key is made of rule entry, subject and step, so
    planning the same thing twice yields the same key.
    """

    key: str
    subject: str
    unit: str
    step: str
    role: Role
    assignee: str
    earliest: DateTime
    latest: DateTime
    reason: Reason = field(repr=False)
    closed: Closing | None = None

    @property
    def open(self) -> bool:
        """Whether it still has to be done."""
        return self.closed is None

    def overdue(self, at: DateTime) -> bool:
        """Whether it is still open at its latest moment or later; what is done at that very moment is in time."""
        return self.closed is None and at >= self.latest


@frozen
class Planned:
    """A duty not yet addressed to anybody: what a rule answers for facts that many customers may share."""

    step: str
    role: Role
    earliest: DateTime
    latest: DateTime
    reason: Reason

    def assignee(self, subject: Subject) -> str:
        """Who must do it towards *subject*: their consultant or specialist, or anybody in the role (empty)."""
        if self.role.sells:
            return subject.consultant
        return subject.specialist if self.role.serves else ""

    def address(self, subject: Subject) -> Duty:
        """The duty towards *subject*."""
        return Duty(
            key=duty_key(self.reason.entry.id, subject, self.step),
            subject=subject.code,
            unit=subject.unit,
            step=self.step,
            role=self.role,
            assignee=self.assignee(subject),
            earliest=self.earliest,
            latest=self.latest,
            reason=self.reason,
        )


def duty_key(entry: str, subject: Subject, step: str) -> str:
    """The deterministic key of a duty: entry, subject (with unit) and step."""
    return f"{entry}/{subject.code}/{subject.unit}/{step}" if subject.unit else f"{entry}/{subject.code}/{step}"


@frozen
class Item:
    """One line of a checklist."""

    code: str
    present: bool
    entry: str


@frozen
class Completeness:
    """What a checklist found; soft findings go into *flags* and block nothing."""

    rule: str
    entry: Entry
    edition: str
    items: tuple[Item, ...]
    flags: tuple[Condition, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of what is not there, in the order of the list."""
        return tuple(item.code for item in self.items if not item.present)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return all(item.present for item in self.items)

    @property
    def share(self) -> Rate:
        """The part that is there, unrounded; an empty list is complete."""
        if not self.items:
            return Rate(1)
        return Rate(Decimal(sum(item.present for item in self.items)) / len(self.items))


@frozen
class Column:
    """A column of a report: its code, which the catalogue knows as ``column.<code>``."""

    code: str


@frozen
class Page:
    """One page of a report: whose it is, and its rows of values in the order of the report's columns."""

    title: str
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)


@frozen
class Table:
    """A typed table as it is printed or exported, a page at a time."""

    rule: str
    entry: Entry
    edition: str
    columns: tuple[Column, ...]
    pages: tuple[Page, ...]

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages)
