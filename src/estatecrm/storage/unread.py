"""A stored record that is read when somebody first asks for it: a list of thousands may show ten."""

from collections.abc import Callable
from typing import TypeVar

from estatecrm.storage.interfaces import Stored

R = TypeVar("R", covariant=True)


class Unread(Stored[R]):
    """
    A `Stored` that holds the text of its record until `record` is asked for.

    Raises:
        StorageError: on first access, if the text is damaged.
    """

    __slots__ = ("_read", "_text")

    _read: Callable[[str], R]
    _text: str

    def __getattr__(self, name: str) -> object:
        # Python asks here only while the slot is empty.
        if name != "record":
            raise AttributeError(name)
        record = self._read(self._text)
        object.__setattr__(self, "record", record)
        return record

    @classmethod
    def of(cls, text: str, version: int, read: Callable[[str], R]) -> "Unread[R]":
        """The record that *read* will make of *text*."""
        stored = cls.__new__(cls)
        _set(stored, "version", version)
        _set(stored, "_text", text)
        _set(stored, "_read", read)
        return stored


_set = object.__setattr__
