"""The reference of rules and of policy entries, from the ruleset itself."""

import csv
from collections.abc import Iterator
from functools import cache
from inspect import getdoc
from itertools import groupby
from pathlib import Path
from types import FunctionType

from attrs import fields

from estatecrm.messages import Language, language
from estatecrm.policy import Entry
from estatecrm.rules.base import Rule
from estatecrm.rules.parameters import Parameter
from estatecrm.rules.rulesets import DEVELOPER
from words import word

_BOOK = Path(__file__).resolve().parents[2] / "tests" / "cases" / "rulebook.tsv"


def rules(locale: str, _: str) -> str:
    """Every rule of the default ruleset, family by family."""
    speak = language(locale)
    lines: list[str] = []
    for family, members in groupby(DEVELOPER.rules(), key=lambda found: found[0].partition(".")[0]):
        lines += [f"## {word(locale, family)}", ""]
        for path, rule in members:
            lines += [*_rule(locale, speak, path, rule), ""]
    return "\n".join(lines)


def policy(locale: str, _: str) -> str:
    """Every rulebook entry the default ruleset carries out, and by which rules."""
    head = _row(*(word(locale, key) for key in ("entry", "title", "tier", "clause", "by")))
    lines = [head, _row(*["---"] * 5)]
    book = list(_book())
    for number, entry in sorted(DEVELOPER.entries().items(), key=lambda found: book.index(found[0])):
        by = [f"[`{rule.name()}`](rules.md#{path})" for path, rule in DEVELOPER.rules() if _cites(rule, number)]
        place = f'<a id="{number}"></a>{number}'
        lines.append(_row(place, _title(locale, entry), word(locale, entry.tier.value), entry.source, " ".join(by)))
    return "\n".join(lines)


def chapters(locale: str, _: str) -> str:
    """How many entries of each chapter of the rulebook are carried out."""
    kept = [number[0] for number in DEVELOPER.entries()]
    lines = [_row(*(word(locale, key) for key in ("chapter", "title", "entries", "kept"))), "|---|---|--:|--:|"]
    book = _book()
    for letter, rows in groupby(book.values(), key=lambda row: row["id"][0]):
        listed = list(rows)
        title = word(locale, letter) if locale == "zh" else listed[0]["chapter"]
        lines.append(_row(letter, title, str(len(listed)), str(kept.count(letter))))
    lines.append(_row("", word(locale, "total"), str(len(book)), str(len(kept))))
    return "\n".join(lines)


def _rule(locale: str, speak: Language, path: str, rule: Rule) -> Iterator[str]:
    yield f"### {_title(locale, rule.entry)} `{rule.name()}` {{ #{path} }}"
    yield ""
    yield f"`ruleset.{path}` · {word(locale, 'shape')} `{_shape(type(rule))}`"
    yield ""
    yield _summary(type(rule))
    yield ""
    yield from (_citation(locale, entry) for entry in rule.entries())
    yield ""
    yield from _parameters(locale, speak, rule)
    yield from _collaborators(locale, rule)
    yield from _questions(locale, type(rule))


def _citation(locale: str, entry: Entry) -> str:
    link = f"[{entry.id}](policy.md#{entry.id})"
    return f"- {link} {_title(locale, entry)} · {word(locale, entry.tier.value)} · {entry.source}"


def _parameters(locale: str, speak: Language, rule: Rule) -> Iterator[str]:
    found = rule.parameters()
    if found:
        yield _row(*(word(locale, key) for key in ("parameter", "value", "origin", "ground")))
        yield _row(*["---"] * 4)
        for parameter in found:
            origin = word(locale, parameter.origin.value)
            yield _row(f"`{parameter.name}`", _value(speak, parameter), origin, _ground(locale, parameter))
        yield ""


def _ground(locale: str, parameter: Parameter) -> str:
    since = f" ({word(locale, 'since')} {parameter.since})" if parameter.since else ""
    return f"{parameter.ground}{since}"


def _value(speak: Language, parameter: Parameter) -> str:
    value = parameter.value
    if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
        return "<br>".join(speak.value(part) for part in value)
    return speak.value(value)


def _collaborators(locale: str, rule: Rule) -> Iterator[str]:
    passed = [f"`{part.name}`" for part in fields(type(rule)) if part.name != "edition"]
    if passed:
        yield f"{word(locale, 'passed in')}: {', '.join(passed)}"
        yield ""


def _questions(locale: str, kind: type[Rule]) -> Iterator[str]:
    asked = {name: _summary(getattr(kind, name)) for name in _question_names(kind)}
    if asked:
        yield f"{word(locale, 'questions')}:"
        yield ""
        yield from (f"- `{name}`: {summary}" for name, summary in asked.items())
        yield ""


def _question_names(kind: type[Rule]) -> Iterator[str]:
    seen = set()
    for base in kind.__mro__[:-1]:
        for name, member in vars(base).items():
            question = isinstance(member, FunctionType) and not name.startswith("_") and name not in seen
            if question and issubclass(base, Rule) and base is not Rule and not getattr(member, "__final__", False):
                seen.add(name)
                yield name


def _summary(documented: object) -> str:
    return (getdoc(documented) or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def _shape(kind: type[Rule]) -> str:
    below = [base for base in kind.__mro__ if issubclass(base, Rule)]
    return below[-2].__name__ if len(below) > 2 else Rule.__name__


def _title(locale: str, entry: Entry) -> str:
    return entry.title if locale == "zh" else _book()[entry.id]["title_en"]


def _cites(rule: Rule, number: str) -> bool:
    return any(entry.id == number for entry in rule.entries())


@cache
def _book() -> dict[str, dict[str, str]]:
    with _BOOK.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
