"""An office on a fixed Monday, over memory and over every database."""

import pendulum
import pytest

from estatecrm.clock import FixedClock
from estatecrm.desks import open_office
from estatecrm.model import Acting, Member, Purpose
from estatecrm.policy import Role
from servers import text_of

MONDAY = pendulum.datetime(2025, 3, 3, 10, tz="Asia/Shanghai")
SPECIALIST = Acting("zhao", Purpose.INTAKE)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
MANAGER = Acting("qian", Purpose.ADMINISTRATION)
STAFF = (
    Member("zhao", "赵样一", Role.INFO_SPECIALIST),
    Member("chen", "陈样二", Role.PROPERTY_CONSULTANT),
    Member("sun", "孙样三", Role.PROPERTY_CONSULTANT),
    Member("qian", "钱样四", Role.SALES_MANAGER),
    Member("kong", "孔样五", Role.SALES_CONTROL),
    Member("wu", "吴样六", Role.SERVICE_SPECIALIST),
    Member("zhou", "周样七", Role.FRONT_DESK),
)


@pytest.fixture(params=["memory", "sqlite", "postgresql", "mariadb"])
def url(request, tmp_path):
    if request.param == "memory":
        return "memory://"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    return text_of(request.getfixturevalue(request.param).database("office"))


@pytest.fixture
def store(url):
    from estatecrm.storage import open_store

    kept = open_store(url)
    yield kept
    kept.close()


@pytest.fixture
def at(store):
    """An office over the same storage, on a given day of 2025."""

    def on(month: int = 3, day: int = 3, hour: int = 10):
        return open_office(store, clock=FixedClock(pendulum.datetime(2025, month, day, hour, tz="Asia/Shanghai")))

    return on


@pytest.fixture
def office(at):
    office = at()
    assert office.staff.enrol(SPECIALIST, STAFF[0]).granted
    for member in STAFF[1:]:
        assert office.staff.enrol(SPECIALIST, member).granted
    return office
