"""The command as a process: encodings, exit codes, start-up, what a person never sees."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from estatecrm.cli.entry import COMMANDS, Exit, code_of
from estatecrm.errors import Busy, ExchangeError, InvalidFacts, MissingExtra, NewerSchema, NotFound


def estatecrm(*words: str, encoding: str = "utf-8", **further: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESTATECRM_", "PYTHONIO"))}
    environment = {**kept, "PYTHONIOENCODING": encoding, **further}
    return subprocess.run(
        [sys.executable, "-m", "estatecrm", *words], capture_output=True, env=environment, check=False
    )


@pytest.fixture
def rare(stocked) -> str:
    """A database with a customer whose name GBK cannot write."""
    return stocked.db


def test_help_lists_every_command_without_loading_one() -> None:
    program = (
        "import sys; from estatecrm.cli.entry import run; run(['--help']); "
        "print([name for name in ('rich', 'babel', 'sqlalchemy', 'estatecrm.rules') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.decode()
    assert said.splitlines()[-1] == "[]"
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ") and "(" in line][-10:] == list(
        COMMANDS
    )


def test_a_gbk_console_shows_what_it_can(rare: str) -> None:
    said = estatecrm("today", "--as", "S01", "--on", "2025-03-20", "--db", rare, encoding="gbk")
    text = said.stdout.decode("gbk")
    assert said.returncode == 0
    assert text.splitlines()[0].rstrip() == "S01 2025年3月20日 待办2项"
    assert "李?" in text


def test_a_gbk_console_gets_marks_it_knows(rare: str) -> None:
    key = json.loads(estatecrm("today", "--as", "S01", "--on", "2025-03-20", "--db", rare, "--json").stdout)["lines"][0]
    said = estatecrm("explain", key["key"], "--as", "S01", "--db", rare, encoding="gbk")
    assert "√ 是意向客户" in said.stdout.decode("gbk").splitlines()


def test_json_carries_every_character_through_a_gbk_pipe(rare: str) -> None:
    said = estatecrm("today", "--as", "S01", "--on", "2025-03-20", "--db", rare, "--json", encoding="gbk")
    assert [line["name"] for line in json.loads(said.stdout)["lines"]] == ["王伟", "李𠮷"]


def test_an_error_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_text("no database at all, but a text that is long enough to look at" * 20)
    said = estatecrm("today", "--as", "S01", "--db", str(wrong))
    assert said.returncode == 3
    assert said.stderr.decode().startswith("数据库出错：")
    assert len(said.stderr.decode().splitlines()) == 1


def test_the_language_of_an_error_is_the_one_asked_for(tmp_path: Path) -> None:
    said = estatecrm("today", "--as", "S01", "--db", "ftp://x", ESTATECRM_LANG="en")
    assert said.stderr.decode().startswith("The database is in trouble: ")


def test_a_busy_database_is_exit_code_3(rare: str) -> None:
    import sqlite3

    holder = sqlite3.connect(rare, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        said = estatecrm("today", "--as", "S01", "--db", rare)
    finally:
        holder.close()
    assert (said.returncode, said.stderr.decode().strip()) == (3, "数据库正被别人占用，请稍后再试")


def test_wrong_usage_is_exit_code_2() -> None:
    assert estatecrm("today", "--nothing").returncode == 2
    assert estatecrm("nothing").returncode == 2


def test_without_its_packages_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError(\"No module named 'click'\", name='click')\n")
    said = estatecrm("today", PYTHONPATH=str(tmp_path))
    assert said.returncode == 2
    assert said.stderr.decode().strip() == (
        '缺少命令行组件 (the command line is not installed): pip install "estatecrm[cli]"'
    )


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (NotFound("x"), Exit.REFUSED),
        (InvalidFacts("x"), Exit.REFUSED),
        (ExchangeError("x"), Exit.REFUSED),
        (MissingExtra("rich", "cli"), Exit.USAGE),
        (Busy("x"), Exit.STORAGE),
        (NewerSchema("x"), Exit.STORAGE),
        (OSError("x"), Exit.STORAGE),
    ],
)
def test_the_exit_code_says_whose_mistake_it_is(trouble: Exception, code: Exit) -> None:
    assert code_of(trouble) is code
