"""Where a customer stands, as text; equal standings come back as one object, so that planning can share by identity."""

from functools import lru_cache

from estatecrm.model import DecisionStage, IntentGrade, PurchaseStatus, Standing
from estatecrm.storage.codec.forms import (
    Json,
    flag_in,
    list_in,
    maybe_day,
    maybe_day_in,
    read,
    text_in,
    written,
)

_KIND = "standings/1"


@lru_cache(maxsize=65_536)
def standings_text(standings: tuple[tuple[str, Standing], ...]) -> str:
    """The text of `Customer.standings`; customers who stand alike share it."""
    return written("the standing", [_KIND, [[unit, _form(standing)] for unit, standing in standings]])


@lru_cache(maxsize=65_536)
def standings_in(text: str) -> tuple[tuple[str, Standing], ...]:
    """
    The standings *text* writes, each unit with where the customer stands.

    Raises:
        StorageError: it writes none.
    """
    return read(text, _KIND, 1, lambda form: tuple(_placed(each) for each in list_in(form[0])))


@lru_cache(maxsize=65_536)
def the_one(standing: Standing) -> Standing:
    """The one object that stands for every standing equal to *standing*."""
    return standing


def _form(standing: Standing) -> Json:
    return [
        standing.status._value_,
        standing.stage._value_ if standing.stage else None,
        standing.grade._value_ if standing.grade else None,
        maybe_day(standing.graded_on),
        standing.wanted_unit,
        maybe_day(standing.status_since),
        maybe_day(standing.last_contact),
        maybe_day(standing.last_callback),
        maybe_day(standing.allocated_on),
        maybe_day(standing.dossier_on),
        standing.buyer,
        maybe_day(standing.serviced_on),
    ]


def _placed(form: Json) -> tuple[str, Standing]:
    unit, standing = list_in(form, 2)
    return text_in(unit), the_one(_standing(list_in(standing, 12)))


def _standing(form: list[Json]) -> Standing:
    status, stage, grade, graded_on, wanted, since, contact, callback, allocated, dossier, buyer, serviced = form
    return Standing(
        status=PurchaseStatus(status),
        stage=None if stage is None else DecisionStage(stage),
        grade=None if grade is None else IntentGrade(grade),
        graded_on=maybe_day_in(graded_on),
        wanted_unit=text_in(wanted),
        status_since=maybe_day_in(since),
        last_contact=maybe_day_in(contact),
        last_callback=maybe_day_in(callback),
        allocated_on=maybe_day_in(allocated),
        dossier_on=maybe_day_in(dossier),
        buyer=None if buyer is None else flag_in(buyer),
        serviced_on=maybe_day_in(serviced),
    )
