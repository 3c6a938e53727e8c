"""What a module may reach for: no clock but ours, and nothing heavy before it is used."""

import ast
import subprocess
import sys

import pytest

from house.source import modules

HEAVY = (
    *("sqlalchemy", "alembic", "sqlite3", "psycopg", "pymysql"),
    *("babel", "openpyxl", "xlsxwriter", "python_calamine", "chinese_calendar", "pypinyin"),
    *("click", "rich", "pytest", "hypothesis"),
)
ROOMS = (
    *("calendars", "desks", "exchange", "messages", "model", "policy", "rules", "rules.rulesets"),
    *("storage", "values"),
)
_CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime", "time", "time_ns"}
_OWNERS = {"datetime", "date", "pendulum", "DateTime", "Date", "time", "func"}
_IMPORTED = {("pendulum", "now"), ("pendulum", "today"), ("time", "time"), ("time", "time_ns"), ("time", "localtime")}


def clock_readings(tree: ast.Module) -> list[int]:
    """The lines that ask the machine what time it is."""
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _asks_the_time(node.func)]
    lines += [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and _imports_a_clock(node)]
    return sorted(lines)


def _asks_the_time(called: ast.expr) -> bool:
    if not (isinstance(called, ast.Attribute) and called.attr in _CLOCKS):
        return False
    owner = called.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return name in _OWNERS


def _imports_a_clock(node: ast.ImportFrom) -> bool:
    return any((node.module, alias.name) in _IMPORTED for alias in node.names)


def test_only_the_clock_reads_the_clock() -> None:
    readers = {module.place for module in modules("src") if clock_readings(module.tree)}
    assert readers == {"src/estatecrm/clock.py"}


def test_no_database_is_asked_for_the_time() -> None:
    assert [module.place for module in modules("src") if "CURRENT_TIMESTAMP" in module.text.upper()] == []


@pytest.mark.parametrize(
    "text",
    [
        "import pendulum\npendulum.now()",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from time import time",
        "from sqlalchemy import func\nfunc.now()",
    ],
)
def test_a_reading_of_the_clock_is_found(text: str) -> None:
    assert clock_readings(ast.parse(text))


def test_asking_our_clock_is_no_reading() -> None:
    assert clock_readings(ast.parse("self.clock.now()\nclock.today()")) == []


@pytest.mark.parametrize("name", ["estatecrm", *(f"estatecrm.{room}" for room in ROOMS)])
def test_importing_loads_nothing_heavy(name: str) -> None:
    question = f"import sys, {name}; print(*sorted({set(HEAVY)} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.split() == []
