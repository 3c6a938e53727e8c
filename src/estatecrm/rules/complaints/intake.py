"""How complaints come in: channels, fields, takers, the look into the system (F-01, F-03, F-05, F-40, F-48, F-52)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import Complaint, ComplaintChannel, ComplaintSource, Intake, Submission
from estatecrm.model.complaint_events import Adopted, Told
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Grant
from estatecrm.values import NaturalDays


@frozen
class ChannelCheck:
    """When a channel was last tried, and found working."""

    channel: ComplaintChannel
    on: date


@frozen
class ChannelChecks:
    """The latest checks of the listed channels, as they stand on a day."""

    on: date
    checks: tuple[ChannelCheck, ...] = ()


@frozen(slots=False)
class OpenChannels(Checklist[ChannelChecks]):
    """
    Dedicated channels exist and stay open; each shows a working check that is not too old.

    Source: 000 §4.4; 003 P2 §2.5.
    """

    entry = Entry.of("F-01", "投诉渠道", CORE, "000 §4.4; 003 P2 §2.5")

    channels: ClassVar[tuple[ComplaintChannel, ...]] = doc(tuple(ComplaintChannel))
    check_within: ClassVar[NaturalDays] = ours(NaturalDays(30), "a dead mailbox must be noticed within a month")

    def items(self, facts: ChannelChecks, /) -> Iterator[Item]:
        """One item a channel: proven or not."""
        for channel in self.channels:
            yield self.item(channel.value, channel if self.proven(channel, facts) else None)

    def proven(self, channel: ComplaintChannel, facts: ChannelChecks, /) -> bool:
        """Whether *channel* was found working recently enough: within *check_within*."""
        earliest = facts.on - timedelta(days=self.check_within.days)
        return any(check.channel is channel and check.on >= earliest for check in facts.checks)


@frozen(slots=False)
class IntakeFields(Checklist[Intake]):
    """
    What is taken down of every complaint; what is missing is flagged and stops nothing.

    Source: 000 §4.4; 002 P2 §3 step 1; 003 P3 2.3, 2.4.
    """

    entry = Entry.of("F-03", "投诉记录要素", CORE, "000 §4.4; 002 P2 §3; 003 P3 2.3")

    required: ClassVar[tuple[str, ...]] = doc(("name", "phone", "unit", "received_at", "content"))
    also_required: ClassVar[tuple[str, ...]] = ours(
        ("channel", "taken_by"), "the register must show by which way and by whom"
    )

    def items(self, facts: Intake, /) -> Iterator[Item]:
        """The required fields, in order."""
        for code in (*self.required, *self.also_required):
            yield self.item(code, self.field_of(facts, code))

    def field_of(self, intake: Intake, code: str, /) -> object:
        """What was taken down in a field."""
        held: dict[str, object] = {
            "name": intake.name,
            "phone": intake.phone,
            "unit": intake.unit,
            "received_at": intake.received_at,
            "content": intake.content,
            "channel": intake.channel,
            "taken_by": intake.taken_by,
            "project": intake.project,
        }
        return held[code]


@frozen
class Lookup:
    """What the system knows of the complainant: the phones on file for the unit, masked or not as the host has them."""

    intake: Intake
    phones: tuple[str, ...] = ()
    unit_known: bool = False


@frozen(slots=False)
class Verification(Grant[Lookup, bool]):
    """
    The receiver looks the complainant up at once; a mismatch is noted and never stops acceptance.

    Source: 003 P3 2.3.
    """

    entry = Entry.of("F-05", "查询信息属实", STD, "003 P3 2.3")

    def conditions(self, facts: Lookup, /) -> Iterator[Condition]:
        """The unit is known, and the phone is on file for it."""
        yield self.condition("verify.unit", facts.unit_known, unit=facts.intake.unit)
        yield self.condition("verify.phone", facts.intake.phone in facts.phones)

    def working(self, facts: Lookup, /) -> Iterator[Step[bool]]:
        """The data agrees."""
        yield self.step("verify.agrees", True)


@frozen
class Taking:
    """Somebody in *role* takes a complaint down that came by *channel*."""

    role: Role
    channel: ComplaintChannel
    source: ComplaintSource | None = None


@frozen
class TakerChannels:
    """A role that may take complaints down, and the channels it may do so by."""

    role: Role
    channels: tuple[ComplaintChannel, ...]


_ANY = tuple(ComplaintChannel)
_SPOKEN = (ComplaintChannel.PHONE, ComplaintChannel.HOTLINE, ComplaintChannel.CALL_CENTRE, ComplaintChannel.CALLBACK)


@frozen(slots=False)
class ComplaintTakers(Grant[Taking, Role]):
    """
    Complaints come from five sources, and each role takes them down by its own channels.

    Source: 003 P3 2.1; 003 P4 7.1; 003 P7 a.4; 004 A4 §3.09, 4.01, 4.07.
    """

    entry = Entry.of("F-48", "投诉来源与接收", STD, "003 P3 2.1; 003 P4 7.1; 003 P7 a.4; 004 A4 §3.09")

    sources: ClassVar[tuple[ComplaintSource, ...]] = doc(tuple(ComplaintSource))
    takers: ClassVar[tuple[TakerChannels, ...]] = ours(
        (
            *(
                TakerChannels(role, _ANY)
                for role in (
                    Role.RELATIONSHIP_SUPERVISOR,
                    Role.RELATIONS_MANAGER,
                    Role.RELATIONS_SPECIALIST,
                    Role.SERVICE_SPECIALIST,
                    Role.SERVICE_SUPERVISOR,
                    Role.SERVICE_MANAGER,
                    Role.PROPERTY_CONSULTANT,
                    Role.SALES_MANAGER,
                    Role.DEPARTMENT_MANAGER,
                    Role.FRONT_DESK,
                )
            ),
            TakerChannels(Role.PHONE_CALLER, _SPOKEN),
            TakerChannels(Role.CALL_CENTER, _SPOKEN),
            TakerChannels(Role.PROPERTY_ASSISTANT, (*_SPOKEN, ComplaintChannel.ON_SITE)),
        ),
        "the texts name posts; who only telephones takes down only calls",
    )

    def conditions(self, facts: Taking, /) -> Iterator[Condition]:
        """The role may take complaints down by that channel, and the source is listed."""
        channels = self.channels_of(facts.role)
        yield self.condition(
            "taking.channel", facts.channel in channels, role=facts.role, channel=facts.channel, channels=channels
        )
        if facts.source is not None:
            yield self.condition("taking.source", facts.source in self.sources, source=facts.source)

    def working(self, facts: Taking, /) -> Iterator[Step[Role]]:
        """The role."""
        yield self.step("taking.taken", facts.role)

    def channels_of(self, role: Role, /) -> tuple[ComplaintChannel, ...]:
        """By which channels *role* takes complaints down; by none if the table does not name it."""
        return next((line.channels for line in self.takers if line.role is role), ())


@frozen(slots=False)
class CallCentreRelay(Checklist[Complaint]):
    """
    The group call centre records the facts, passes them to the site and texts the customer-relations manager.

    Source: 003 P3 2.4.
    """

    entry = Entry.of("F-40", "呼叫中心转派", STD, "003 P3 2.4")

    texted: ClassVar[Role] = doc(Role.RELATIONS_MANAGER)

    def items(self, facts: Complaint, /) -> Iterator[Item]:
        """Facts recorded, passed on, the manager texted; nothing is asked of other channels."""
        if facts.intake.channel is not ComplaintChannel.CALL_CENTRE:
            return
        yield self.item("relay_recorded", facts.intake.content)
        yield self.item("relay_passed", facts.department)
        texted = [each for each in facts.of(Told) if each.role is self.texted]
        yield self.item("relay_texted", texted[0] if texted else None)


@frozen(slots=False)
class SuggestionAdopted(Grant[Complaint, str]):
    """
    Suggestions come by the same channels as another type; an adopted one earns points (G-03).

    Outcome: the rulebook entry under which it earns them.

    Source: 003 P2 §2.5; 004 A2 §2.
    """

    entry = Entry.of("F-52", "建议系统", STD, "003 P2 §2.5; 004 A2 §2")

    earns_under: ClassVar[str] = doc("G-03")

    def conditions(self, facts: Complaint, /) -> Iterator[Condition]:
        """It is a suggestion, and was adopted."""
        suggestion = facts.intake.submission is Submission.SUGGESTION
        yield self.condition("suggestion.kind", suggestion, submission=facts.intake.submission)
        yield self.condition("suggestion.adopted", facts.first(Adopted) is not None)

    def working(self, facts: Complaint, /) -> Iterator[Step[str]]:
        """The points it earns."""
        yield self.step("suggestion.earns", self.earns_under)
