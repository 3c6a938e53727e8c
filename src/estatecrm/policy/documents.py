"""The five policy documents and the places in them that a rule obeys."""

import re
from enum import Enum
from typing import Self

from attrs import frozen

from estatecrm.errors import InvalidRule


class Document(Enum):
    """A written source, known by number only."""

    DEVELOPER = "000"
    SALES_COURSE = "001"
    DEPARTMENT = "002"
    COLLECTED = "003"
    ARTICLES = "004"


_CLAUSE = re.compile(r"(00[0-4])(?: (\S.*))?")


@frozen
class Clause:
    """A place in a document: ``000 §5.3``; no place means the whole document."""

    document: Document
    place: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read one clause.

        Raises:
            InvalidRule: the document is none of 000 to 004.
        """
        match = _CLAUSE.fullmatch(text.strip())
        if match is None:
            raise InvalidRule(f"{text!r} is no clause: write a document number and a place, such as '000 §5.3'")
        return cls(Document(match[1]), match[2] or "")

    def __str__(self) -> str:
        return f"{self.document.value} {self.place}".rstrip()
