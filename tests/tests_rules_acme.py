"""Rules of a pretend host, for tests."""

from estatecrm.policy import SOFT, Entry
from estatecrm.rules.shapes import Checklist


class Lonely(Checklist[int]):
    """A rule no ruleset has a place for."""

    entry = Entry.of("ACME-01", "无处可放", SOFT, "000")
