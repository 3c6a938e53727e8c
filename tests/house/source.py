"""What the house tests look at: the files of the repository, and the modules of the source as syntax trees."""

import ast
import csv
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
_UNKEPT = {".git", ".venv", "dist", "site", "build", "__pycache__"}


@frozen
class Module:
    """One Python file: where it is, what it says, and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path as a person names it."""
        return self.path.relative_to(ROOT).as_posix()


@frozen
class Heading:
    """One entry as the rulebook has it."""

    id: str
    chapter: str
    tier: str
    title_zh: str
    title_en: str
    source: str


def kept_files() -> list[Path]:
    """Every file of the repository, the new ones included; of an unpacked archive, every file that is not made."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if not (ROOT / ".git").exists():
        return [path for path in ROOT.rglob("*") if path.is_file() and not _UNKEPT & set(path.parts)]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(path for name in listed if name and (path := ROOT / name).is_file())


def kept_texts() -> Iterator[tuple[str, str]]:
    """The name and content of every file that is text."""
    for path in kept_files():
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield path.relative_to(ROOT).as_posix(), raw.decode("utf-8", errors="replace")


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every Python module below *folders* of the repository."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    return tuple(Module(path, text, ast.parse(text, str(path))) for path, text in texts)


@cache
def rulebook() -> dict[str, Heading]:
    """The headings of the rulebook, by number."""
    with (ROOT / "tests" / "cases" / "rulebook.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: Heading(**row) for row in rows}
