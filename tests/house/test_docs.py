"""What the documentation says of the code is so."""

import importlib
import inspect
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path

import pytest

from house.source import ROOT

DOCS = ROOT / "docs"
ROOMS = ("calendars", "decisions", "desks", "model", "policy", "rules.rulesets", "rules.base", "values")
CHINESE_AND_ENGLISH = ("glossary.md", "glossary.en.md")


def names_in(page: str) -> list[str]:
    """What the column of code names, such as ``Role.SALES_CONTROL``."""
    rows = [line for line in (DOCS / "reference" / page).read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    return [name for row in rows for name in re.findall(r"`([\w.]+)`", row.rstrip("| ").rpartition("|")[2])]


def known(name: str) -> bool:
    """Whether *name* is a room, a public name of a room, one of its members, or a move of a life cycle."""
    if name.startswith("estatecrm."):
        return importlib.import_module(name) is not None
    first, _, member = name.partition(".")
    found = [getattr(importlib.import_module(f"estatecrm.{room}"), first, None) for room in ROOMS]
    held = next((thing for thing in found if thing is not None), None)
    if held is None:
        return any(
            name == move.name for move in importlib.import_module("estatecrm.rules.classes").PurchaseCourse.moves
        )
    return not member or hasattr(held, member) or member in getattr(held, "__slots__", ())


def drawing(text: str) -> list[str]:
    """The lines of the drawing of the rooms."""
    start = text.index("cli\n")
    return [line.strip() for line in text[start:].splitlines()[:9]]


@pytest.mark.parametrize("page", CHINESE_AND_ENGLISH)
def test_the_glossary_names_what_there_is(page: str) -> None:
    assert [name for name in names_in(page) if not known(name)] == []
    assert len(names_in(page)) > 30


def test_a_name_that_is_not_there_is_found() -> None:
    assert not known("Role.JANITOR")
    assert not known("Landlord")


def test_both_glossaries_have_the_same_terms() -> None:
    chinese, english = (
        re.findall(r"(?m)^\| (\S+) \|", (DOCS / "reference" / page).read_text(encoding="utf-8"))
        for page in CHINESE_AND_ENGLISH
    )
    assert [term for term in chinese if term != "中文"] == [term for term in english if term != "Chinese"]


@pytest.mark.parametrize("page", ["architecture.md", "architecture.en.md"])
def test_the_drawing_of_the_rooms_is_the_one_enforced(page: str) -> None:
    enforced = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert drawing((DOCS / "explanation" / page).read_text(encoding="utf-8")) == drawing(enforced)
    assert len(drawing(enforced)) == 9


def test_every_page_is_there_in_both_languages() -> None:
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if "api" not in path.parts}
    chinese = {page for page in pages if not page.endswith(".en.md")}
    assert {page.removesuffix(".md") + ".en.md" for page in chinese} == pages - chinese


def test_every_origin_and_tier_has_a_word() -> None:
    words = (ROOT / "tools" / "site" / "words.py").read_text(encoding="utf-8")
    values = [kind.value for kind in (*_members("rules.parameters", "Origin"), *_members("policy", "Tier"))]
    assert [value for value in values if f'"{value}"' not in words] == []


def _members(room: str, name: str) -> list[Enum]:
    kind = getattr(importlib.import_module(f"estatecrm.{room}"), name)
    assert inspect.isclass(kind)
    return list(kind)


def test_the_examples_of_the_pages_are_run() -> None:
    """A fence of the wrong language would be passed over in silence: count what is collected."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "--quiet",
        "-p",
        "no:cacheprovider",
        "README.md",
        "docs",
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    examples = re.findall(r"(?m)^(.+)::line:\d+", answer.stdout)
    pages = {Path(page).name for page in examples}
    assert len(examples) >= 60
    assert {"subclass-a-rule.md", "over-your-tables.en.md", "run-the-kit.md", "time-and-calendars.en.md"} <= pages


def test_no_fence_is_passed_over() -> None:
    fences = {
        path.relative_to(ROOT).as_posix(): found
        for path in (*ROOT.glob("README*.md"), *DOCS.rglob("*.md"))
        if (found := set(re.findall(r"(?m)^```(pycon|py|python3|Python)\b", path.read_text(encoding="utf-8"))))
    }
    assert fences == {}
