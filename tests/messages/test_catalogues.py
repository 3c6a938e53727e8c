"""Both catalogues say the same things, and say everything the code can answer."""

import ast
import enum
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import estatecrm
from estatecrm.exchange.columns import Match
from estatecrm.exchange.faults import FileFault, RowFault
from estatecrm.exchange.fields import Field
from estatecrm.messages.catalogues import Catalogue, placeholders
from estatecrm.model import CallbackChannel
from estatecrm.rules.base import Rule
from estatecrm.rules.callbacks import CompleteRecord
from estatecrm.rules.classes import PurchaseCourse
from estatecrm.rules.complaints.clock import CaseClock
from estatecrm.rules.complaints.closing import ComplaintFile, Sanctions
from estatecrm.rules.complaints.course import ComplaintCourse
from estatecrm.rules.complaints.intake import IntakeFields, OpenChannels
from estatecrm.rules.complaints.manner import FiveClears, NoConflictManner, Principles
from estatecrm.rules.complaints.registers import ComplaintRegister
from estatecrm.rules.duties import Cadence, Deadline
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.master_data import BasicIdentity
from estatecrm.rules.presets import PRESETS
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import ALARM, IMMEDIATE, PROMPT, IdentityFault
from messages import loyalty_codes as loyalty

SOURCES = Path(estatecrm.__file__).parent
ZH, EN = Catalogue.of("zh").sentences, Catalogue.of("en").sentences
REPORTS = ("statistics", "period", "tally")
VARIANTS = ("unmet", "none", "one", "word", "zero")
SPEAKING = {
    *("condition", "step", "say", "Condition", "Step", "Head"),
    *("_with", "_unit", "_limit", "_day", "_heading"),  # the catalogue's own, and headings of the command line
}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _first_texts(node: ast.Call) -> Iterator[str]:
    places = {"_day": 1, "_heading": 1}  # the day, or the setting, comes before the code
    place = places.get(_called(node), 0)
    for part in ast.walk(node.args[place]) if len(node.args) > place else ():
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _spoken_in_source() -> set[str]:
    """Every code that stands as a literal where something is said."""
    found = set()
    rooms = (path for path in SOURCES.rglob("*.py") if "testing" not in path.parts)  # kits have rules of their own
    for path in rooms:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if _called(node) in SPEAKING:
                found |= {text for text in _first_texts(node) if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", text)}
            elif _called(node) == "item":
                found |= {f"item.{text}" for text in _first_texts(node)}
            elif _called(node) == "InvalidText":
                found |= {f"text.{text}" for text in _first_texts(node) if text.isidentifier()}
    return found


def _enums() -> Iterator[type[enum.Enum]]:
    """Every closed list that a reason or a table may speak of."""
    homes = (
        "estatecrm.model.classes estatecrm.model.complaint_classes estatecrm.model.customers estatecrm.model.staff "
        "estatecrm.policy.roles estatecrm.policy.entries "
        "estatecrm.decisions estatecrm.desks.intake estatecrm.rules.parameters "
        "estatecrm.rules.complaints.clock estatecrm.rules.complaints.escalation estatecrm.calendars._conventions"
    )
    for home in (*homes.split(), *loyalty.HOMES):
        module = import_module(home)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, enum.Enum) and kind.__module__ == home:
                yield kind
    values = import_module("estatecrm.values")
    yield from (values.Gender, values.IdentityKind, values.Bound, values.Rounding)
    yield Match


def _rules() -> Iterator[Rule]:
    for ruleset in PRESETS:
        yield from (rule for _, rule in ruleset.rules())
    yield from (rule for _, rule in MARKET_CLUB.rules())


def _made_while_running() -> set[str]:
    """Codes that no literal shows, each with the reason."""
    rhythms = {rule.entry.id for rule in _rules() if isinstance(rule, Deadline | Cadence | CaseClock)}
    register = {column.code for column in DEVELOPER.reception.register.columns()} | {"wanted_unit", "status"}
    topics = {topic.value for line in CompleteRecord.topics for topic in line.topics}
    moves = {move.name for course in (PurchaseCourse, ComplaintCourse) for move in course.moves}
    register |= {*ComplaintRegister.shown, "reply", "result"}
    register |= {column.code for report in REPORTS for column in getattr(DEVELOPER.complaints, report).columns()}
    complaints = {
        *IntakeFields.required,
        *IntakeFields.also_required,
        "project",
        *(channel.value for channel in OpenChannels.channels),
        *(point.value for kept in (Principles, FiveClears) for point in kept.points),
        *(f"skill_{skill}" for skill in NoConflictManner.skills),
        *(f"paper_{paper}" for paper in ComplaintFile.papers),
        *(f"sanction_{part.value}" for part in Sanctions.parts),
    }
    units = {f"{kind}_{unit}" for kind in ("clock", "business") for unit in ("hours", "minutes", "seconds")}
    families = {
        "enum": {f"{kind.__name__}.{member.name}" for kind in _enums() for member in kind},
        "todo": rhythms,  # asked by the entry of a duty
        "why": rhythms,
        "item": {*BasicIdentity.required_basic, *CompleteRecord.required, *topics, *complaints, "cause", "suggestion"},
        "column": register,  # a host may show the two that form 6 leaves out
        "move": moves,  # {move:move} of life_cycles
        "channel_name": {channel.value for channel in CallbackChannel},  # a refused channel is only a text
        "file": {fault.value for fault in FileFault},
        "row": {fault.value for fault in RowFault},
        "field": {field.value for field in Field},
        "text": {fault.value for fault in IdentityFault},
        "word": {word.name for word in (ALARM, IMMEDIATE, PROMPT)},
        "limit": units,  # chosen by the size of the span
        "unit": set(),
        "value": {"yes", "no", "none"},
        "range": {"both", "least", "most"},
        "error": {"busy", "conflict", "newer_schema"},  # a table from exception to code
    }
    made = {f"{family}.{name}" for family, names in families.items() for name in names}
    return made | loyalty.made_while_running()


def _entries() -> set[str]:
    return {f"entry.{entry.id}" for rule in _rules() for entry in rule.entries()}


def _base(code: str, wanted: set[str]) -> str:
    while code not in wanted and code.rpartition(".")[2] in VARIANTS:
        code = code.rpartition(".")[0]
    return code


def test_both_languages_say_the_same_codes() -> None:
    # Chinese titles of entries stand at the rules themselves.
    plural_only = {code for code in EN if code.endswith(".one")} - set(ZH)
    assert set(ZH) == {code for code in EN if not code.startswith("entry.")} - plural_only


def test_both_languages_use_the_same_values() -> None:
    assert [code for code in ZH if placeholders(ZH[code]) != placeholders(EN[code])] == []


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_no_sentence_is_empty_unfinished_or_twice(locale: str) -> None:
    text = (SOURCES / "messages" / "locale" / f"{locale}.po").read_text(encoding="utf-8")
    codes = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert len(codes) == len(set(codes))
    assert set(codes) == set(Catalogue.of(locale).sentences)
    assert "fuzzy" not in text


def test_everything_the_code_can_answer_has_a_sentence() -> None:
    wanted = _spoken_in_source() | _made_while_running()
    assert sorted(wanted - set(ZH)) == []
    assert sorted(_entries() - set(EN)) == []


def test_no_sentence_is_there_for_nothing() -> None:
    wanted = _spoken_in_source() | _made_while_running() | _entries()
    assert sorted(code for code in {*ZH, *EN} if _base(code, wanted) not in wanted) == []


def test_the_source_is_read_for_codes_at_all() -> None:
    found = _spoken_in_source()
    assert {"follow.graded", "access.role", "quiet.moved", "dossier.non_buyer", "item.budget", "text.phone"} <= found


def test_lists_are_separated_as_the_language_does() -> None:
    assert (ZH["list.separator"], EN["list.separator"]) == ("、", ", ")
