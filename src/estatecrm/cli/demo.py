"""``estatecrm demo``: a sales office's day on sample data, end to end."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import click
from attrs import evolve, frozen

from estatecrm.cli.answers import granted
from estatecrm.cli.files import Order, Taken, beside, echo, mapping_table, take_file, taken_lines
from estatecrm.cli.setting import Setting, office_options, written_day

if TYPE_CHECKING:
    from estatecrm.clock import FixedClock
    from estatecrm.desks import Office
    from estatecrm.model import Member

_PROJECT = "YQ"
_SHOWN = 5
_SPECIALIST = ("I01", "沈静怡")


@frozen
class Stage:
    """Where the demonstration plays: its folder, and what the sample office's day is."""

    folder: Path
    day: date

    @property
    def database(self) -> Path:
        """The database it leaves behind."""
        return self.folder / "estatecrm.db"

    @property
    def register(self) -> Path:
        """The register it leaves behind."""
        return self.folder / "intent-register.xlsx"


@click.command(name="demo")
@click.option(
    "--dir",
    "folder",
    default="demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="放在哪个文件夹 (folder).",
)
@click.option("--on", "on", default="", help="哪一天，默认 2026-11-20 (the day it plays).")
@office_options
def command(setting: Setting, folder: Path, on: str) -> None:
    """造示例数据，走完售楼处的一天：导入、安排回访、今日待办、说明依据、导出 (a whole day on sample data)."""
    from estatecrm.testing.sample_people import SAMPLE_DAY

    stage = Stage(folder, written_day(setting.speak, on, "--on") if on else SAMPLE_DAY)
    setting = evolve(setting, db=str(stage.database), staff=_SPECIALIST[0])
    folder.mkdir(parents=True, exist_ok=True)
    with setting.office(create=True, clock=_clock(stage.day)) as office:
        _heading(setting, "cli.demo.staff", stage)
        enrolled = _enrol(setting, office)
        _heading(setting, "cli.demo.files", stage)
        taken = list(_take_in(setting, office, stage))
        _heading(setting, "cli.demo.today", stage)
        key = _worklists(setting, office)
        _heading(setting, "cli.demo.explain", stage)
        if key is not None:
            _explain(setting, office, *key)
        _heading(setting, "cli.demo.register", stage)
        changed = enrolled or any(_changed(each) for each in taken)
        _export(setting, office, stage, changed=changed)
    _heading(setting, "cli.demo.left", stage)
    _left_behind(setting, stage, key, changed=changed)


def _clock(day: date) -> "FixedClock":
    import pendulum

    from estatecrm.clock import FixedClock

    return FixedClock(pendulum.datetime(day.year, day.month, day.day, 9, tz="Asia/Shanghai"))


def _heading(setting: Setting, code: str, stage: Stage) -> None:
    click.echo(f"\n== {setting.speak.say(code, {'day': stage.day, 'folder': str(stage.folder)})} ==")


def _staff() -> "Iterator[Member]":
    from estatecrm.model import Member
    from estatecrm.policy import Role
    from estatecrm.testing.sample_people import SAMPLE_STAFF

    yield Member(*_SPECIALIST, Role.INFO_SPECIALIST)
    for consultant in SAMPLE_STAFF:
        yield Member(consultant.id, consultant.name, Role.PROPERTY_CONSULTANT)


def _enrol(setting: Setting, office: "Office") -> bool:
    """Enrol the sample staff; whether anybody was new."""
    from estatecrm.model import Purpose

    acting = setting.acting(Purpose.ADMINISTRATION)
    listed = office.staff.everybody(acting).outcome or ()
    staff = list(_staff())
    for member in staff:
        if member not in listed:
            granted(setting, office.staff.enrol(acting, member))
    roles = tuple(f"{member.id} {member.name}" for member in staff)
    click.echo(setting.speak.say("cli.demo.enrolled", {"staff": roles}))
    return any(member not in listed for member in staff)


def _take_in(setting: Setting, office: "Office", stage: Stage) -> Iterator[Taken]:
    from estatecrm.model import Purpose
    from estatecrm.testing.samples import SAMPLE_FILES, write_samples

    files = [stage.folder / name for name in SAMPLE_FILES]
    if not all(path.exists() for path in files):
        write_samples(stage.folder, day=stage.day)
    acting = setting.acting(Purpose.INTAKE)
    for path in files:
        # What an earlier run left stays as it is, whatever somebody has done with it since.
        order = Order(project=_PROJECT, rejected_to=None if beside(path).exists() else beside)
        taken = take_file(setting, office, acting, path, order)
        setting.console.print(mapping_table(setting.speak, taken.imported.mapping))
        echo(taken_lines(setting.speak, taken))
        click.echo()
        yield taken


def _changed(taken: Taken) -> bool:
    planned = any(taken.planned) if taken.planned else False
    return planned or bool(taken.imported.receipt.touched)


def _worklists(setting: Setting, office: "Office") -> tuple[str, str] | None:
    """Show what each consultant has to do; the consultant and the key of the first line of all."""
    from estatecrm.cli.worklists import worklist_table
    from estatecrm.model import Acting, Purpose

    speak, first = setting.speak, None
    for member in _staff():
        if not member.role.sells:
            continue
        worklist = granted(setting, office.callbacks.today(Acting(member.id, Purpose.FOLLOW_UP)))
        said = {"staff": f"{member.id} {member.name}", "on": worklist.on, "count": len(worklist)}
        click.echo(speak.say("cli.worklist" if len(worklist) else "cli.worklist_empty", said))
        if len(worklist):
            setting.console.print(worklist_table(speak, worklist, office.callbacks.now(), limit=_SHOWN))
            first = first or (member.id, worklist.lines[0].key)
        if len(worklist) > _SHOWN:
            click.echo(speak.say("cli.more", {"count": len(worklist) - _SHOWN}))
        click.echo()
    return first


def _explain(setting: Setting, office: "Office", staff: str, key: str) -> None:
    from estatecrm.model import Acting, Purpose

    click.echo(key)
    duty = granted(setting, office.callbacks.explain(Acting(staff, Purpose.FOLLOW_UP), key))
    echo(iter(setting.speak.explain_duty(duty)))


def _export(setting: Setting, office: "Office", stage: Stage, *, changed: bool) -> None:
    from estatecrm.exchange.registers import write_table
    from estatecrm.model import Purpose

    register = granted(setting, office.registers.intent(setting.acting(Purpose.REPORT)))
    if changed or not stage.register.exists():
        write_table(stage.register, register, setting.speak)
    customers = sum(len(page.rows) for page in register.pages)
    said = {"file": str(stage.register), "pages": len(register.pages), "customers": customers}
    click.echo(setting.speak.say("cli.exported", said))


def _left_behind(setting: Setting, stage: Stage, key: tuple[str, str] | None, *, changed: bool) -> None:
    speak, database = setting.speak, str(stage.database)
    click.echo(speak.say("cli.demo.changed" if changed else "cli.demo.unchanged"))
    for path in sorted(stage.folder.iterdir()):
        click.echo(f"  {path}")
    click.echo(speak.say("cli.demo.next"))
    staff, duty = key or ("S01", "KEY")
    program = _as_called()
    lang = "" if setting.lang == "zh" else f" --lang {setting.lang}"
    click.echo(f"  {program} today --as {staff} --on {stage.day} --db {database}{lang}")
    click.echo(f"  {program} explain {duty} --as {staff} --db {database}{lang}")
    answered = f'--satisfaction satisfied --at "{stage.day} 10:00"'
    click.echo(f"  {program} done {duty} --as {staff} {answered} --db {database}")
    click.echo(f"  {program} rules C-09{lang}")


def _as_called() -> str:
    """How the reader can call us: by name where that is on the path, else through the Python that runs now."""
    if which("estatecrm"):
        return "estatecrm"
    python = Path(sys.executable)
    return f"{python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python} -m estatecrm"
