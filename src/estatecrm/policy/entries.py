"""Rulebook entries: the unit in which written policy is kept, cited and tested."""

import re
from enum import Enum
from typing import Self

from attrs import frozen

from estatecrm.errors import InvalidRule
from estatecrm.policy.documents import Clause


class Tier(Enum):
    """How binding an entry is: ``soft`` entries advise and never block."""

    CORE = "core"
    STD = "std"
    SOFT = "soft"


CORE, STD, SOFT = Tier.CORE, Tier.STD, Tier.SOFT

_ID = re.compile(r"[A-Z]+-\d\d+(\.\d+)?")


@frozen
class Entry:
    """One entry of the rulebook: number, Chinese title, tier and the clauses it restates."""

    id: str
    title: str
    tier: Tier
    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, id: str, title: str, tier: Tier, source: str) -> Self:  # noqa: A002 - the rulebook calls it ID
        """
        Cite an entry; *source* lists clauses separated by semicolons.

        A host's own entries use a letter code and number of the host's choosing, such as ``ACME-01``.

        Raises:
            InvalidRule: the number or a clause is malformed.
        """
        if _ID.fullmatch(id) is None:
            raise InvalidRule(
                f"{id!r} is no entry number: write capital letters, a hyphen and two digits, such as 'G-06'"
            )
        if not title.strip():
            raise InvalidRule(f"entry {id} needs its title")
        return cls(id, title, tier, tuple(Clause.parse(part) for part in source.split(";")))

    @property
    def source(self) -> str:
        """The clauses as one text, as they are printed and stored."""
        return "; ".join(str(clause) for clause in self.clauses)
