"""Modules and functions stay small, and are named for what they are."""

import ast
import re
from pathlib import PurePosixPath

from house.source import ROOT, Module, modules

OURS = modules("src", "examples", "benchmarks", "tools")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FORBIDDEN_CLASS = re.compile(r"(Manager|Service|Handler|Processor|Helper|Engine|Impl)s?$")
_FORBIDDEN_MODULE = re.compile(r"_?(utils?|helpers?|common|misc|tools)")


def long_functions(module: Module) -> list[str]:
    """The functions of *module* that are over 40 lines."""
    functions = (node for node in ast.walk(module.tree) if isinstance(node, _FUNCTIONS))
    return [f"{node.name} at line {node.lineno}" for node in functions if _length(node) > 40]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def ill_named_classes(module: Module) -> list[str]:
    """The classes of *module* whose name says how, not what."""
    classes = (node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
    return [name for name in classes if _FORBIDDEN_CLASS.search(name)]


def ill_named(place: str) -> bool:
    """Whether a file or folder below the first one says how, not what."""
    return any(_FORBIDDEN_MODULE.fullmatch(part) for part in PurePosixPath(place).with_suffix("").parts[1:])


def module_of(text: str) -> Module:
    return Module(ROOT / "src" / "estatecrm" / "made_up.py", text, ast.parse(text))


def test_a_module_has_at_most_400_lines() -> None:
    assert [module.place for module in OURS if module.text.count("\n") > 400] == []


def test_a_function_has_at_most_40_lines() -> None:
    assert {module.place: found for module in OURS if (found := long_functions(module))} == {}


def test_a_class_is_named_for_what_it_is() -> None:
    assert {module.place: found for module in OURS if (found := ill_named_classes(module))} == {}


def test_a_module_is_named_for_what_it_is() -> None:
    assert [module.place for module in OURS if ill_named(module.place)] == []


def test_the_whole_package_is_looked_at() -> None:
    assert "src/estatecrm/errors.py" in {module.place for module in OURS}


def test_a_function_of_41_lines_is_found() -> None:
    assert long_functions(module_of("def f():\n" + "    pass\n" * 39)) == []
    assert long_functions(module_of("def f():\n" + "    pass\n" * 40)) == ["f at line 1"]


def test_an_ill_named_class_is_found() -> None:
    assert ill_named_classes(module_of("class CallbackService: ...\nclass ServiceCallback: ...")) == ["CallbackService"]


def test_an_ill_named_module_is_found() -> None:
    assert ill_named("src/estatecrm/helpers.py")
    assert ill_named("src/estatecrm/common/phones.py")
    assert not ill_named("src/estatecrm/values/_phone.py")
