"""Files lent out and brought back (chapter J, as far as it is built)."""

from typing import ClassVar

from attrs import frozen
from pendulum import DateTime

from estatecrm.model import Loan
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.duties import Deadline
from estatecrm.rules.parameters import doc
from estatecrm.values import NaturalDays, TimeLimit


@frozen(slots=False)
class LoanReturn(Deadline[Loan]):
    """
    A borrowed file is back within three days.

    Source: 003 P1 a19.5.
    """

    entry = Entry.of("J-25", "外借登记册", CORE, "003 P1 a19.5")

    within: ClassVar[TimeLimit] = doc(NaturalDays(3))

    def starts_at(self, facts: Loan, /) -> DateTime:
        """When it was lent."""
        return facts.lent_at

    def responsible(self, facts: Loan, /) -> Role:
        """Who borrowed it."""
        return facts.role


@frozen(slots=False)
class SameDayReturn(LoanReturn):
    """
    A dossier is back the same day.

    Source: 003 P8 §2.9.
    """

    entry = Entry.of("D-28", "当日归还", CORE, "003 P8 §2.9")

    within: ClassVar[TimeLimit] = doc(NaturalDays(0))
