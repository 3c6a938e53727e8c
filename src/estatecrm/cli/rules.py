"""``estatecrm rules``: which rules apply, with every number and who chose it."""

import inspect
from types import FunctionType
from typing import TYPE_CHECKING

import click
from attrs import has

from estatecrm.cli.answers import Plain, plain, spoken_entry, write_json
from estatecrm.cli.setting import Setting, json_option, office_options
from estatecrm.values import TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estatecrm.messages import Language
    from estatecrm.rules.base import Rule
    from estatecrm.rules.parameters import Parameter


@click.command(name="rules")
@click.argument("wanted", metavar="[ID]", default="")
@json_option
@office_options
def command(setting: Setting, wanted: str) -> None:
    """列出规则；给出编号（如 D-01）则说明参数、由来和改法 (list the rules, or show one and how to change it)."""
    from estatecrm.rules.rulesets import DEVELOPER

    speak = setting.speak
    found = [(path, rule) for path, rule in DEVELOPER.rules() if not wanted or _is_meant(wanted, path, rule)]
    if not found:
        raise click.UsageError(speak.say("cli.no_rule", {"wanted": wanted}))
    if setting.json:
        rules: list[Plain] = [_content(speak, path, rule) for path, rule in found]
        write_json("rules", {"ruleset": DEVELOPER.name, "edition": DEVELOPER.edition, "rules": rules})
    elif wanted:
        click.echo("\n\n".join("\n".join(_card(speak, path, rule)) for path, rule in found))
    else:
        _list(setting, found)


def questions(kind: "type[Rule]") -> dict[str, str]:
    """The questions a subclass may answer differently, each with the default answer in words."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        for name, value in vars(base).items():
            own = isinstance(value, FunctionType) and not name.startswith("_")
            if own and base.__name__ != "Rule" and not getattr(value, "__final__", False):
                found[name] = (inspect.getdoc(value) or "").partition("\n")[0]
    return found


def example(kind: "type[Rule]") -> list[str]:
    """A subclass of *kind* in a few lines that run, and how it comes into force."""
    name, base = f"Acme{kind.__name__}", kind.__name__
    number = next((parameter.name for parameter in kind.parameters() if isinstance(parameter.value, TimeLimit)), None)
    if number is not None:
        imports = ["from estatecrm.values import NaturalDays"]
        body = [f"{number} = NaturalDays(5)"]
    else:
        imports = []
        question = next(iter(questions(kind)), "conditions")
        arguments = _without_types(inspect.signature(getattr(kind, question)))
        passed = ", ".join(name for name in arguments.parameters if name != "self")
        body = [f"def {question}{arguments}:", f"    return super().{question}({passed})"]
    return [
        "from estatecrm import DEVELOPER",
        f"from {kind.__module__} import {base}",
        *imports,
        "",
        f"class {name}({base}):",
        *(f"    {line}" for line in body),
        "",
        f"ACME = DEVELOPER.using({name}())",
    ]


def _without_types(signature: inspect.Signature) -> inspect.Signature:
    plain_parameters = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
    return inspect.Signature(plain_parameters)


def _is_meant(wanted: str, path: str, rule: "Rule") -> bool:
    names = {path.lower(), rule.name().lower(), *(entry.id.lower() for entry in rule.entries())}
    return wanted.strip().lower() in names


def _list(setting: Setting, found: "list[tuple[str, Rule]]") -> None:
    from estatecrm.cli.tables import Head, table

    speak = setting.speak
    heads = (Head("cli.column.path"), Head("cli.column.entry"), Head("cli.column.title"), Head("cli.column.class"))
    rows = [(path, rule.entry.id, speak.entry(rule.entry), rule.name()) for path, rule in found]
    setting.console.print(table(speak, heads, rows))


def _card(speak: "Language", path: str, rule: "Rule") -> "Iterator[str]":
    kind = type(rule)
    yield f"{rule.entry.id} {speak.entry(rule.entry)} · {rule.entry.source} · {path} · {rule.name()}"
    yield ""
    yield from (inspect.getdoc(kind) or "").splitlines()
    if kind.parameters():
        yield from ("", speak.say("cli.parameters"))
        yield from (f"  {line}" for parameter in kind.parameters() for line in _parameter(speak, parameter))
    yield from ("", speak.say("cli.questions"))
    yield from (f"  {name}: {answer}" for name, answer in questions(kind).items())
    yield from ("", speak.say("cli.example"))
    yield from (f"  {line}".rstrip() for line in example(kind))


def _parameter(speak: "Language", parameter: "Parameter") -> "Iterator[str]":
    """A parameter in one line; a table has a line for each of its records."""
    value = parameter.value
    records = value if isinstance(value, tuple) and value and has(type(value[0])) else ()
    said = {
        "name": parameter.name,
        "value": "" if records else value,
        "origin": parameter.origin,
        "ground": parameter.ground,
    }
    yield speak.say("cli.parameter_with_ground" if parameter.ground else "cli.parameter", said)
    yield from (f"  {speak.value(record)}" for record in records)


def _content(speak: "Language", path: str, rule: "Rule") -> dict[str, Plain]:
    parameters: list[Plain] = [
        {
            "name": parameter.name,
            "value": plain(parameter.value),
            "said": speak.value(parameter.value),
            "origin": parameter.origin.value,
            "ground": parameter.ground,
            "since": parameter.since.isoformat() if parameter.since else None,
        }
        for parameter in type(rule).parameters()
    ]
    return {
        "path": path,
        "rule": rule.name(),
        "entry": spoken_entry(speak, rule.entry),
        "also": [spoken_entry(speak, entry) for entry in rule.also],
        "parameters": parameters,
        "questions": dict(questions(type(rule))),
    }
