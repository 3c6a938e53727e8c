"""Reasons as text, and the digest by which duties that rest on the same reason share it."""

import hashlib
from enum import Enum

from attrs import field, frozen

from estatecrm.decisions import Condition, Reason, Step, Value
from estatecrm.policy import Clause, Document, Entry, Tier
from estatecrm.storage.codec.forms import Json, flag_in, list_in, read, text_in, written
from estatecrm.storage.codec.values import Values

_KIND = "reason/1"


@frozen
class Reasons:
    """
    Reasons as text and back.

    A host whose rules speak of its own classes names them in *enums*; members of other classes are refused.
    """

    enums: tuple[type[Enum], ...] = ()
    _values: Values = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_values", Values.knowing(self.enums))

    def text(self, reason: Reason) -> str:
        """
        The text of *reason*, the same for equal reasons.

        Raises:
            StorageError: it speaks of a value that cannot be kept.
            InvalidFacts: a text within cannot be kept.
        """
        entry = reason.entry
        form: list[Json] = [
            _KIND,
            reason.rule,
            [
                entry.id,
                entry.title,
                entry.tier.value,
                [[clause.document.value, clause.place] for clause in entry.clauses],
            ],
            reason.edition,
            [[each.code, each.met, each.entry, self._pairs(each.values)] for each in reason.because],
            [[step.code, self._values.form(step.value), self._pairs(step.values)] for step in reason.working],
            reason.provisional,
        ]
        return written("the reason", form)

    def reason(self, text: str) -> Reason:
        """The reason *text* writes; `StorageError` if it writes none."""
        return read(text, _KIND, 6, self._reason)

    def _pairs(self, values: tuple[tuple[str, object], ...]) -> list[Json]:
        return [[name, self._values.form(value)] for name, value in values]

    def _reason(self, form: list[Json]) -> Reason:
        rule, entry, edition, because, working, provisional = form
        return Reason(
            rule=text_in(rule),
            entry=_entry(list_in(entry, 4)),
            edition=text_in(edition),
            because=tuple(self._condition(list_in(each, 4)) for each in list_in(because)),
            working=tuple(self._step(list_in(each, 3)) for each in list_in(working)),
            provisional=flag_in(provisional),
        )

    def _condition(self, form: list[Json]) -> Condition:
        code, met, entry, values = form
        return Condition(text_in(code), flag_in(met), text_in(entry), self._named(values))

    def _step(self, form: list[Json]) -> Step[object]:
        code, value, values = form
        return Step(text_in(code), self._values.value(value), self._named(values))

    def _named(self, form: Json) -> tuple[tuple[str, Value], ...]:
        pairs = (list_in(pair, 2) for pair in list_in(form))
        return tuple((text_in(name), self._values.value(value)) for name, value in pairs)


def digest_of(text: str) -> str:
    """The digest of a reason's text: 32 hexadecimal characters of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _entry(form: list[Json]) -> Entry:
    id_, title, tier, clauses = form
    return Entry(text_in(id_), text_in(title), Tier(tier), tuple(_clause(each) for each in list_in(clauses)))


def _clause(form: Json) -> Clause:
    document, place = list_in(form, 2)
    return Clause(Document(document), text_in(place))
