"""``estatecrm demo``: the whole day, and the same day again."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from estatecrm.cli.entry import cli


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo"


@pytest.fixture(scope="module")
def first(folder: Path) -> list[str]:
    said = CliRunner().invoke(cli, ["demo", "--dir", str(folder)])
    assert said.exit_code == 0, said.output
    return [line.rstrip() for line in said.stdout.splitlines()]


def test_three_files_of_300_rows_are_taken_in(first: list[str]) -> None:
    counted = [line for line in first if "：共300行，" in line]
    assert [line.partition("：")[0] for line in counted] == ["visits.csv", "calls.csv", "register.xlsx"]


def test_the_counts_add_up_to_the_file(first: list[str]) -> None:
    for line in (line for line in first if "：共300行，" in line):
        assert sum(int(part.split()[1]) for part in line.partition("行，")[2].split("、")) == 300


def test_every_consultant_has_a_list_with_reasons(first: list[str]) -> None:
    titles = [line for line in first if " 2026年11月20日 待办" in line]
    assert [title.split()[1] for title in titles] == ["林晓燕", "周志强", "欧阳倩", "马建国", "何雨桐"]


def test_one_line_is_explained_down_to_the_clause(first: list[str]) -> None:
    assert any(line.startswith("待办：") for line in first)
    assert any(line.startswith("依据：") and line.endswith("（developer 2026.1版）") for line in first)


def test_it_leaves_database_register_and_rejected_rows(first: list[str], folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "estatecrm.db", "intent-register.xlsx",
        "visits.csv", "visits.csv.rejected.xlsx",
        "calls.csv", "calls.csv.rejected.xlsx",
        "register.xlsx", "register.xlsx.rejected.xlsx",
    }  # fmt: skip


def test_running_it_again_changes_nothing_and_says_so(first: list[str], folder: Path) -> None:
    def digests() -> dict[str, str]:
        # The database grows by the lines of the access log.
        files = (path for path in folder.iterdir() if path.suffix != ".db")
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    again = CliRunner().invoke(cli, ["demo", "--dir", str(folder), "--lang", "en"])
    lines = [line.rstrip() for line in again.stdout.splitlines()]
    assert again.exit_code == 0
    assert "Nothing has changed since the last run: no new customer, no new duty" in lines
    assert [line for line in lines if line.startswith("visits.csv:")] == [
        "visits.csv: 300 rows, created 0, updated 0, unchanged 280, possible duplicate 0, rejected 20"
    ]
    assert digests() == before


def test_the_commands_it_names_work(first: list[str]) -> None:
    called = [line.partition("estatecrm ")[2] for line in first if line.startswith("  ") and "estatecrm " in line]
    named = [words.split() for words in called if '"' not in words]
    assert len(named) == 3
    for words in named:
        assert CliRunner().invoke(cli, words).exit_code == 0, words
