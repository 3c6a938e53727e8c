"""Where bytes come from: a path or an open binary stream, opened anew for every pass."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, TypeAlias

from attrs import field, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.exchange.faults import FileFault, FileRefused

Readable: TypeAlias = str | PathLike[str] | BinaryIO
"""A path, or a seekable stream of bytes that the caller closes."""


@frozen
class Source:
    """Bytes that can be read from their beginning as often as wanted; *name* is what messages call them."""

    name: str
    _path: Path | None = None
    _stream: BinaryIO | None = field(default=None, repr=False)

    @classmethod
    def of(cls, readable: Readable) -> "Source":
        """
        The bytes of *readable*.

        Raises:
            InvalidFacts: a stream of text, or one that cannot go back to its beginning.
        """
        if isinstance(readable, (str, PathLike)):
            path = Path(fspath(readable))
            return cls(path.name, path)
        if not readable.seekable() or not isinstance(readable.read(0), bytes):
            raise InvalidFacts("a file is read from a path or a seekable stream of bytes: open it with 'rb'")
        name = getattr(readable, "name", None)
        return cls(Path(name).name if isinstance(name, str) else "the file", None, readable)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """
        The bytes from their beginning; a path is closed afterwards, a lent stream stays open.

        Raises:
            FileRefused: the path cannot be opened.
        """
        if self._path is None:
            assert self._stream is not None
            self._stream.seek(0)
            yield self._stream
            return
        try:
            stream = self._path.open("rb")
        except OSError as trouble:
            why = trouble.strerror or type(trouble).__name__
            raise FileRefused.because(FileFault.MISSING, file=self.name, why=why) from trouble
        with stream:
            yield stream

    def size(self) -> int:
        """How many bytes there are."""
        with self.open() as stream:
            return stream.seek(0, io.SEEK_END)
