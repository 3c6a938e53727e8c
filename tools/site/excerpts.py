"""Parts of the files in examples/, as the pages show them: what is shown is what the tests run."""

import ast
from pathlib import Path

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_NAMED = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def example(_: str, where: str) -> str:
    """The class or function that *where* names, such as ``fastapi_app.rules.duties``, as a block of code."""
    module, _, name = where.rpartition(".")
    text = _EXAMPLES.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    [node] = [node for node in ast.parse(text).body if isinstance(node, _NAMED) and node.name == name]
    first = min([node.lineno, *(part.lineno for part in node.decorator_list)])
    return "\n".join(["```python", *text.splitlines()[first - 1 : node.end_lineno], "```"])
