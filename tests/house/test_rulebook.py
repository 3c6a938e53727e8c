"""What the source cites is what the rulebook says, and no cited entry goes untested."""

import ast
import re

import pytest
from attrs import frozen

from house.source import ROOT, modules, rulebook

_ID = re.compile(r"\b[A-R]-\d\d\b")


@frozen
class Citation:
    """One `Entry.of(…)` in the source."""

    where: str
    id: str
    title: str
    tier: str
    source: str


def citations(place: str, tree: ast.Module) -> list[Citation]:
    """Every entry cited in a module, as it is written there."""
    return [
        Citation(f"{place}:{node.lineno}", *map(_word, node.args))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "of"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "Entry"
    ]


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name | ast.Attribute):
        return (node.id if isinstance(node, ast.Name) else node.attr).lower()
    return str(ast.literal_eval(node))


def faults(citation: Citation) -> list[str]:
    """How a citation differs from the rulebook."""
    heading = rulebook().get(citation.id)
    if heading is None:
        return [f"{citation.id} is not in the rulebook"]
    found = []
    if heading.title_zh and citation.title != heading.title_zh:
        found.append(f"{citation.id} is called {heading.title_zh}, not {citation.title}")
    if citation.tier != heading.tier:
        found.append(f"{citation.id} is {heading.tier}, not {citation.tier}")
    found += [
        f"{citation.id} rests on {heading.source}, not {clause}" for clause in strangers(citation, heading.source)
    ]
    return found


def strangers(citation: Citation, source: str) -> list[str]:
    """The clauses of *citation* that the rulebook's *source* does not name: neither the document nor the last place."""
    parts = [part.split() for part in citation.source.split(";")]
    return [" ".join(part) for part in parts if not _named(part, source)]


def _named(part: list[str], source: str) -> bool:
    document, place = part[0], part[-1]
    spanned = "000–004" in source or source.startswith("all")
    return spanned or (document in source and place in source)


# The kits cite entries of their own, as a host does.
JUDGING = [module for module in modules("src") if not module.place.startswith("src/estatecrm/testing/")]
CITATIONS = [found for module in JUDGING for found in citations(module.place, module.tree)]


def _tested() -> set[str]:
    files = [path for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".tsv", ".csv", ".json", ".md"}]
    texts = (path.read_text(encoding="utf-8") for path in files if path.name != "rulebook.tsv")
    return {found for text in texts for found in _ID.findall(text)}


def test_a_citation_says_what_the_rulebook_says() -> None:
    assert {citation.where: found for citation in CITATIONS if (found := faults(citation))} == {}


def test_an_entry_reads_the_same_wherever_it_is_cited() -> None:
    titles = {(citation.id, citation.title, citation.tier) for citation in CITATIONS}
    assert len(titles) == len({citation.id for citation in CITATIONS})


def test_every_cited_entry_is_named_in_a_test() -> None:
    assert sorted({citation.id for citation in CITATIONS} - _tested()) == []


def test_the_copy_of_the_rulebook_is_whole() -> None:
    assert len(rulebook()) == 454
    assert rulebook()["B-01"].title_zh == "购房状态"


@pytest.mark.parametrize(
    ("title", "tier", "source", "expected"),
    [
        ("购房状态", "core", "000 §2.2; 000 §3", []),
        ("状态", "core", "000 §2.2", ["B-01 is called 购房状态, not 状态"]),
        ("购房状态", "std", "000 §2.2", ["B-01 is core, not std"]),
    ],
)
def test_a_wrong_citation_is_found(title: str, tier: str, source: str, expected: list[str]) -> None:
    assert faults(Citation("here", "B-01", title, tier, source)) == expected


def test_a_citation_of_another_clause_is_found() -> None:
    assert strangers(Citation("here", "B-01", "购房状态", "core", "000 §2.2; 003 P1 a4"), "000 §2.2, §3") == [
        "003 P1 a4"
    ]


def test_a_citation_in_the_source_is_read() -> None:
    tree = ast.parse('entry = Entry.of("B-01", "购房状态", CORE, "000 §2.2")')
    assert citations("here.py", tree) == [Citation("here.py:1", "B-01", "购房状态", "core", "000 §2.2")]
