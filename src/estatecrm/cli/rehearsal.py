"""A store in which everything happens and nothing stays: what a dry run works on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from estatecrm.storage import Session, Store


class _Undo(Exception):  # noqa: N818 - no error: it makes the session leave nothing
    """Leaves a writing session without a trace."""


@frozen
class Rehearsal:
    """*store*, whose writing sessions end as if they had failed."""

    store: "Store"

    def reading(self) -> "AbstractContextManager[Session]":
        """A session of the real store."""
        return self.store.reading()

    @contextmanager
    def writing(self) -> "Iterator[Session]":
        """A session that keeps nothing."""
        try:
            with self.store.writing() as session:
                yield session
                raise _Undo  # noqa: TRY301 - the session must see it, or it would keep everything
        except _Undo:
            return

    def close(self) -> None:
        """Close the real store."""
        self.store.close()
