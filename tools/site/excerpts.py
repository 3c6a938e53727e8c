"""Parts of the files in examples/, as the pages show them: what is shown is what the tests run."""

import ast
from pathlib import Path

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def example(_: str, where: str) -> str:
    """The class or function that *where* names, such as ``own_users_table.UsersTable``, as a block of code."""
    module, _, name = where.partition(".")
    text = (_EXAMPLES / f"{module}.py").read_text(encoding="utf-8")
    [node] = [
        node for node in ast.parse(text).body if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name
    ]
    first = min([node.lineno, *(part.lineno for part in node.decorator_list)])
    return "\n".join(["```python", *text.splitlines()[first - 1 : node.end_lineno], "```"])
