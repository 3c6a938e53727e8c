"""
Copy the headings of the rulebook into tests/cases/rulebook.tsv.

    python tools/rulebook.py ../shared/RULEBOOK.md

The rulebook itself is not part of the repository; the house tests compare every entry cited in the source with this
copy, and the documentation takes its English titles from it. Run it again whenever the rulebook changes.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "rulebook.tsv"
COLUMNS = ("id", "chapter", "tier", "title_zh", "title_en", "source")

_CHAPTER = re.compile(r"## ([A-R])\. (.+)")
_HEADING = re.compile(r"### ([A-R]-\d\d) · (.+) · (core|std|soft)")
_TITLE = re.compile(r"(?P<en>.+?) \((?P<zh>.*[\u4e00-\u9fff].*)\)")
_SOURCE = re.compile(r"- \*\*Source:\*\* (.+?)\.?")


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """One row for each entry, in the order of the book; an entry without a Chinese title has an empty one."""
    chapter, head = "", None
    for line in text.splitlines():
        if found := _CHAPTER.fullmatch(line):
            chapter = found[2]
        elif found := _HEADING.fullmatch(line):
            head = found
        elif head and (found := _SOURCE.fullmatch(line)):
            title = _TITLE.fullmatch(head[2])
            chinese, english = (title["zh"], title["en"]) if title else ("", head[2])
            yield head[1], chapter, head[3], chinese, english, found[1]
            head = None


def main(book: str) -> None:
    """Write the table and say how long it is."""
    found = list(rows(Path(book).read_text(encoding="utf-8")))
    lines = ("\t".join(row) for row in (COLUMNS, *found))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TABLE.name}: {len(found)} entries\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit((__doc__ or "").strip())
    main(sys.argv[1])
