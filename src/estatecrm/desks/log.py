"""The desk where the access log is read."""

from attrs import frozen

from estatecrm.decisions import Decision
from estatecrm.desks.desk import Desk, admit
from estatecrm.model import Acting, Attempt, Errand


@frozen
class LogDesk(Desk):
    """Who tried what; readers are logged like everybody else."""

    def newest(self, acting: Acting, count: int = 50) -> Decision[tuple[Attempt, ...]]:
        """The last *count* attempts before this one, newest first."""
        with self.store.writing() as session:
            lines = tuple(session.log.newest(count))
            admitted = admit(self, session, acting, Errand.READ_LOG, f"{count}")
            return admitted.carrying(lines if admitted.granted else None)
