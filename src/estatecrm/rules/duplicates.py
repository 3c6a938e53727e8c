"""When a newcomer is somebody the company already knows (chapter P)."""

from collections.abc import Iterator

from attrs import frozen

from estatecrm.decisions import Condition
from estatecrm.model import Likeness
from estatecrm.policy import STD, Entry
from estatecrm.rules.shapes import Classification


@frozen(slots=False)
class PossibleDuplicate(Classification[Likeness, str]):
    """
    Same phone or identity number: the same person where the name agrees, else a possible duplicate.

    Outcome: ``new``, ``known`` or ``possible_duplicate``; only the specialist merges.

    Source: 000 §2.2.
    """

    entry = Entry.of("P-06", "重复客户", STD, "000 §2.2")

    def classes(self, facts: Likeness, /) -> Iterator[tuple[str, Condition]]:
        """Nobody alike, one person alike in name too, or a pair to look at."""
        yield "new", self.condition("duplicate.nobody", not facts.codes)
        known = len(facts.codes) == 1 and facts.same_person
        yield "known", self.condition("duplicate.same_person", known, codes=facts.codes)
        yield "possible_duplicate", self.condition("duplicate.possible", bool(facts.codes), codes=facts.codes)
