"""
Every exception of the library, sorted by whose mistake it is.

A *refused* request is not here: it is a `Decision` with its reasons.

==================== ==================================================
`InvalidFacts`       the caller passed facts that cannot be true
`InvalidRule`        an extender defined a rule or ruleset that cannot work
`InvalidCalendar`    a calendar or office hours that can never be right
`UnpublishedYear`    strict mode met a year whose days off are not known
`StorageError`       the storage is in trouble; `Conflict`, `NotFound`
                     and `Busy` say which
`ExchangeError`      a file cannot be read or written at all
`MissingExtra`       an optional package is not installed
==================== ==================================================
"""


class EstateCrmError(Exception):
    """The base of everything the library raises on purpose."""


class InvalidFacts(EstateCrmError, ValueError):
    """The caller's facts are impossible or incomplete; the text names the fact and the cure."""


class InvalidRule(EstateCrmError, TypeError):
    """A rule, ruleset or message catalogue is malformed; raised where it is defined, all faults at once."""


class InvalidCalendar(EstateCrmError, ValueError):
    """Days off, working hours or windows that contradict themselves or are never open."""


class UnpublishedYear(EstateCrmError, LookupError):
    """Strict mode needs the days off of a year that has not been published."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the days off of {year} are not published yet; add them to the calendar or allow provisional answers"
        )
        self.year = year


class StorageError(EstateCrmError):
    """
    The storage failed; the cause is chained.

    *outcome_known* is false where the work may have been saved although the answer was lost.
    """

    outcome_known: bool = True


class Conflict(StorageError):
    """Somebody else changed or added the same thing first; read again and repeat."""


class NotFound(StorageError, LookupError):
    """No such record."""


class Busy(StorageError):
    """The storage is held by somebody else; the same call may succeed later."""


class NewerSchema(StorageError):
    """The database was written by a newer release of the library."""


class LedgerBroken(StorageError):
    """The points ledger contradicts itself: nothing is written, and `verify` names the first difference."""


class ExchangeError(EstateCrmError, ValueError):
    """A file as a whole cannot be read or written; the text says why and what helps."""


class MissingExtra(EstateCrmError, ImportError):
    """An optional part needs a package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f'{package} is not installed: pip install "estatecrm[{extra}]"')
        self.extra = extra
