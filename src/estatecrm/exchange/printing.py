"""Registers and statements as a page to print from any browser: one file, nothing fetched, in the reader's language."""

from collections.abc import Iterator
from html import escape
from os import PathLike
from pathlib import Path
from typing import Final

from estatecrm import decisions
from estatecrm.errors import ExchangeError
from estatecrm.exchange.workbook import appearing
from estatecrm.messages import Language

_BEGINNING: Final = b"<!doctype html>"
_STYLE: Final = (
    "body{font:10.5pt/1.5 serif;margin:1.5cm}h1{font-size:13pt}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top}thead{display:table-header-group}"
    "tr{page-break-inside:avoid}section+section{page-break-before:always}footer{color:#555;font-size:9pt}"
)


def write_page(path: str | PathLike[str], table: decisions.Table, say: Language) -> Path:
    """
    *table* as a page to print at *path*: each page of it begins on a sheet of its own, under the clause it obeys.

    Whatever was typed is shown as text. Replaces an older page of that name at once or not at all.

    Raises:
        ExchangeError: the file at *path* is no page: a database or somebody's list is never written over.
    """
    target = Path(path)
    if target.is_file() and not target.read_bytes().lower().startswith(_BEGINNING):
        raise ExchangeError(f"{target.name} is no page to print, and is not written over: choose another name")
    with appearing(target) as beside:
        beside.write_text("".join(_document(table, say)), encoding="utf-8", errors="replace", newline="\n")
    return target


def _document(table: decisions.Table, say: Language) -> Iterator[str]:
    title = escape(say.entry(table.entry))
    yield f'<!doctype html>\n<html lang="{say.catalogue.locale.replace("_", "-")}">\n<meta charset="utf-8">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n"
    headers = "".join(f"<th>{escape(say.say(f'column.{column.code}'))}</th>" for column in table.columns)
    for page in table:
        heading = escape(page.title or say.say("page.nobody"))
        yield f"<section>\n<h1>{title} · {heading}</h1>\n<table>\n<thead><tr>{headers}</tr></thead>\n<tbody>\n"
        for row in page.rows:
            yield f"<tr>{''.join(f'<td>{_cell(value, say)}</td>' for value in row)}</tr>\n"
        yield "</tbody>\n</table>\n</section>\n"
    clause = say.say(
        "line.clause",
        {
            "entry": table.entry.id,
            "title": say.entry(table.entry),
            "source": table.entry.source,
            "edition": table.edition,
        },
    )
    yield f"<footer>{escape(clause)}</footer>\n</html>\n"


def _cell(value: decisions.Cell, say: Language) -> str:
    return "" if value is None or value == () else escape(say.value(value))
