"""Errors as one sentence: what is wrong, where, and the cure."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from estatecrm.errors import (
    Busy,
    Conflict,
    ExchangeError,
    InvalidFacts,
    MissingExtra,
    NewerSchema,
    NotFound,
    StorageError,
    UnpublishedYear,
)
from estatecrm.values import InvalidText

if TYPE_CHECKING:
    from estatecrm.messages.language import Language

_STORAGE = ((NewerSchema, "error.newer_schema"), (Busy, "error.busy"), (Conflict, "error.conflict"))


def sentence(speak: "Language", trouble: Exception) -> str:
    """The sentence for *trouble*; of one that is not the library's own, nothing but its kind is told."""
    if isinstance(trouble, MissingExtra):
        return speak.say("error.missing_extra", {"extra": trouble.extra})
    if isinstance(trouble, UnpublishedYear):
        return speak.say("error.unpublished_year", {"year": str(trouble.year)})
    if isinstance(trouble, StorageError):
        return _storage(speak, trouble)
    if isinstance(trouble, ExchangeError):
        return _exchange(speak, trouble)
    if isinstance(trouble, InvalidText) and speak.catalogue.find(f"text.{trouble.reason}"):
        return speak.named("text", trouble.reason)
    if isinstance(trouble, InvalidFacts):
        return speak.say("error.facts", {"text": str(trouble)})
    if isinstance(trouble, OSError):
        why = trouble.strerror or type(trouble).__name__
        return speak.say("error.file", {"file": str(trouble.filename or ""), "why": why})
    return speak.say("error.unexpected", {"kind": type(trouble).__name__})


def zone(name: str) -> ZoneInfo:
    """
    The time zone called *name*.

    Raises:
        InvalidFacts: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise InvalidFacts(f"there is no time zone {name!r}: write one such as Asia/Shanghai") from unknown


def _storage(speak: "Language", trouble: StorageError) -> str:
    for kind, code in _STORAGE:
        if isinstance(trouble, kind):
            return speak.say(code)
    if isinstance(trouble, NotFound):
        return speak.say("error.not_found", {"text": str(trouble)})
    return speak.say("error.storage" if trouble.outcome_known else "error.unknown_outcome", {"text": str(trouble)})


def _exchange(speak: "Language", trouble: ExchangeError) -> str:
    """A file's refusal carries a code and values beside its English text."""
    code, values = getattr(trouble, "code", None), getattr(trouble, "values", ())
    if isinstance(code, str) and speak.catalogue.find(f"file.{code}"):
        return speak.say(f"file.{code}", values)
    return str(trouble)
