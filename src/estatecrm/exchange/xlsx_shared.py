"""The texts that the cells of a workbook share."""

import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, islice
from typing import Final

from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.xlsx_package import DEPTH, Damaged, Package, feed, pieces_of, root_tag

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY: Final = re.compile(r"&([^;&<]{0,8};?)")
_ENTITIES: Final = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
_TEXT: Final = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_TEXT_END: Final = b"</si>"
_UNUSUAL: Final = re.compile(rb"[&\r]|_x")


def plain_text(text: str) -> str:
    """*text* with the ``_x000D_`` escapes of workbooks as the characters they mean."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def escaped_text(text: str) -> str:
    """
    *text* as it stands in XML without its tags: entities and line ends resolved, then as `plain_text`.

    Raises:
        Damaged: an entity that XML does not know by itself.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return plain_text(text)


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name in _ENTITIES:
        return _ENTITIES[name]
    if not name.startswith("#") or not name.endswith(";"):
        raise Damaged("an entity that no office program writes")
    code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    if code == 0 or 0xD800 <= code < 0xE000:
        raise Damaged("a character that XML does not allow")
    return chr(code)


class SharedTexts:
    """The texts cells share, in one buffer: a million short texts cost 30 MB instead of 100."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def at(self, place: str) -> str:
        """The text that a cell names by *place*, counted from 0."""
        index = int(place)
        try:
            text = self._buffer[self._ends[index] : self._ends[index + 1]]
        except IndexError:
            raise Damaged("a cell names a text that is not there") from None
        return text.decode("utf-8", "surrogatepass")

    def size(self) -> int:
        """Bytes held."""
        return len(self._buffer)

    def extend(self, texts: list[bytes]) -> None:
        """Add the next texts, each in UTF-8."""
        self._ends.extend(islice(accumulate(map(len, texts), initial=self._ends[-1]), 1, None))
        self._buffer += b"".join(texts)


class SharedReader:
    """Reads the shared texts by a pattern, four times as fast as the XML parser, which gets the unusual pieces."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.longest = package.limits.cell_characters
        self.texts = SharedTexts()

    def read(self, pieces: Iterator[bytes]) -> None:
        """
        Add the texts in *pieces*, without the phonetic readings that may accompany them.

        Raises:
            FileRefused: they are more than the limits allow, or hold entities.
            Damaged: one of them is longer than a cell can be.
        """
        start = next(pieces, b"")
        root = root_tag(start, b"sst")
        if root is None:
            self._parse(chain((start,), pieces))
            return
        rest = b""
        for piece in chain((start.partition(root)[2],), pieces):
            whole = rest + piece
            cut = whole.rfind(_TEXT_END) + len(_TEXT_END)
            if cut < len(_TEXT_END):
                if len(whole) > self._package.limits.part_bytes:
                    raise Damaged("one of its texts never ends")
                rest = whole
                continue
            rest = whole[cut:]
            self._add(root, whole[:cut])

    def _add(self, root: bytes, part: bytes) -> None:
        found: list[bytes] = _TEXT.findall(part)
        if len(found) != part.count(_TEXT_END):
            self._parse((root, part, b"</sst>"))
            return
        if _UNUSUAL.search(part):
            found = [escaped_text(text.decode()).encode("utf-8", "surrogatepass") for text in found]
        if max(map(len, found)) > self.longest * 4:
            raise Damaged("a cell holds more text than a cell can")
        self._keep(found)

    def _keep(self, texts: list[bytes]) -> None:
        self.texts.extend(texts)
        if self.texts.size() > self._package.limits.shared_bytes:
            name = self._package.source.name
            raise FileRefused.because(FileFault.TOO_BIG, file=name, why="too much text in its cells")

    def _parse(self, pieces: Iterable[bytes]) -> None:
        item = _SharedItem(self)
        parser = self._package.parser(item.start, item.end, item.text)
        for _ in feed(parser, pieces):
            pass

    def add(self, text: str) -> None:
        """Keep one text whose escapes are not resolved yet."""
        self._keep([plain_text(text).encode("utf-8", "surrogatepass")])


class _SharedItem:
    """Collects the runs of one shared text from XML events."""

    def __init__(self, reader: SharedReader) -> None:
        self._reader = reader
        self._pieces: list[str] = []
        self._depth = self._held = 0
        self._phonetic = self._collecting = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise Damaged("its tags are nested too deeply")
        if name.endswith(" t"):
            self._collecting = not self._phonetic
        elif name.endswith(" rPh"):
            self._phonetic = True

    def end(self, name: str) -> None:
        self._depth -= 1
        self._collecting = False
        if name.endswith(" si"):
            self._reader.add("".join(self._pieces))
            self._pieces.clear()
            self._held = 0
        elif name.endswith(" rPh"):
            self._phonetic = False

    def text(self, piece: str) -> None:
        if self._collecting:
            self._held += len(piece)
            if self._held > self._reader.longest:
                raise Damaged("a cell holds more text than a cell can")
            self._pieces.append(piece)


def read_shared(package: Package, archive: zipfile.ZipFile, member: str | None) -> SharedTexts:
    """The shared texts of the workbook, none where *member* is None; raises as `SharedReader.read`."""
    reader = SharedReader(package)
    if member is not None:
        with archive.open(member) as stream:
            reader.read(pieces_of(stream))
    return reader.texts
