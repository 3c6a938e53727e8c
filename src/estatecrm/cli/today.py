"""``estatecrm today``: what who asks has to do."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from estatecrm.cli.answers import granted, write_json
from estatecrm.cli.setting import Setting, json_option, office_options, written_day

if TYPE_CHECKING:
    from estatecrm.desks import Worklist


@click.command(name="today")
@click.option("--on", "on", default="", help="看另一天 (another day): 2026-11-20.")
@click.option("--limit", default=0, type=click.IntRange(min=0), help="最多几行，0 为全部 (at most so many lines).")
@json_option
@office_options
def command(setting: Setting, on: str, limit: int) -> None:
    """今天的待办：最急的在前，每行说明依据 (today's worklist, most urgent first, with the reason for every line)."""
    from estatecrm.cli.worklists import worklist_lines, worklist_table
    from estatecrm.model import Purpose

    speak = setting.speak
    day = written_day(speak, on, "--on") if on else None
    with setting.office() as office:
        worklist = granted(setting, office.callbacks.today(setting.acting(Purpose.FOLLOW_UP), on=day))
        now = office.callbacks.now()
    at = _seen_at(worklist, now)
    if setting.json:
        shown = {"staff": worklist.staff, "on": worklist.on.isoformat()}
        write_json("today", {**shown, "lines": list(worklist_lines(speak, worklist, at))})
        return
    count = {"staff": worklist.staff, "on": worklist.on, "count": len(worklist)}
    click.echo(speak.say("cli.worklist" if len(worklist) else "cli.worklist_empty", count))
    if len(worklist):
        setting.console.print(worklist_table(speak, worklist, at, limit=limit))
    if limit and len(worklist) > limit:
        click.echo(speak.say("cli.more", {"count": len(worklist) - limit}))


def _seen_at(worklist: "Worklist", now: datetime) -> datetime:
    """From when overdue is told: now, or the beginning of another day that is looked at."""
    if worklist.on == now.date():
        return now
    return datetime(worklist.on.year, worklist.on.month, worklist.on.day, tzinfo=now.tzinfo)
