"""Places on the server databases, shared by the tests of one run."""

from collections.abc import Iterator

import pytest

from servers import Places, places


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Places]:
    """The PostgreSQL server; without one the test is skipped, or fails under ``CI=true``."""
    with places("postgresql") as made:
        yield made


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Places]:
    """The MariaDB server; without one the test is skipped, or fails under ``CI=true``."""
    with places("mariadb") as made:
        yield made


@pytest.fixture
def postgresql(postgresql_server: Places) -> Iterator[Places]:
    """Empty places on PostgreSQL."""
    yield postgresql_server
    postgresql_server.empty()


@pytest.fixture
def mariadb(mariadb_server: Places) -> Iterator[Places]:
    """Empty places on MariaDB."""
    yield mariadb_server
    mariadb_server.empty()


@pytest.fixture(params=["postgresql", "mariadb"])
def on_server(request: pytest.FixtureRequest) -> Places:
    """Empty places on each server database."""
    return request.getfixturevalue(request.param)
