"""Errands: they wait for a database, so each runs in a thread."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from estatecrm import Acting, Office, Purpose
from estatecrm.model import IntentGrade
from fastapi_app.rules import ENGLISH, Explained

router = APIRouter()


class Grade(BaseModel):
    """The grade somebody gives a customer."""

    grade: IntentGrade


def office_of(request: Request) -> Office:
    """The desks; threads may share them."""
    office: Office = request.app.state.office
    return office


def acting(x_staff: Annotated[str, Header()]) -> Acting:
    """Who asks: a real application takes it from its login."""
    return Acting(x_staff, Purpose.FOLLOW_UP)


Who = Annotated[Acting, Depends(acting)]
Desks = Annotated[Office, Depends(office_of)]


@router.put("/customers/{code}/grade")
async def grade(code: str, given: Grade, who: Who, office: Desks, response: Response) -> Explained:
    """Give a customer a grade; a refusal is 403 with what would allow it."""
    decision = await run_in_threadpool(office.customers.grade, who, code, given.grade)
    response.status_code = 200 if decision.granted else 403
    return Explained(answer=given.grade.value if decision.granted else None, why=ENGLISH.explain(decision))


@router.get("/today")
async def today(who: Who, office: Desks, response: Response) -> list[Explained]:
    """What who asks has to do by the end of the day, and why."""
    decision = await run_in_threadpool(office.callbacks.today, who)
    if decision.outcome is None:
        response.status_code = 403
        return [Explained(answer=None, why=ENGLISH.explain(decision))]
    return [Explained(answer=line.key, why=(ENGLISH.why(reason),)) for line, _, reason in decision.outcome]
