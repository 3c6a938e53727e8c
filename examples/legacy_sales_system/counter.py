"""The pretend sales system: what the program at the counter does, in its own SQL, knowing nothing of the library."""

import sqlite3
from contextlib import closing
from pathlib import Path

from legacy_sales_system.schema import THEIRS


def found_system(place: Path) -> None:
    """A new database, as the vendor delivered it."""
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(THEIRS)


def enter_clerk(place: Path, login: str, name: str, post: str) -> None:
    """Somebody starts work."""
    _run(place, "INSERT INTO 员工 (登录名, 姓名, 岗位) VALUES (?, ?, ?)", login, name, post)


def enter_customer(place: Path, name: str, mobile: str, consultant: str, day: str) -> int:
    """Somebody comes to the counter on *day*; answers the sales system's own number."""
    sql = "INSERT INTO 客户 (姓名, 手机, 置业顾问, 首次接触) VALUES (?, ?, ?, ?)"
    return _run(place, sql, name, mobile, consultant, day)


def change_mobile(place: Path, number: int, mobile: str) -> None:
    """The customer calls from another telephone."""
    _run(place, "UPDATE 客户 SET 手机 = ? WHERE 编号 = ?", mobile, number)


def read_customer(place: Path, number: int) -> tuple[str, str, str]:
    """Name, mobile number and consultant, as the counter shows them."""
    with closing(sqlite3.connect(place)) as connection:
        name, mobile, consultant = connection.execute(
            "SELECT 姓名, IFNULL(手机, ''), IFNULL(置业顾问, '') FROM 客户 WHERE 编号 = ?", (number,)
        ).fetchone()
    return name, mobile, consultant


def _run(place: Path, sql: str, *values: str | int) -> int:
    with closing(sqlite3.connect(place)) as connection, connection:
        return connection.execute(sql, values).lastrowid or 0
