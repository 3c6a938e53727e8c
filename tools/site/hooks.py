"""
What mkdocs asks while it builds: the parts of a page that are made from the code.

A page says where: ``<!-- from the code: rules -->``, or with an argument ``<!-- from the code: life-cycle NAME -->``.
A page whose name ends in ``.en.md`` gets English, every other one Chinese.
"""

import logging
import re
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from convention_page import conventions
from drawing import life_cycle, moves
from excerpts import example
from rule_pages import chapters, policy, rules
from time_picture import business_time

MADE: dict[str, Callable[[str, str], str]] = {
    "business-time": business_time,
    "chapters": chapters,
    "conventions": conventions,
    "example": example,
    "life-cycle": life_cycle,
    "moves": moves,
    "policy": policy,
    "rules": rules,
}
# The splitter of Chinese words tells how long it took to start; nobody asked.
logging.getLogger("jieba").setLevel(logging.WARNING)

_PLACE = re.compile(r"<!-- from the code: ([\w-]+) ?([\w.]*) -->")


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its places filled."""
    locale = "en" if page.file.src_uri.endswith(".en.md") else "zh"

    def made(place: re.Match[str]) -> str:
        if place[1] not in MADE:
            raise PluginError(f"{page.file.src_uri}: nothing called {place[1]} is made from the code")
        return MADE[place[1]](locale, place[2])

    return _PLACE.sub(made, markdown)
