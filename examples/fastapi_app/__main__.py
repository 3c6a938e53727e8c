"""Ask the application some questions, without a network."""

import asyncio
from datetime import date

from httpx import ASGITransport, AsyncClient

from estatecrm import Acting, Customer, FixedClock, Member, Office, Purpose, Role, open_office
from estatecrm.model import IntentGrade, Standing
from estatecrm.storage import Store, open_store
from fastapi_app.app import make_app
from fastapi_app.leads import Leads

TODAY = date(2025, 3, 5)


def set_up(store: Store) -> tuple[Office, str]:
    """An office over *store* with a consultant, somebody at the front desk and a customer, whose code comes along."""
    office = open_office(store, clock=FixedClock.on(TODAY))
    zhao = Acting("zhao", Purpose.INTAKE)
    office.staff.enrol(zhao, Member("zhao", "赵样", Role.INFO_SPECIALIST)).expect()
    office.staff.enrol(zhao, Member("gu", "顾样", Role.PROPERTY_CONSULTANT)).expect()
    office.staff.enrol(zhao, Member("zhou", "周样", Role.FRONT_DESK)).expect()
    newcomer = Customer(code="", project="LH", name="样本甲", consultant="gu", first_contact=date(2025, 3, 1))
    return office, office.customers.open_file(zhao, newcomer).expect().code


async def main(store: Store) -> None:
    """Ask, and print the answers."""
    office, code = set_up(store)
    leads = Leads()
    await leads.put("lead-1", Standing(grade=IntentGrade.A, last_contact=TODAY))
    transport = ASGITransport(make_app(office, leads))
    async with AsyncClient(transport=transport, base_url="http://testserver", headers={"X-Staff": "gu"}) as client:
        asked = [
            client.get("/leads/lead-1/duties"),
            client.get("/stage", params={"visited": True, "deposit_paid": True}),
            client.get("/calling-hour", params={"at": "2025-03-05T12:30:00+08:00"}),
            client.put(f"/customers/{code}/grade", json={"grade": "A"}),
        ]
        for response in await asyncio.gather(*asked):
            print(response.request.method, response.request.url.path, response.status_code)
            print(response.text)


if __name__ == "__main__":
    asyncio.run(main(open_store("memory://")))
