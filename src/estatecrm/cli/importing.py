"""``estatecrm import``: customers from the files an office has."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from estatecrm.cli.answers import Plain, write_json
from estatecrm.cli.entry import Exit
from estatecrm.cli.files import Order, Taken, beside, echo, mapping_table, take_file, taken_content, taken_lines
from estatecrm.cli.rehearsal import Rehearsal
from estatecrm.cli.setting import Setting, json_option, office_options

if TYPE_CHECKING:
    from estatecrm.exchange.columns import Overrides
    from estatecrm.exchange.fields import Field
    from estatecrm.messages import Language

_IGNORED = "-"


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--project", envvar="ESTATECRM_PROJECT", default="LH", show_default=True, help="项目代号，写进客户编码 (project)."
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="表头=字段",
    help="指定某列的含义，“-”为不导入 (header=field, - to leave out).",
)
@click.option("--sheet", default=None, help="工作表名称 (sheet).")
@click.option(
    "--rejected",
    default=None,
    type=click.Path(dir_okay=False, path_type=Path),
    help="退回的行写到哪里 (rejected rows).",
)
@click.option("--dry-run", is_flag=True, help="只试不存 (keep nothing).")
@json_option
@office_options
def command(
    setting: Setting,
    files: tuple[Path, ...],
    project: str,
    mapped: tuple[str, ...],
    sheet: str | None,
    rejected: Path | None,
    *,
    dry_run: bool,
) -> None:
    """导入客户文件（xlsx、csv），每行都有交代，并安排回访 (import customers; every row is accounted for).

    退回的行写入 文件名.rejected.xlsx，改正后可直接再导入。
    """
    if rejected is not None and len(files) > 1:
        raise click.UsageError(setting.speak.say("cli.one_rejected"))
    order = Order(
        project=project,
        sheet=sheet,
        mapping=_overrides(setting.speak, mapped),
        rejected_to=None if dry_run else lambda path: rejected or beside(path),
        plan=not dry_run,
    )
    taken = _taken(setting, files, order, dry_run=dry_run)
    if setting.json:
        contents: list[Plain] = [taken_content(setting.speak, each) for each in taken]
        write_json("import", {"dry_run": dry_run, "files": contents})
    if any(each.imported.rejected for each in taken):
        click.get_current_context().exit(Exit.REFUSED)


def _taken(setting: Setting, files: tuple[Path, ...], order: Order, *, dry_run: bool) -> list[Taken]:
    from estatecrm.desks import open_office
    from estatecrm.model import Purpose

    acting = setting.acting(Purpose.INTAKE)
    taken = []
    with setting.store() as store:
        office = open_office(Rehearsal(store) if dry_run else store)
        for path in files:
            taken.append(take_file(setting, office, acting, path, order))
            if not setting.json:
                _show(setting, taken[-1], dry_run=dry_run)
    return taken


def _show(setting: Setting, taken: Taken, *, dry_run: bool) -> None:
    setting.console.print(mapping_table(setting.speak, taken.imported.mapping))
    echo(taken_lines(setting.speak, taken))
    if dry_run:
        click.echo(setting.speak.say("cli.dry_run"))


def _overrides(speak: "Language", mapped: tuple[str, ...]) -> "Overrides":
    found: dict[str, Field | None] = {}
    for text in mapped:
        header, sign, name = text.rpartition("=")
        if not sign or not header.strip():
            raise click.UsageError(speak.say("cli.no_mapping", {"text": text}))
        found[header.strip()] = None if name.strip() == _IGNORED else _field(speak, name)
    return found


def _field(speak: "Language", name: str) -> "Field":
    """The field *name* means, by its code or by its name in either language."""
    from estatecrm.exchange.fields import Field
    from estatecrm.messages import language

    for each in Field:
        if name.strip() in {each.value, *(language(tag).named("field", each.value) for tag in ("zh", "en"))}:
            return each
    known = tuple(f"{each.value} {speak.named('field', each.value)}" for each in Field)
    raise click.UsageError(speak.say("cli.no_field", {"text": name, "known": known}))
