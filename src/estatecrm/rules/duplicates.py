"""When a newcomer is somebody the company already knows (chapter P)."""

from collections.abc import Iterator

from attrs import frozen

from estatecrm.decisions import Condition
from estatecrm.model import Likelihood, Likeness
from estatecrm.policy import STD, Entry
from estatecrm.rules.shapes import Classification


@frozen(slots=False)
class PossibleDuplicate(Classification[Likeness, Likelihood]):
    """
    Same phone or identity number: the same person where the name agrees, else a possible duplicate.

    Only the specialist merges.

    Source: 000 §2.2.
    """

    entry = Entry.of("P-06", "重复客户", STD, "000 §2.2")

    def classes(self, facts: Likeness, /) -> Iterator[tuple[Likelihood, Condition]]:
        """Nobody alike, one person alike in name too, or a pair to look at."""
        yield Likelihood.NEW, self.condition("duplicate.nobody", not facts.codes)
        known = len(facts.codes) == 1 and facts.same_person
        yield Likelihood.KNOWN, self.condition("duplicate.same_person", known, codes=facts.codes)
        yield Likelihood.POSSIBLE_DUPLICATE, self.condition("duplicate.possible", bool(facts.codes), codes=facts.codes)
