"""Catalogues: the sentence for every code, read from .po files when first asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from estatecrm.errors import InvalidRule
from estatecrm.messages.locales import normalise

Extra: TypeAlias = Mapping[str, str] | Path
"""A host's own sentences: by code, or the path of a .po file keyed by code."""

PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
"""``{name}``, or ``{name:word}`` where *word* says how the value is spoken."""


@frozen
class Catalogue:
    """The sentences of one language; *locale* is its name in CLDR."""

    locale: str
    sentences: Mapping[str, str]

    @classmethod
    def of(cls, called: str) -> "Catalogue":
        """The catalogue that comes with the library; InvalidFacts if there is none for the language."""
        return _built_in(normalise(called))

    def find(self, *codes: str) -> str | None:
        """The sentence of the first of *codes* that has one."""
        return next((self.sentences[code] for code in codes if code in self.sentences), None)

    def with_extra(self, extra: Sequence[Extra]) -> "Catalogue":
        """
        This catalogue with *extra* on top, the last one winning.

        Raises:
            InvalidRule: a sentence for a code of ours asks for a value that code does not have.
        """
        merged = dict(self.sentences)
        for more in extra:
            added = _read(more, self.locale) if isinstance(more, Path) else dict(more)
            faults = [fault for code in added for fault in _strangers(code, added[code], self.sentences)]
            if faults:
                raise InvalidRule("\n".join(["this catalogue cannot be used:", *faults]))
            merged.update(added)
        return Catalogue(self.locale, merged)


def placeholders(sentence: str) -> frozenset[str]:
    """The names of the values *sentence* is filled with."""
    return frozenset(name for name, _ in PLACEHOLDER.findall(sentence))


def _strangers(code: str, sentence: str, known: Mapping[str, str]) -> Iterator[str]:
    if code in known:
        for name in sorted(placeholders(sentence) - placeholders(known[code])):
            has = ", ".join(sorted(placeholders(known[code]))) or "none"
            yield f"- {code} asks for {{{name}}}; the values it may use are {has}"


@cache
def _built_in(locale: str) -> Catalogue:
    return Catalogue(locale, _read(files("estatecrm.messages") / "locale" / f"{locale}.po", locale))


def _read(source: Traversable, locale: str) -> dict[str, str]:
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=locale, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as trouble:
        raise InvalidRule(f"the catalogue {source.name} cannot be read: {trouble}") from trouble
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string and not entry.fuzzy}
