"""The desk where staff are enrolled."""

from attrs import evolve, frozen

from estatecrm.decisions import Decision
from estatecrm.desks.desk import Desk, admit, log
from estatecrm.errors import InvalidFacts
from estatecrm.model import Acting, Errand, Member
from estatecrm.values import clean_text


@frozen
class StaffDesk(Desk):
    """Who works here, and in which role."""

    def enrol(self, acting: Acting, member: Member) -> Decision[Member]:
        """
        Put *member* on the staff list; who is on it already stays, with the name and role given now.

        The very first member of an empty list enrols themself.

        Raises:
            InvalidFacts: a member without id or name, or nobody would be left who may enrol.
        """
        if not clean_text(member.id) or not clean_text(member.name):
            raise InvalidFacts("a member of staff has an id and a name")
        with self.store.writing() as session:
            known = {stored.record.id: stored for stored in session.staff.all()}
            if not known and acting.by == member.id:
                founding = self.rules().access.errand.founding()
                log(self, session, acting, Errand.ENROL_STAFF, member.id, founding, member)
                return founding.carrying(session.staff.add(member).record)
            admitted = admit(self, session, acting, Errand.ENROL_STAFF, member.id)
            if admitted.refused:
                return admitted.carrying(None)
            after = {**{key: held.record for key, held in known.items()}, member.id: member}
            enrolling = self.rules().access.errand.may(Errand.ENROL_STAFF)
            if not any(each.active and each.role in enrolling for each in after.values()):
                raise InvalidFacts("nobody could enrol staff any more: enrol a successor first")
            stored = known.get(member.id)
            if stored is None:
                return admitted.carrying(session.staff.add(member).record)
            if stored.record != member:
                stored = session.staff.save(evolve(stored, record=member))
            return admitted.carrying(stored.record)

    def everybody(self, acting: Acting) -> Decision[tuple[Member, ...]]:
        """The whole staff list, by id."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_WORKLIST, "staff")
            members = tuple(stored.record for stored in session.staff.all())
            return admitted.carrying(members if admitted.granted else None)
