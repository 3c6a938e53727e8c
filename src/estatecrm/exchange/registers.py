"""Registers and reports as workbooks, in the reader's language."""

from datetime import date
from os import PathLike
from pathlib import Path

from estatecrm import decisions
from estatecrm.exchange.workbook import Page, Value, write_pages
from estatecrm.messages import Language


def write_table(path: str | PathLike[str], table: decisions.Table, say: Language) -> Path:
    """
    *table* as a workbook at *path*: a sheet for each page, headers and values in the language of *say*.

    What a customer typed stays text; dates are dates. Replaces a file of that name at once or not at all.

    Raises:
        MissingExtra: XlsxWriter is not installed.
        FileRefused: the file cannot be written.
    """
    headers = tuple(say.say(f"column.{column.code}") for column in table.columns)
    pages = [
        Page(
            page.title or say.say("page.nobody"),
            headers,
            [tuple(_cell(value, say) for value in row) for row in page.rows],
        )
        for page in table
    ]
    target = Path(path)
    write_pages(target, pages)
    return target


def _cell(value: decisions.Cell, say: Language) -> Value:
    if value is None or isinstance(value, str | int | date):
        return value
    return say.value(value)
