"""
The look every rule class gets when it is defined.

A class that could miss its mark (a misspelt parameter, a question nobody asks, a final method replaced) is refused
here with all its faults at once and the near miss named.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from types import CodeType, FunctionType
from typing import cast

from estatecrm.errors import InvalidRule
from estatecrm.policy import Entry
from estatecrm.rules.parameters import Declared, Origin, Parameter, mistyped, unusable

_NEAR = 0.7


def examine(cls: type, *, shape: bool) -> None:
    """
    Register the parameters *cls* declares or overrides, and refuse the class if it cannot work.

    Raises:
        InvalidRule: every fault of the class in one text.
    """
    inherited = inherited_parameters(cls)
    own = dict(_own_parameters(cls, inherited))
    faults = list(_faults(cls, inherited, own, shape=shape))
    if faults:
        raise InvalidRule(f"{cls.__qualname__} cannot work:\n" + "\n".join(f"- {fault}" for fault in faults))
    for name, parameter in own.items():
        setattr(cls, name, parameter.value)
    setattr(cls, "own_parameters", tuple(own.values()))  # noqa: B010 - the class is known as a plain type here


def inherited_parameters(cls: type) -> dict[str, Parameter]:
    """The parameters of the bases of *cls*, by name."""
    found: dict[str, Parameter] = {}
    for base in reversed(cls.__mro__[1:]):
        for parameter in vars(base).get("own_parameters", ()):
            found[parameter.name] = parameter
    return found


def _own_parameters(cls: type, inherited: dict[str, Parameter]) -> Iterator[tuple[str, Parameter]]:
    # attrs rebuilds a slotted class: what the first look registered is then already in the body.
    known = {parameter.name: parameter for parameter in vars(cls).get("own_parameters", ())}
    for name, value in vars(cls).items():
        if isinstance(value, Declared):
            yield name, value.named(name)
        elif name in known:
            yield name, known[name]
        elif name in inherited:
            yield name, Parameter(name, value, Origin.HOST, cls.__qualname__)


def _faults(cls: type, inherited: dict[str, Parameter], own: dict[str, Parameter], *, shape: bool) -> Iterator[str]:
    if not shape and not isinstance(getattr(cls, "entry", None), Entry):
        yield "it names no rulebook entry: write entry = Entry.of(number, title, tier, source)"
    for name, value in vars(cls).items():
        if name.startswith("_") or name in {"entry", "also", "own_parameters"}:
            continue
        if name in own:
            yield from _parameter_faults(name, own[name], inherited)
        else:
            yield from _member_faults(cls, name, value, shape=shape)


def _parameter_faults(name: str, parameter: Parameter, inherited: dict[str, Parameter]) -> Iterator[str]:
    fault = unusable(parameter.value)
    if not fault and name in inherited:
        fault = mistyped(parameter.value, inherited[name].value)
    if fault:
        yield f"{name} {fault}"


def _member_faults(cls: type, name: str, value: object, *, shape: bool) -> Iterator[str]:
    if _is_attrs_field(value):
        return
    if _is_collaborator(cls, name):
        yield f"{name} is a collaborator: pass it in ({cls.__name__}({name}=…)), a class attribute would be ignored"
        return
    base = next((base for base in cls.__mro__[1:] if name in vars(base)), None)
    if base is None:
        yield from _stranger_faults(cls, name, value, shape=shape)
        return
    old = vars(base)[name]
    if getattr(old, "__final__", False) or getattr(getattr(old, "__func__", None), "__final__", False):
        yield f"{name} is final: override one of its questions instead ({', '.join(_questions(cls)) or 'it has none'})"
    elif callable(old) and not callable(value):
        yield f"{name} is a question of {base.__name__}: define a method"
    elif isinstance(old, FunctionType) and isinstance(value, FunctionType) and not _same_call(old, value):
        yield f"{name} takes other arguments than in {base.__name__}: write def {name}{_call(old)}"


def _stranger_faults(cls: type, name: str, value: object, *, shape: bool) -> Iterator[str]:
    known = [*_questions(cls), *inherited_parameters(cls)]
    near = get_close_matches(name, known, n=1, cutoff=_NEAR)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known) or 'none'}"
    method = callable(value) or isinstance(value, (classmethod, staticmethod, property))
    if not method:
        yield f"{name} is no parameter here; {hint} A new parameter is declared by doc(), law() or ours()"
    elif near or not (shape or "entry" in vars(cls)):
        yield f"{name} is no question of this rule; {hint} A method of your own starts with an underscore"


def _questions(cls: type) -> list[str]:
    found: dict[str, None] = {}
    for base in cls.__mro__[1:]:
        for name, value in vars(base).items():
            final = getattr(value, "__final__", False)
            if isinstance(value, FunctionType) and not name.startswith("_") and not final and base.__name__ != "Rule":
                found[name] = None
    return list(found)


def _is_attrs_field(value: object) -> bool:
    # What field() leaves in a class body until attrs decorates the class; slots leave a member descriptor.
    return type(value).__name__ in {"_CountingAttr", "member_descriptor"}


def _is_collaborator(cls: type, name: str) -> bool:
    return any(attribute.name == name for attribute in getattr(cls.__mro__[1], "__attrs_attrs__", ()))


def _same_call(old: Callable[..., object], new: Callable[..., object]) -> bool:
    return _arity(_code(old)) == _arity(_code(new))


def _arity(code: CodeType) -> tuple[int, int, tuple[str, ...]]:
    positional = code.co_argcount
    return (
        positional,
        code.co_kwonlyargcount,
        tuple(sorted(code.co_varnames[positional : positional + code.co_kwonlyargcount])),
    )


def _code(function: Callable[..., object]) -> CodeType:
    return cast("FunctionType", function).__code__


def _call(function: Callable[..., object]) -> str:
    code = _code(function)
    names = code.co_varnames[: code.co_argcount]
    mark = "/, " if code.co_posonlyargcount else ""
    keywords = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    parts = [*names, *([mark.strip(", ")] if mark else []), *(["*", *keywords] if keywords else [])]
    return f"({', '.join(parts)})"
