"""Calling customers back: when, how, at what hour, and what counts as done (chapter D)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.calendars import DailyWindows
from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import (
    CallbackChannel,
    CallbackTopic,
    CallSlot,
    Contact,
    PurchaseStatus,
    Standing,
)
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.duties import Beat, Cadence, Deadline, day_of
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Grant
from estatecrm.values import NaturalDays, TimeLimit

_LEFT_OPEN = "000 says a certain time; three days is the figure of 002 P2 §2"


@frozen(slots=False)
class AfterEvent(Deadline[Standing], shape=True):
    """The call that follows a step of the purchase (D-01, D-02): once for each unit."""

    status: ClassVar[PurchaseStatus]

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """The customer has just reached the status, on a known day."""
        yield self.condition("callback.status", facts.status is self.status, status=facts.status, wanted=self.status)
        yield self.condition("callback.since", facts.status_since is not None, since=facts.status_since)

    def starts_at(self, facts: Standing, /) -> date:
        """The day of the step."""
        return day_of(facts.status_since)

    def responsible(self, facts: Standing, /) -> Role:
        """Sales: the customer's own consultant."""
        return Role.PROPERTY_CONSULTANT


@frozen(slots=False)
class AfterSubscription(AfterEvent):
    """
    Sales calls after a subscription about satisfaction and changed needs.

    Source: 000 §5.1.
    """

    entry = Entry.of("D-01", "认购后回访", CORE, "000 §5.1")

    status: ClassVar[PurchaseStatus] = doc(PurchaseStatus.SUBSCRIBED)
    within: ClassVar[TimeLimit] = ours(NaturalDays(3), _LEFT_OPEN)


@frozen(slots=False)
class AfterSigning(AfterEvent):
    """
    The same call after the contract, as a task of its own.

    Source: 000 §5.1.
    """

    entry = Entry.of("D-02", "签约后回访", CORE, "000 §5.1")

    status: ClassVar[PurchaseStatus] = doc(PurchaseStatus.SIGNED)
    within: ClassVar[TimeLimit] = ours(NaturalDays(3), _LEFT_OPEN)


@frozen(slots=False)
class SignedRhythm(Cadence[Standing]):
    """
    Until move-in sales calls signed customers regularly on the process and the service.

    Source: 000 §3.3.
    """

    entry = Entry.of("D-03", "签约客户回访", CORE, "000 §3.3")

    interval_days: ClassVar[TimeLimit] = ours(NaturalDays(90), "quarterly between signing and move-in")

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """The customer has signed, on a known day."""
        signed = facts.status is PurchaseStatus.SIGNED
        yield self.condition("callback.status", signed, status=facts.status, wanted=PurchaseStatus.SIGNED)
        yield self.condition("callback.since", facts.status_since is not None, since=facts.status_since)

    def beats(self, facts: Standing, /) -> Iterator[Beat]:
        """One call, an interval after the last, or after signing if there was none since."""
        last = latest_of(facts.last_callback, day_of(facts.status_since))
        yield Beat(last.isoformat(), last, self.interval_days)

    def responsible(self, facts: Standing, /) -> Role:
        """Sales: the customer's own consultant."""
        return Role.PROPERTY_CONSULTANT


@frozen(slots=False)
class ResidentRhythm(Cadence[Standing]):
    """
    After move-in customer service calls regularly on living there.

    Source: 000 §4.2, §5.1.
    """

    entry = Entry.of("D-04", "已入住客户回访", CORE, "000 §4.2; 000 §5.1")

    first_days: ClassVar[TimeLimit] = ours(NaturalDays(30), "text says regularly")
    interval_days: ClassVar[TimeLimit] = ours(NaturalDays(180), "text says regularly")

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """The customer has moved in, on a known day."""
        moved_in = facts.status is PurchaseStatus.MOVED_IN
        yield self.condition("callback.status", moved_in, status=facts.status, wanted=PurchaseStatus.MOVED_IN)
        yield self.condition("callback.since", facts.status_since is not None, since=facts.status_since)

    def beats(self, facts: Standing, /) -> Iterator[Beat]:
        """The first call after moving in, later ones an interval after the last."""
        moved_in, last = day_of(facts.status_since), facts.last_callback
        if last is None or last < moved_in:
            yield Beat(moved_in.isoformat(), moved_in, self.first_days)
        else:
            yield Beat(last.isoformat(), last, self.interval_days)

    def responsible(self, facts: Standing, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class ServiceCallback(Deadline[Standing]):
    """
    The third must: a callback takes place within three days of the service.

    Source: 002 P2 §2 norms.
    """

    entry = Entry.of("D-17", "三天之内回访", CORE, "002 P2 §2")

    within: ClassVar[TimeLimit] = doc(NaturalDays(3))

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """A service was rendered."""
        yield self.condition("callback.serviced", facts.serviced_on is not None, serviced_on=facts.serviced_on)

    def starts_at(self, facts: Standing, /) -> date:
        """The service."""
        return day_of(facts.serviced_on)

    def responsible(self, facts: Standing, /) -> Role:
        """The specialist who looks after the customer."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class DossierTrack(Cadence[Standing], shape=True):
    """Calls on fixed days after the dossier was made (D-21, D-22, D-23)."""

    days: ClassVar[tuple[NaturalDays, ...]]
    caller: ClassVar[Role]
    for_buyers: ClassVar[bool]

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """A dossier was made, of a buyer or of a non-buyer."""
        yield self.condition("dossier.made", facts.dossier_on is not None, dossier_on=facts.dossier_on)
        met = facts.buyer is not None and facts.buyer is self.for_buyers
        yield self.condition("dossier.buyer" if self.for_buyers else "dossier.non_buyer", met)

    def beats(self, facts: Standing, /) -> Iterator[Beat]:
        """One call for each day of the track, counted from the dossier."""
        made = day_of(facts.dossier_on)
        for number, within in enumerate(self.days, start=1):
            yield Beat(f"{made.isoformat()}.{number}", made, within)

    def responsible(self, facts: Standing, /) -> Role:
        """The caller of the track."""
        return self.caller


@frozen(slots=False)
class BuyerTrack(DossierTrack):
    """
    The account representative calls buyers three times: usage, opinions, effect of use.

    Source: 003 P8 §2.7.
    """

    entry = Entry.of("D-21", "购买顾客三次回访", CORE, "003 P8 §2.7")

    days: ClassVar[tuple[NaturalDays, ...]] = doc((NaturalDays(3), NaturalDays(30), NaturalDays(60)))
    caller: ClassVar[Role] = doc(Role.ACCOUNT_REP)
    for_buyers: ClassVar[bool] = doc(True)


@frozen(slots=False)
class NonBuyerTrack(DossierTrack):
    """
    The account representative calls non-buyers twice: closeness, then product and service.

    Source: 003 P8 §2.7.
    """

    entry = Entry.of("D-22", "未购买顾客两次回访", CORE, "003 P8 §2.7")

    days: ClassVar[tuple[NaturalDays, ...]] = doc((NaturalDays(3), NaturalDays(15)))
    caller: ClassVar[Role] = doc(Role.ACCOUNT_REP)
    for_buyers: ClassVar[bool] = doc(False)


@frozen(slots=False)
class CareTrack(DossierTrack):
    """
    The care supervisor calls buyers three times beside the representative, whose calls do not discharge these.

    Source: 003 P8 §2.7.
    """

    entry = Entry.of("D-23", "主管三次回访", CORE, "003 P8 §2.7")

    days: ClassVar[tuple[NaturalDays, ...]] = doc((NaturalDays(15), NaturalDays(30), NaturalDays(60)))
    caller: ClassVar[Role] = doc(Role.CARE_SUPERVISOR)
    for_buyers: ClassVar[bool] = doc(True)


@frozen(slots=False)
class CallbackChannels(Grant[str, CallbackChannel]):
    """
    A callback uses a listed channel; anything else is refused.

    Source: 000 §5.1; 002 P2 §2.
    """

    entry = Entry.of("D-05", "回访方式", CORE, "000 §5.1; 002 P2 §2")

    channels: ClassVar[tuple[CallbackChannel, ...]] = doc(tuple(CallbackChannel))

    def conditions(self, facts: str, /) -> Iterator[Condition]:
        """The channel is on the list."""
        listed = facts in {channel.value for channel in self.channels}
        yield self.condition("callback.channel", listed, channel=facts, channels=self.channels)

    def working(self, facts: str, /) -> Iterator[Step[CallbackChannel]]:
        """The channel."""
        yield self.step("callback.by_channel", CallbackChannel(facts))


@frozen(slots=False)
class QuietHours(Grant[CallSlot, DateTime]):
    """
    No callback in a customer's rest time: it moves to the next allowed moment.

    An agreed time stays where it is (D-18). Outcome: the moment to call.

    Source: 002 P2 §2 norms.
    """

    entry = Entry.of("D-14", "一个避免", CORE, "002 P2 §2")
    also = (Entry.of("D-18", "另约时间", STD, "002 P2 §2"),)

    calling: ClassVar[DailyWindows] = ours(
        DailyWindows.of("09:00-12:00", "14:00-20:00"), "the text gives no clock times; nights and noon are rest"
    )
    own_hours: DailyWindows | None = field(default=None, kw_only=True)
    """A customer's own wishes, where they are known."""

    def working(self, facts: CallSlot, /) -> Iterator[Step[DateTime]]:
        """The agreed time, or the next allowed one."""
        if facts.agreed:
            yield Step("quiet.agreed", facts.at)
            return
        moved = (self.own_hours or self.calling).next_allowed(facts.at)
        yield self.step("quiet.allowed" if moved == facts.at else "quiet.moved", moved, wished=facts.at)


@frozen(slots=False)
class AgreedTime(Grant[CallSlot, DateTime]):
    """
    A time agreed with the customer replaces the slot, inside the limit unless the customer asked for later.

    Source: 002 P2 §2 norms.
    """

    entry = Entry.of("D-18", "另约时间", STD, "002 P2 §2")
    also = (Entry.of("D-17", "三天之内回访", CORE, "002 P2 §2"),)

    def conditions(self, facts: CallSlot, /) -> Iterator[Condition]:
        """In time, or at the customer's wish."""
        in_time = facts.latest is None or facts.at < facts.latest
        yield self.condition(
            "agreed.in_time", in_time or facts.asked_by_customer, entry="D-17", at=facts.at, latest=facts.latest
        )

    def working(self, facts: CallSlot, /) -> Iterator[Step[DateTime]]:
        """The agreed time."""
        yield self.step("agreed.kept", facts.at)


@frozen
class TopicsOf:
    """The topics a callback under an entry must cover."""

    entry: str
    topics: tuple[CallbackTopic, ...]


@frozen
class CallbackForm:
    """A filled record form, and the entry whose callback it records."""

    contact: Contact
    entry: str


@frozen(slots=False)
class CompleteRecord(Checklist[CallbackForm]):
    """
    The second must: a callback counts only with every required field of the form filled.

    Source: 002 P2 §2 norms; topics 000 §3.3, §4.2.
    """

    entry = Entry.of("D-16", "回访信息完整记录", CORE, "002 P2 §2")
    also = (
        Entry.of("D-03", "签约客户回访", CORE, "000 §3.3"),
        Entry.of("D-04", "已入住客户回访", CORE, "000 §4.2; 000 §5.1"),
    )

    required: ClassVar[tuple[str, ...]] = ours(
        ("channel", "time", "caller", "satisfaction"), "form 26 without what only some answers call for"
    )
    topics: ClassVar[tuple[TopicsOf, ...]] = doc(
        (
            TopicsOf(
                "D-03",
                (CallbackTopic.PROCESS_SATISFACTION, CallbackTopic.SERVICE_SATISFACTION, CallbackTopic.OPINIONS),
            ),
            TopicsOf(
                "D-04",
                (
                    CallbackTopic.PROPERTY_SERVICE,
                    CallbackTopic.FACILITIES,
                    CallbackTopic.OPINIONS,
                    CallbackTopic.PROBLEMS,
                ),
            ),
        )
    )

    def items(self, facts: CallbackForm, /) -> Iterator[Item]:
        """The required fields, then the required topics of the entry."""
        for code in self.required:
            yield self.item(code, self.field_of(facts.contact, code))
        spoken = {note.topic for note in facts.contact.topics if note.text}
        for line in self.topics:
            if line.entry == facts.entry:
                for topic in line.topics:
                    yield self.item(topic.value, topic if topic in spoken else None, entry=line.entry)

    def field_of(self, contact: Contact, code: str, /) -> object:
        """What the form holds in a field."""
        held: dict[str, object] = {
            "channel": contact.channel,
            "time": contact.at,
            "caller": contact.by,
            "satisfaction": contact.satisfaction,
            "cause": contact.cause,
            "suggestion": contact.suggestion,
        }
        return held.get(code)


def latest_of(one: date | None, other: date) -> date:
    """The later of two days, one of which may be missing."""
    return other if one is None or one < other else one
