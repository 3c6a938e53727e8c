"""
The handful of shapes a rule can have; each has one final entry point over a few small questions.

================ =============================== ==================================================
shape            asks of a subclass              answers
================ =============================== ==================================================
`Grant`          ``conditions``, ``working``     `Decision`: outcome, or what is unmet
`Classification` ``classes``                     `Decision`: the class and the condition that chose
`Checklist`      ``items``, ``flags``            `Completeness`: what is missing
`Report`         ``columns``, ``pages``          `Table`
================ =============================== ==================================================

`Deadline` and `Cadence` live in `estatecrm.rules.duties`, `LifeCycle` in `estatecrm.rules.life_cycles`.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar, final

from attrs import frozen

from estatecrm.decisions import Column, Completeness, Condition, Decision, Item, Page, Step, Table
from estatecrm.rules.base import Rule

F = TypeVar("F")
T = TypeVar("T")


@frozen(slots=False)
class Grant(Rule, Generic[F, T], shape=True):
    """May this be, and what comes of it?"""

    def conditions(self, facts: F, /) -> Iterator[Condition]:
        """What must hold: nothing."""
        yield from ()

    def working(self, facts: F, /) -> Iterator[Step[T]]:
        """How the outcome is worked out, a line a step; the last value is the outcome. Asked only if granted."""
        yield from ()

    @final
    def decide(self, facts: F, /) -> Decision[T]:
        """The decision on *facts*: all conditions are checked, not only up to the first that fails."""
        conditions = tuple(self.conditions(facts))
        granted = all(condition.met for condition in conditions)
        working = tuple(self.working(facts)) if granted else ()
        outcome = working[-1].value if working else None
        return Decision(self.name(), self.entry, self.edition, granted, conditions, working, outcome)


@frozen(slots=False)
class Classification(Rule, Generic[F, T], shape=True):
    """Which class do the facts fall into?"""

    def classes(self, facts: F, /) -> Iterator[tuple[T, Condition]]:
        """Each class with its condition, in order: the first that holds is the class."""
        yield from ()

    @final
    def classify(self, facts: F, /) -> Decision[T]:
        """The class of *facts* and the condition that chose it; refused where no class fits."""
        checked: list[Condition] = []
        for kind, condition in self.classes(facts):
            checked.append(condition)
            if condition.met:
                step = Step("class.chosen", kind, (("because", condition.code),))
                return Decision(self.name(), self.entry, self.edition, True, tuple(checked), (step,), kind)
        return Decision(self.name(), self.entry, self.edition, False, tuple(checked))


@frozen(slots=False)
class Checklist(Rule, Generic[F], shape=True):
    """What should be there, and what is missing?"""

    def items(self, facts: F, /) -> Iterator[Item]:
        """The items of the list, in order."""
        yield from ()

    def flags(self, facts: F, /) -> Iterator[Condition]:
        """What to point out without blocking anything: nothing."""
        yield from ()

    @final
    def check(self, facts: F, /) -> Completeness:
        """What is there, what is missing and what is flagged."""
        flags = tuple(flag for flag in self.flags(facts) if not flag.met)
        return Completeness(self.name(), self.entry, self.edition, tuple(self.items(facts)), flags)

    @final
    def item(self, code: str, present: object, /, *, entry: str = "") -> Item:
        """An item that is there if *present* is neither None nor empty."""
        there = present is not None and present != "" and present != ()
        return Item(code, there, entry or self.entry.id)


@frozen(slots=False)
class Report(Rule, Generic[F], shape=True):
    """What does the register or report show?"""

    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return ()

    def pages(self, facts: F, /) -> Iterator[Page]:
        """The pages, in order; every row has as many values as there are columns."""
        yield from ()

    @final
    def table(self, facts: F, /) -> Table:
        """The report on *facts*."""
        return Table(self.name(), self.entry, self.edition, self.columns(), tuple(self.pages(facts)))
