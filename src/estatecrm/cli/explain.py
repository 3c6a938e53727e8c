"""``estatecrm explain``: one duty down to the clause."""

from typing import TYPE_CHECKING

import click

from estatecrm.cli.answers import Plain, granted, plain, spoken_condition, spoken_entry, utc, write_json
from estatecrm.cli.setting import Setting, json_option, office_options

if TYPE_CHECKING:
    from estatecrm.decisions import Duty
    from estatecrm.messages import Language


@click.command(name="explain")
@click.argument("key")
@json_option
@office_options
def command(setting: Setting, key: str) -> None:
    """一项待办从何而来：条件、推算、出处 (why something is to be done: conditions, working, clause).

    KEY 是 today --json 里的 key，如 C-09/LH2026110001/2026-11-17。
    """
    from estatecrm.model import Purpose

    speak = setting.speak
    with setting.office() as office:
        duty = granted(setting, office.callbacks.explain(setting.acting(Purpose.FOLLOW_UP), key))
    if setting.json:
        write_json("explain", duty_content(speak, duty))
        return
    for line in speak.explain_duty(duty):
        click.echo(line)


def duty_content(speak: "Language", duty: "Duty") -> dict[str, Plain]:
    """A duty and everything it rests on, for a program."""
    reason = duty.reason
    working: list[Plain] = [
        {
            "code": step.code,
            "value": plain(step.value),
            "values": {name: plain(value) for name, value in step.values},
            "sentence": speak.step(step),
        }
        for step in reason.working
    ]
    return {
        "key": duty.key,
        "customer": duty.subject,
        "unit": duty.unit,
        "role": duty.role.value,
        "assignee": duty.assignee,
        "earliest": utc(duty.earliest),
        "latest": utc(duty.latest),
        "open": duty.open,
        "rule": reason.rule,
        "edition": reason.edition,
        "provisional": reason.provisional,
        "entry": spoken_entry(speak, reason.entry),
        "because": [spoken_condition(speak, condition) for condition in reason.because],
        "working": working,
        "lines": list(speak.explain_duty(duty)),
    }
