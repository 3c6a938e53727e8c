"""Questions that rules answer: pure, so the event loop may ask them itself."""

from datetime import datetime
from typing import Annotated

import pendulum
from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, BaseModel

from estatecrm import DEVELOPER
from estatecrm.decisions import Subject
from estatecrm.messages import language
from estatecrm.model import CallSlot, DecisionStage, StageFacts
from fastapi_app.leads import Leads

router = APIRouter()
ENGLISH = language("en")
"""Loaded here, because loading reads a file."""


class Explained(BaseModel):
    """An answer, and the sentences that say why."""

    answer: str | None
    why: tuple[str, ...]


def leads_of(request: Request) -> Leads:
    """The application's own storage."""
    leads: Leads = request.app.state.leads
    return leads


@router.get("/leads/{lead}/duties")
async def duties(lead: str, leads: Annotated[Leads, Depends(leads_of)]) -> list[Explained]:
    """What follows for *lead*: the facts are awaited, the rule is not."""
    standing = await leads.standing(lead)
    follow_up = DEVELOPER.reception.follow_up
    return [
        Explained(answer=duty.latest.isoformat(), why=ENGLISH.explain_duty(duty))
        for duty in follow_up.duties(standing, Subject(lead), DEVELOPER.counting)
    ]


@router.get("/stage")
async def stage(*, visited: bool = False, deposit_paid: bool = False, dispute_open: bool = False) -> Explained:
    """Which stage of decision these facts fall into (B-04)."""
    facts = StageFacts(visited=visited, deposit_paid=deposit_paid, dispute_open=dispute_open)
    decision = DEVELOPER.classes.stage.classify(facts)
    chosen: DecisionStage | None = decision.outcome
    return Explained(answer=chosen.value if chosen else None, why=ENGLISH.explain(decision))


@router.get("/calling-hour")
async def calling_hour(at: Annotated[AwareDatetime, Query()]) -> Explained:
    """When to call somebody whom one would like to call *at* (D-14)."""
    decision = DEVELOPER.callbacks.quiet.decide(CallSlot(in_shanghai(at)))
    return Explained(answer=decision.expect().isoformat(), why=ENGLISH.explain(decision))


def in_shanghai(at: datetime) -> pendulum.DateTime:
    """*at* on the office's clock."""
    return pendulum.instance(at).in_timezone("Asia/Shanghai")
