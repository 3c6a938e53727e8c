"""An office in a folder of its own, run by the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from estatecrm.cli.entry import cli

HEADER = "客户姓名,联系电话,意向等级,置业顾问,首次来访日期,最近跟进日期\n"
ROWS = (
    "王伟,15400000001,A,林晓燕,2025-03-01,2025-03-15\n"
    "李𠮷,15400000002,B,林晓燕,2025-03-02,2025-03-13\n"
    "张敏,1540000003,C,林晓燕,2025-03-03,2025-03-10\n"
    "赵静,15400000004,D,周志强,2025-03-04,2025-03-12\n"
)


class Terminal:
    """Runs commands in one folder, without anything the environment says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = str(folder / "office.db")

    def run(self, *words: str) -> Result:
        environment = dict.fromkeys(("ESTATECRM_DB", "ESTATECRM_STAFF", "ESTATECRM_LANG", "ESTATECRM_PROJECT"))
        return CliRunner().invoke(cli, list(words), env=environment)

    def at(self, *words: str) -> Result:
        """A command on the office's database."""
        return self.run(*words, "--db", self.db)

    def json(self, *words: str) -> dict:
        return json.loads(self.at(*words, "--json").stdout)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """An office with a specialist and one consultant."""
    assert terminal.at("staff", "add", "I01", "沈静怡", "客户信息管理专员").exit_code == 0
    assert terminal.at("staff", "add", "S01", "林晓燕", "property_consultant", "--as", "I01").exit_code == 0
    return terminal


@pytest.fixture
def customers(office: Terminal) -> Callable[..., Path]:
    """Writes a file of customers."""

    def written(name: str = "客户.csv", text: str = HEADER + ROWS) -> Path:
        path = office.folder / name
        path.write_text(text, encoding="utf-8-sig")
        return path

    return written


@pytest.fixture
def stocked(office: Terminal, customers: Callable[..., Path]) -> Terminal:
    """The office with its customers taken in."""
    assert office.at("import", str(customers()), "--as", "I01").exit_code == 1
    return office
