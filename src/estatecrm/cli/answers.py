"""Answers as a program reads them, and refusals as a person does."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar

import click

from estatecrm.cli.entry import Exit
from estatecrm.cli.setting import Setting
from estatecrm.cli.streams import says_unicode

if TYPE_CHECKING:
    from estatecrm.decisions import Condition, Decision
    from estatecrm.messages import Language
    from estatecrm.policy import Entry

T = TypeVar("T")
Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"


def granted(setting: Setting, decision: "Decision[T]") -> T:
    """The outcome of *decision*; a refusal is explained, on standard output for a program, and ends the command."""
    if decision.outcome is None or decision.refused:
        refuse(setting, decision)
    return decision.outcome


def refuse(setting: Setting, decision: "Decision[T]") -> NoReturn:
    """Explain a refusal and end the command."""
    speak = setting.speak
    if setting.json:
        unmet = [spoken_condition(speak, condition) for condition in decision.unmet]
        write_json("refusal", {"granted": False, "entry": spoken_entry(speak, decision.entry), "unmet": [*unmet]})
    else:
        for line in speak.explain(decision):
            click.echo(line, err=True)
    click.get_current_context().exit(Exit.REFUSED)


def write_json(kind: str, content: Mapping[str, Plain]) -> None:
    """*content* on standard output under the name and version of its shape."""
    text = json.dumps({"schema": f"estatecrm.{kind}/1", **content}, ensure_ascii=not says_unicode(), indent=2)
    click.echo(text)


def utc(moment: datetime) -> str:
    """*moment* in UTC, to the second, as programs exchange it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spoken_entry(speak: "Language", entry: "Entry") -> dict[str, Plain]:
    """A rulebook entry: number, title in the reader's language, clauses."""
    return {"id": entry.id, "title": speak.entry(entry), "source": entry.source, "tier": entry.tier.value}


def spoken_condition(speak: "Language", condition: "Condition") -> dict[str, Plain]:
    """A condition: its code and values for a program, its sentence for a person."""
    return {
        "code": condition.code,
        "met": condition.met,
        "entry": condition.entry,
        "values": {name: plain(value) for name, value in condition.values},
        "sentence": speak.condition(condition),
    }


def plain(value: object) -> Plain:
    """*value* as JSON holds it: moments in UTC, labels as codes, quantities as they are written in Python."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return repr(value)
