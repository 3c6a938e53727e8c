"""The application: its parts, and which of the library's errors becomes which status."""

from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from estatecrm import Office
from estatecrm.errors import Busy, Conflict, EstateCrmError, InvalidFacts, NotFound
from fastapi_app import errands, rules
from fastapi_app.leads import Leads
from fastapi_app.rules import ENGLISH

STATUSES: Final[dict[type[EstateCrmError], int]] = {InvalidFacts: 422, NotFound: 404, Conflict: 409, Busy: 503}
"""Whose mistake it was; a refusal is none of these, but an answer."""


def make_app(office: Office, leads: Leads) -> FastAPI:
    """The application over *office* and the application's own *leads*."""
    app = FastAPI()
    app.state.office, app.state.leads = office, leads
    app.include_router(rules.router)
    app.include_router(errands.router)
    app.add_exception_handler(EstateCrmError, answer_error)
    return app


async def answer_error(_: Request, error: Exception) -> JSONResponse:
    """One sentence on what is wrong and what helps."""
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)
    return JSONResponse({"detail": ENGLISH.error(error)}, status)
