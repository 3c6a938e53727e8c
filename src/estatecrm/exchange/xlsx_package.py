"""A workbook's zip and XML, bounded before and while they are read."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Final
from xml.parsers import expat

from attrs import frozen

from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.limits import Limits
from estatecrm.exchange.sources import Source

PIECE: Final = 1 << 18
_TOKEN: Final = 1 << 20
DEPTH: Final = 32
_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_END_64_MARK: Final = b"PK\x06\x07"
_ROOT: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml(?P<declared>[^?>]*)\?>)?\s*"""
    rb"""(?P<root><(?P<tag>\w+)(?=[\s>])[^<>]*?\sxmlns=["'][^"'<>]*/main["'][^<>]*(?<!/)>)"""
)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Damaged(Exception):  # noqa: N818 - said of a file, like the errors of errors.py
    """The package contradicts itself; becomes a `FileRefused` where the file's name is known."""


@frozen
class Package:
    """The zip around a workbook, its members bounded in number, size and ratio."""

    source: Source
    limits: Limits

    @contextmanager
    def opened(self) -> Iterator[zipfile.ZipFile]:
        """
        The archive, measured.

        Raises:
            FileRefused: it is damaged, encrypted, or unpacks to more than the limits allow.
        """
        try:
            with self.source.open() as stream:
                self._measure_directory(stream)
                with zipfile.ZipFile(stream) as archive:
                    self._measure(archive)
                    yield archive
        except FileRefused:
            raise
        except _TROUBLE as trouble:
            why = str(trouble) if isinstance(trouble, Damaged) else type(trouble).__name__
            raise FileRefused.because(FileFault.BROKEN_WORKBOOK, file=self.source.name, why=why) from trouble

    def _measure_directory(self, stream: BinaryIO) -> None:
        """Bound the list of members before the zip module builds an object for each."""
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END.size - 0xFFFF))
        tail = stream.read()
        at = tail.rfind(_END_MARK)
        if at < 0 or len(tail) - at < _END.size:
            raise Damaged("its end is missing")
        if tail[max(0, at - 20) : at].startswith(_END_64_MARK):
            raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why="a zip of four gigabytes or more")
        *_, members, directory_bytes, _, _ = _END.unpack_from(tail, at)
        if members > self.limits.members or directory_bytes > self.limits.directory_bytes:
            raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why=f"{members:,} members")
        stream.seek(0)

    def _measure(self, archive: zipfile.ZipFile) -> None:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > self.limits.members:
            raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why=f"{len(members):,} members")
        if total > self.limits.unpacked_bytes:
            raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why=f"{total:,} bytes")
        for member in members:
            if member.flag_bits & 1:
                raise FileRefused.because(FileFault.PASSWORD, file=self.source.name)
            if member.compress_type not in _METHODS:
                raise Damaged("packed in a way no office program uses")
            packed = max(member.compress_size, 1)
            if member.file_size > self.limits.ratio_from_bytes and member.file_size > packed * self.limits.ratio:
                why = f"packed {member.file_size // packed}:1"
                raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why=why)

    def entities_refused(self) -> Callable[..., None]:
        """A doctype handler that refuses: office programs write none, and entities are how XML explodes."""

        def refuse(*_: object) -> None:
            raise FileRefused.because(FileFault.XML_ENTITIES, file=self.source.name)

        return refuse

    def parse(self, archive: zipfile.ZipFile, member: str, start: Start, end: End, text: Callable[[str], None]) -> None:
        """Walk the whole of *member*, one of the small parts."""
        if archive.getinfo(member).file_size > self.limits.part_bytes:
            raise FileRefused.because(FileFault.TOO_BIG, file=self.source.name, why=f"the part {member}")
        depth = 0

        def deeper(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH:
                raise Damaged("its tags are nested too deeply")
            start(name, attributes)

        def back(name: str) -> None:
            nonlocal depth
            depth -= 1
            end(name)

        parser = self.parser(deeper, back, text)
        with archive.open(member) as stream:
            for _ in feed(parser, pieces_of(stream)):
                pass

    def parser(self, start: Start, end: End, text: Callable[[str], None]) -> expat.XMLParserType:
        """An XML parser that knows no entities, for `feed`."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.entities_refused()
        parser.EntityDeclHandler = self.entities_refused()
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        return parser


_TROUBLE: Final = (
    Damaged,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
)
"""What the zip and XML modules raise over bytes that are not what they claim; nothing here runs a caller's code."""


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """*stream* in pieces small enough to hold."""
    return iter(lambda: stream.read(PIECE), b"")


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> Iterator[None]:
    """Parse *pieces* one by one; a single token is never longer than a mebibyte."""
    fed = 0
    for piece in pieces:
        fed += len(piece)
        parser.Parse(piece)
        if fed - parser.CurrentByteIndex > _TOKEN:
            raise Damaged("one of its tags never ends")
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - the parser takes it by position only
    yield


def root_tag(start: bytes, tag: bytes) -> bytes | None:
    """
    The opening tag *tag* at the *start* of a part, where it is UTF-8 without prefixes.

    None means that only the XML parser may read the part.
    """
    found = _ROOT.match(start)
    if found is None or found["tag"] != tag:
        return None
    declared = found["declared"] or b""
    return found["root"] if b"encoding" not in declared or b"utf-8" in declared.lower() else None
