"""A language: codes and values in, sentences out."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

from attrs import frozen

from estatecrm.decisions import Completeness, Condition, Decision, Duty, Reason, Step, Values
from estatecrm.messages import faults, reasons
from estatecrm.messages.catalogues import Catalogue, Extra
from estatecrm.messages.spoken import Spoken
from estatecrm.policy import Entry
from estatecrm.values import TimeWord

T = TypeVar("T")
Filling: TypeAlias = Mapping[str, object] | Values
"""What a sentence is filled with: by name, or in pairs as reasons hold it."""


@frozen(eq=False)
class Language(Spoken):
    """
    Says everything the library answers in one language.

    A sentence may have variants that are taken where they fit: ``code.unmet`` for a condition that does not hold
    (what would allow it), ``code.none`` where a value is missing, ``code.word`` where one is a time word such as
    "promptly", ``code.one`` where a count is one.
    """

    def say(self, code: str, values: Filling = ()) -> str:
        """The sentence for *code*; a code that no catalogue knows is said as it is, with its values in plain form."""
        filling: dict[str, object] = dict(values)
        sentence = self._sentence(code, filling)
        if sentence is None:
            listed = ", ".join(f"{name}={self.value(value)}" for name, value in filling.items())
            return f"{code} ({listed})" if listed else code
        return self.fill(sentence, filling)

    def condition(self, condition: Condition) -> str:
        """What was checked and held; or, of a condition that does not hold, what would allow it."""
        unmet = f"{condition.code}.unmet"
        if not condition.met and self.catalogue.find(unmet):
            return self.say(unmet, condition.values)
        return self.say(condition.code, condition.values)

    def step(self, step: Step[object]) -> str:
        """One line of working; its result is the value *value*."""
        return self.say(step.code, {**dict(step.values), "value": step.value})

    def entry(self, entry: Entry) -> str:
        """The title of a rulebook entry."""
        return self.catalogue.find(f"entry.{entry.id}") or entry.title

    def todo(self, entry: str, title: str = "") -> str:
        """What a duty under the entry numbered *entry* asks one to do; *title* where no catalogue knows it."""
        return self.catalogue.find(f"todo.{entry}") or title or entry

    def why(self, reason: Reason) -> str:
        """Why a duty exists, in one short sentence without its clause."""
        return reasons.why(self, reason)

    def explain(self, decision: Decision[T]) -> tuple[str, ...]:
        """A decision line by line: the answer, what was checked, the working, the clause it obeys."""
        return tuple(reasons.decision_lines(self, decision))

    def explain_duty(self, duty: Duty) -> tuple[str, ...]:
        """A duty line by line: what, when, whose, why, how the moments came about, the clause."""
        return tuple(reasons.duty_lines(self, duty))

    def completeness(self, found: Completeness) -> tuple[str, ...]:
        """What a checklist found line by line: how much is there, what is missing, what is flagged."""
        return tuple(reasons.completeness_lines(self, found))

    def refusal(self, row: int, column: str, found: str, code: str) -> str:
        """
        What is wrong with one cell of a file, and the cure; *code* is the sentence's in the family ``row``.

        *found* is what stands there, masked by whoever read it; empty where nothing does.
        """
        filling = {"row": str(row), "column": column, "found": found, "fault": self.named("row", code)}
        return self.say("refusal.cell" if found else "refusal.blank" if column else "refusal.row", filling)

    def fault(self, column: str, found: str, code: str) -> str:
        """The same beside the row itself, where its number need not be told."""
        filling = {"column": column, "found": found, "fault": self.named("row", code)}
        return self.say("fault.cell" if found else "fault.blank" if column else "fault.row", filling)

    def error(self, trouble: Exception) -> str:
        """One sentence on what is wrong, where, and the cure; no type names, no traceback."""
        return faults.sentence(self, trouble)

    def _sentence(self, code: str, filling: dict[str, object]) -> str | None:
        variants = [f"{code}.{variant}" for variant in _variants(filling)]
        return self.catalogue.find(*variants, code)


def language(called: str, *, extra: Sequence[Extra] = (), zone: str = "Asia/Shanghai") -> Language:
    """
    The language *called* ``zh``, ``zh-CN``, ``en``, ``en_US`` and the like, with a host's *extra* sentences on top.

    Raises:
        InvalidFacts: there is no catalogue for the language, or no such *zone*.
        InvalidRule: a sentence in *extra* asks for a value its code does not have, or a file cannot be read.
    """
    catalogue = Catalogue.of(called)
    return Language(catalogue.with_extra(extra) if extra else catalogue, faults.zone(zone))


def _variants(filling: dict[str, object]) -> list[str]:
    values: list[object] = list(filling.values())
    found = []
    if any(value is None for value in values):
        found.append("none")
    if any(isinstance(value, TimeWord) for value in values):
        found.append("word")
    if any(type(value) is int and value == 1 for value in values):
        found.append("one")
    return found
