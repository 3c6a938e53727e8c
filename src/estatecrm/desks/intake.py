"""The desk where many customers are taken in at once, each row ending in exactly one way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import islice
from typing import NamedTuple, Protocol

from attrs import define, evolve, field, frozen

from estatecrm.decisions import Condition, Decision
from estatecrm.desks.desk import Desk, admit
from estatecrm.model import Acting, CodeRequest, Customer, DecisionStage, Errand, Likelihood, Likeness, StageFacts
from estatecrm.rules.rulesets import Ruleset
from estatecrm.storage import Session

_CHUNK = 200


class Newcomer(Protocol):
    """Somebody to be taken in: what a file's row, or a host's own source, has to offer."""

    @property
    def number(self) -> int:
        """The row, for the receipt."""
        ...

    @property
    def name(self) -> str:
        """The full name."""
        ...

    @property
    def consultant(self) -> str:
        """The consultant's name or id as written; empty for nobody."""
        ...

    @property
    def match_keys(self) -> tuple[str, ...]:
        """By phones and identity number as `Customer.match_keys` writes them."""
        ...

    @property
    def mark(self) -> str:
        """A digest of all that the row says, or nothing: a row taken in before changes nothing."""
        ...

    @property
    def stage_facts(self) -> StageFacts:
        """What decides the stage of the newcomer's decision (B-04)."""
        ...

    def opened(self, code: str, project: str, consultant: str, stage: DecisionStage | None, on: date, /) -> Customer:
        """The new master record, bearing the mark."""
        ...

    def onto(self, customer: Customer, consultant: str, on: date, /) -> Customer:
        """*customer* with what the newcomer brings, and the mark if that is anything; else *customer* itself."""
        ...


class RowEnd(Enum):
    """How a row ended."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    REJECTED = "rejected"


class RowOutcome(NamedTuple):
    """What became of one row; *codes* are the customers it became or resembles, *unmet* why it was rejected."""

    number: int
    end: RowEnd
    codes: tuple[str, ...] = ()
    unmet: tuple[Condition, ...] = ()


@frozen
class Receipt:
    """What became of every row, in order."""

    rows: tuple[RowOutcome, ...]

    @property
    def counts(self) -> dict[RowEnd, int]:
        """How many rows ended each way; the counts add up to the rows."""
        counted = Counter(row.end for row in self.rows)
        return {end: counted[end] for end in RowEnd}

    @property
    def touched(self) -> tuple[str, ...]:
        """The codes of customers created or updated, each once, in order."""
        ends = (RowEnd.CREATED, RowEnd.UPDATED)
        return tuple(dict.fromkeys(code for row in self.rows if row.end in ends for code in row.codes))

    def codes(self, end: RowEnd) -> tuple[str, ...]:
        """The codes of the rows that ended in *end*, each once."""
        return tuple(dict.fromkeys(code for row in self.rows if row.end is end for code in row.codes))


@frozen
class IntakeDesk(Desk):
    """Customers from files and other sources."""

    def take_in(self, acting: Acting, newcomers: Iterable[Newcomer], *, project: str) -> Decision[Receipt]:
        """
        Take in *newcomers* for *project*: all in one session, so a failure leaves nothing behind.

        A newcomer who shares a phone or identity number and the name with one customer updates that record;
        one who shares the number but not the name is a possible duplicate for the specialist (P-06).
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.IMPORT, project)
            if admitted.refused:
                return admitted.carrying(None)
            # No letters, no codes: better refused here than for each row.
            coding = self.rules().master.coding.decide(CodeRequest(project, self.day(), 1))
            if coding.refused:
                return coding.carrying(None)
            batch = _Batch(session, self.rules(), project, self.day(), _consultants(session))
            rows = tuple(outcome for chunk in _chunks(newcomers) for outcome in batch.take(chunk))
            return admitted.carrying(Receipt(rows))


def _consultants(session: Session) -> dict[str, str]:
    """The ids of active staff by id and by name; a name borne by two means neither."""
    active = [stored.record for stored in session.staff.all() if stored.record.active]
    names = Counter(member.name for member in active)
    by_name = {member.name: member.id for member in active if names[member.name] == 1}
    return {"": "", **by_name, **{member.id: member.id for member in active}}


def _chunks(newcomers: Iterable[Newcomer]) -> Iterator[list[Newcomer]]:
    waiting = iter(newcomers)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


@define
class _Batch:
    """One import under way: what is known, and what is new in this chunk and not kept yet."""

    session: Session
    rules: Ruleset
    project: str
    on: date
    consultants: dict[str, str]
    fresh: dict[str, Customer] = field(factory=dict)
    fresh_keys: dict[str, list[str]] = field(factory=dict)
    known: Mapping[str, Sequence[str]] = field(factory=dict)
    stages: dict[StageFacts, DecisionStage | None] = field(factory=dict)
    next_number: int = 0
    drawn: int = 0

    def take(self, chunk: list[Newcomer]) -> list[RowOutcome]:
        """The outcome of each row of *chunk*, whose new customers are kept when it ends."""
        customers = self.session.customers
        marks = {f"row:{newcomer.mark}" for newcomer in chunk if newcomer.mark}
        self.known = customers.matching({key for newcomer in chunk for key in newcomer.match_keys} | marks)
        self.fresh, self.fresh_keys, self.drawn = {}, {}, 0
        outcomes = [self._row(newcomer) for newcomer in chunk]
        if self.drawn > 1:
            # The first number was drawn from the storage, which keeps the sequence ours until the session ends.
            customers.reserve(self._sequence(), self.drawn - 1)
        customers.add_many(self.fresh.values())
        return outcomes

    def _row(self, newcomer: Newcomer) -> RowOutcome:
        seen = self._holders(f"row:{newcomer.mark}") if newcomer.mark else ()
        if seen:
            return RowOutcome(newcomer.number, RowEnd.UNCHANGED, tuple(seen))
        consultant = self.consultants.get(newcomer.consultant)
        if consultant is None:
            unknown = Condition("intake.consultant_known", met=False, entry="C-08")
            return RowOutcome(newcomer.number, RowEnd.REJECTED, (), (unknown,))
        alike = self._alike(newcomer)
        if not alike:
            return self._create(newcomer, consultant)
        namesake = self._record(alike[0]) if len(alike) == 1 else None
        same_person = namesake is not None and namesake.name == newcomer.name
        kind = self.rules.master.duplicate.classify(Likeness(alike, same_person)).outcome
        if kind is Likelihood.KNOWN and namesake is not None:
            return self._update(newcomer, namesake, consultant)
        if kind is Likelihood.NEW:
            return self._create(newcomer, consultant)
        return RowOutcome(newcomer.number, RowEnd.POSSIBLE_DUPLICATE, alike)

    def _alike(self, newcomer: Newcomer) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for key in newcomer.match_keys:
            codes.update(dict.fromkeys(self._holders(key)))
        return tuple(codes)

    def _holders(self, key: str) -> tuple[str, ...]:
        return (*self.known.get(key, ()), *self.fresh_keys.get(key, ()))

    def _record(self, code: str) -> Customer:
        return self.fresh[code] if code in self.fresh else self.session.customers.get(code).record

    def _create(self, newcomer: Newcomer, consultant: str) -> RowOutcome:
        code = self._code()
        stage = self._stage(newcomer.stage_facts)
        self.fresh[code] = newcomer.opened(code, self.project, consultant, stage, self.on)
        for key in newcomer.match_keys:
            self.fresh_keys.setdefault(key, []).append(code)
        if newcomer.mark:
            self.fresh_keys.setdefault(f"row:{newcomer.mark}", []).append(code)
        return RowOutcome(newcomer.number, RowEnd.CREATED, (code,))

    def _update(self, newcomer: Newcomer, customer: Customer, consultant: str) -> RowOutcome:
        later = newcomer.onto(customer, consultant, self.on)
        later = evolve(later, stage=self._stage(later.stage_facts)) if later is not customer else customer
        if later is customer:
            return RowOutcome(newcomer.number, RowEnd.UNCHANGED, (customer.code,))
        if customer.code in self.fresh:
            self._hold(later)
        else:
            stored = self.session.customers.get(customer.code)
            self.session.customers.save(evolve(stored, record=later))
        return RowOutcome(newcomer.number, RowEnd.UPDATED, (customer.code,))

    def _hold(self, customer: Customer) -> None:
        self.fresh[customer.code] = customer
        code = customer.code
        for key in customer.match_keys:
            held = self.fresh_keys.setdefault(key, [code])
            if code not in held:
                held.append(code)

    def _stage(self, facts: StageFacts) -> DecisionStage | None:
        if facts not in self.stages:
            self.stages[facts] = self.rules.classes.stage.classify(facts).outcome
        return self.stages[facts]

    def _code(self) -> str:
        if not self.drawn:
            self.next_number = self.session.customers.reserve(self._sequence(), 1)
        number = self.next_number
        self.next_number += 1
        self.drawn += 1
        return self.rules.master.coding.code(CodeRequest(self.project, self.on, number))

    def _sequence(self) -> str:
        return self.rules.master.coding.sequence(CodeRequest(self.project, self.on, 1))
