"""An asynchronous application: rules are asked on the event loop, errands wait in threads and hold nobody up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import get_ident

import pytest
from httpx import ASGITransport, AsyncClient, Response

from estatecrm import DEVELOPER, Office
from estatecrm.decisions import Subject
from estatecrm.messages import language
from estatecrm.model import Errand, IntentGrade, Standing
from estatecrm.rules.reception import IntentFollowUp
from estatecrm.storage import Store, open_store
from fastapi_app.__main__ import main, set_up
from fastapi_app.app import make_app
from fastapi_app.leads import Leads

TODAY = date(2025, 3, 5)
STANDING = Standing(grade=IntentGrade.A, last_contact=TODAY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path / 'office.db'}", patience=5)) as store:
        yield store


@pytest.fixture
def desks(store: Store) -> tuple[Office, str]:
    return set_up(store)


def asked(office: Office, questions: Callable[[AsyncClient], Awaitable[list[Response]]]) -> list[Response]:
    """The answers to *questions*, in this process."""

    async def ask() -> list[Response]:
        leads = Leads()
        await leads.put("lead-1", STANDING)
        transport = ASGITransport(make_app(office, leads))
        async with AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await questions(client)

    return asyncio.run(ask())


def answered(office: Office, method: str, path: str, staff: str = "gu", **more: object) -> Response:
    async def ask(client: AsyncClient) -> list[Response]:
        return [await client.request(method, path, headers={"X-Staff": staff}, **more)]  # type: ignore[arg-type]  # as given

    return asked(office, ask)[0]


def test_the_rule_answers_as_it_does_without_asynchronous_code(desks: tuple[Office, str]) -> None:
    (given,) = answered(desks[0], "GET", "/leads/lead-1/duties").json()
    (duty,) = DEVELOPER.reception.follow_up.duties(STANDING, Subject("lead-1"), DEVELOPER.counting)
    assert given == {"answer": "2025-03-09T00:00:00+08:00", "why": list(language("en").explain_duty(duty))}


def test_a_stage_is_classified_with_its_reason(desks: tuple[Office, str]) -> None:
    given = answered(desks[0], "GET", "/stage", params={"visited": True, "deposit_paid": True}).json()
    assert given["answer"] == "deposit"
    assert "✓ Deposit paid" in given["why"]


@pytest.mark.parametrize(
    ("wished", "allowed"),
    [
        ("2025-03-05T11:59:00+08:00", "2025-03-05T11:59:00+08:00"),
        ("2025-03-05T12:00:00+08:00", "2025-03-05T14:00:00+08:00"),
        ("2025-03-05T13:00:00Z", "2025-03-06T09:00:00+08:00"),
    ],
)
def test_the_hour_to_call_is_decided(wished: str, allowed: str, desks: tuple[Office, str]) -> None:
    assert answered(desks[0], "GET", "/calling-hour", params={"at": wished}).json()["answer"] == allowed


def test_a_moment_without_a_zone_is_refused_at_the_door(desks: tuple[Office, str]) -> None:
    assert answered(desks[0], "GET", "/calling-hour", params={"at": "2025-03-05T12:00:00"}).status_code == 422


def test_a_granted_errand_is_kept_and_shows_on_the_worklist(desks: tuple[Office, str], store: Store) -> None:
    office, code = desks
    assert answered(office, "PUT", f"/customers/{code}/grade", json={"grade": "A"}).status_code == 200
    with store.reading() as session:
        assert session.customers.get(code).record.grade is IntentGrade.A
    assert f"C-09/{code}/2025-03-01" in [line["answer"] for line in answered(office, "GET", "/today").json()]


def test_a_refusal_is_403_with_its_reason_and_a_line_in_the_log(desks: tuple[Office, str], store: Store) -> None:
    office, code = desks
    answer = answered(office, "PUT", f"/customers/{code}/grade", "zhou", json={"grade": "A"})
    assert (answer.status_code, answer.json()["answer"]) == (403, None)
    assert any(line.startswith("✗ Grading is open to: property consultant") for line in answer.json()["why"])
    with store.reading() as session:
        assert session.customers.get(code).record.grade is None
        (line,) = session.log.newest(1)
    assert (line.by, line.errand, line.granted) == ("zhou", Errand.GRADE, False)


def test_each_kind_of_mistake_has_its_status(desks: tuple[Office, str]) -> None:
    office, _ = desks
    assert answered(office, "GET", "/leads/nobody/duties").status_code == 404
    assert answered(office, "PUT", "/customers/nobody/grade", json={"grade": "A"}).status_code == 404
    assert answered(office, "PUT", "/customers/nobody/grade", json={"grade": "Z"}).status_code == 422


def test_while_an_errand_waits_for_the_database_others_are_answered(desks: tuple[Office, str], store: Store) -> None:
    office, code = desks

    async def ask(client: AsyncClient) -> list[Response]:
        headers = {"X-Staff": "gu"}
        with store.writing():  # holds the database, so that the errand has to wait for us
            waiting = asyncio.create_task(client.put(f"/customers/{code}/grade", headers=headers, json={"grade": "A"}))
            at_once = [await client.get("/stage") for _ in range(20)]
            assert not waiting.done()
        return [*at_once, await waiting]

    assert [answer.status_code for answer in asked(office, ask)] == [200] * 21


def test_errands_run_in_other_threads_and_rules_in_the_loops_own(
    desks: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, code = desks
    threads: list[int] = []
    plan = IntentFollowUp.plan

    def noted(self: IntentFollowUp, *facts: object) -> object:
        threads.append(get_ident())
        return plan(self, *facts)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(IntentFollowUp, "plan", noted)
    answered(office, "GET", "/leads/lead-1/duties")
    assert set(threads) == {get_ident()}
    threads.clear()
    answered(office, "PUT", f"/customers/{code}/grade", json={"grade": "A"})
    assert threads
    assert get_ident() not in threads


def test_many_errands_at_once_lose_nothing(desks: tuple[Office, str], store: Store) -> None:
    office, code = desks

    async def ask(client: AsyncClient) -> list[Response]:
        headers = {"X-Staff": "gu"}
        return await asyncio.gather(
            *[client.put(f"/customers/{code}/grade", headers=headers, json={"grade": "A"}) for _ in range(8)]
        )

    assert [answer.status_code for answer in asked(office, ask)] == [200] * 8
    with store.reading() as session:
        assert [line.errand for line in session.log.newest(9)].count(Errand.GRADE) == 8
        assert session.customers.get(code).record.grades[0].grade is IntentGrade.A


def test_the_example_runs(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(main(store))
    shown = [line for line in capsys.readouterr().out.splitlines() if line[:4] in {"GET ", "PUT "}]
    assert shown == [
        "GET /leads/lead-1/duties 200",
        "GET /stage 200",
        "GET /calling-hour 200",
        "PUT /customers/LH2025030001/grade 200",
    ]
