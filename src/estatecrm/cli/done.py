"""``estatecrm done``: what came of a callback."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import click

from estatecrm.cli.answers import granted
from estatecrm.cli.entry import Exit
from estatecrm.cli.setting import Setting, office_options, written_day

if TYPE_CHECKING:
    from pendulum import DateTime

    from estatecrm.decisions import Decision, Duty
    from estatecrm.desks import CallbackRecord, Office
    from estatecrm.messages import Language
    from estatecrm.model import Contact, TopicNote

E = TypeVar("E", bound=Enum)


@click.command(name="done")
@click.argument("key")
@click.option("--channel", default="phone", show_default=True, help="回访方式，如 电话 (channel).")
@click.option("--satisfaction", default="", help="满意度：满意、一般、不满意 (satisfied, ordinary, dissatisfied).")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC=TEXT", help="问到的内容，可多次 (what was said).")
@click.option("--cause", default="", help="不满意的原因 (why not satisfied).")
@click.option("--suggestion", default="", help="客户建议 (suggestion).")
@click.option("--note", default="", help="备注 (note).")
@click.option("--at", "at", default="", help="回访时间，默认现在 (when): 2026-11-20 10:30.")
@office_options
def command(
    setting: Setting,
    key: str,
    channel: str,
    satisfaction: str,
    topics: tuple[str, ...],
    cause: str,
    suggestion: str,
    note: str,
    at: str,
) -> None:
    """记录一次回访；表格填全才算完成 (record a callback; it is done when the form is complete)."""
    from estatecrm.model import CallbackChannel, CallbackSatisfaction, Contact, ContactKind, Purpose

    speak = setting.speak
    with setting.office() as office:
        acting = setting.acting(Purpose.CALLBACK)
        duty = granted(setting, office.callbacks.explain(acting, key))
        if _closed_already(speak, duty) or _acknowledged(setting, office, duty):
            return
        when = _moment(speak, at, office.callbacks.now())
        contact = Contact(
            id=f"{key}@{uuid4().hex}",
            customer=duty.subject,
            kind=ContactKind.CALLBACK,
            at=when,
            by=acting.by,
            channel=_named(speak, CallbackChannel, channel, "--channel"),
            satisfaction=_named(speak, CallbackSatisfaction, satisfaction, "--satisfaction") if satisfaction else None,
            topics=tuple(_topics(speak, topics)),
            cause=cause,
            suggestion=suggestion,
            note=note,
        )
        _record(setting, contact, office.callbacks.record(acting, key, contact))


def _closed_already(speak: "Language", duty: "Duty") -> bool:
    if duty.closed is None:
        return False
    said = {"how": duty.closed.how, "at": duty.closed.at, "by": duty.closed.by}
    click.echo(speak.say("duty.closed", said), err=True)
    click.get_current_context().exit(Exit.REFUSED)
    return True


def _acknowledged(setting: Setting, office: "Office", duty: "Duty") -> bool:
    """Whether the duty was a notice inside the office, which is acknowledged and not called."""
    from estatecrm.model import Purpose

    if not office.callbacks.is_notice(duty):
        return False
    acting = setting.acting(Purpose.FOLLOW_UP)
    granted(setting, office.callbacks.acknowledge(acting, duty.key))
    click.echo(setting.speak.say("cli.acknowledged", {"by": acting.by}))
    return True


def _record(setting: Setting, contact: "Contact", decision: "Decision[CallbackRecord]") -> None:
    """Say what the record brought; an incomplete form is kept, but the duty stays open."""
    speak = setting.speak
    record = granted(setting, decision)
    if not record.form.complete:
        for line in speak.completeness(record.form):
            click.echo(line, err=True)
        click.echo(speak.say("cli.not_done"), err=True)
        click.get_current_context().exit(Exit.REFUSED)
    click.echo(speak.say("cli.done", {"customer": contact.customer, "at": contact.at}))


def _topics(speak: "Language", written: tuple[str, ...]) -> "Iterator[TopicNote]":
    from estatecrm.model import CallbackTopic, TopicNote
    from estatecrm.values import clean_note

    for text in written:
        topic, sign, said = text.partition("=")
        if not sign or not said.strip():
            raise click.UsageError(speak.say("cli.no_topic", {"text": text}))
        yield TopicNote(_named(speak, CallbackTopic, topic, "--topic"), clean_note(said))


def _named(speak: "Language", kind: type[E], text: str, option: str) -> E:
    """The member of *kind* that *text* names, by code or by its label in either language."""
    from estatecrm.messages import language

    wanted = text.strip().lower()
    for member in kind:
        labels = {language(tag).value(member).lower() for tag in ("zh", "en")}
        if wanted in {str(member.value).lower(), member.name.lower(), *labels}:
            return member
    known = tuple(f"{member.value} {speak.value(member)}" for member in kind)
    raise click.UsageError(speak.say("cli.no_choice", {"option": option, "text": text, "known": known}))


def _moment(speak: "Language", text: str, now: "DateTime") -> "DateTime":
    """The moment *text* writes, in the office's zone; *now* if it is empty, 12:00 where it names only a day."""
    if not text:
        return now
    day, _, clock = text.strip().partition(" ")
    hours, sign, minutes = (clock.strip() or "12:00").partition(":")
    if not (sign and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise click.UsageError(speak.say("cli.no_date", {"option": "--at", "text": text}))
    on = written_day(speak, day, "--at")
    return now.set(
        year=on.year, month=on.month, day=on.day, hour=int(hours), minute=int(minutes), second=0, microsecond=0
    )
