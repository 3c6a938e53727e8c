"""``estatecrm staff``: who works here."""

from typing import TYPE_CHECKING

import click
from attrs import evolve

from estatecrm.cli.answers import Plain, granted, write_json
from estatecrm.cli.setting import Setting, json_option, office_options

if TYPE_CHECKING:
    from estatecrm.messages import Language
    from estatecrm.policy import Role


@click.group(name="staff", short_help="登记和查看员工 (enrol and list staff)")
def command() -> None:
    """登记和查看员工 (enrol and list staff)."""


@command.command("add")
@click.argument("member")
@click.argument("name")
@click.argument("role")
@click.option("--left", is_flag=True, help="已离岗 (has left).")
@office_options
def add(setting: Setting, member: str, name: str, role: str, *, left: bool) -> None:
    """登记员工：工号 姓名 岗位 (enrol: id, name, role).

    岗位写中文名或英文代码，如 置业顾问 或 property_consultant。第一位员工登记自己。
    """
    from estatecrm.model import Member, Purpose

    speak = setting.speak
    post = _role(speak, role)
    if not setting.staff:
        setting = evolve(setting, staff=member)
    with setting.office(create=True) as office:
        wanted = Member(member, name, post, active=not left)
        enrolled = granted(setting, office.staff.enrol(setting.acting(Purpose.ADMINISTRATION), wanted))
    click.echo(speak.say("cli.enrolled", {"id": enrolled.id, "name": enrolled.name, "role": enrolled.role}))


@command.command("list")
@json_option
@office_options
def everybody(setting: Setting) -> None:
    """列出员工 (list staff)."""
    from estatecrm.cli.tables import Head, table
    from estatecrm.model import Purpose

    speak = setting.speak
    with setting.office() as office:
        members = granted(setting, office.staff.everybody(setting.acting(Purpose.ADMINISTRATION)))
    if setting.json:
        lines: list[Plain] = [
            {"id": each.id, "name": each.name, "role": each.role.value, "active": each.active} for each in members
        ]
        write_json("staff", {"staff": lines})
        return
    heads = (Head("cli.column.id"), Head("cli.column.name"), Head("cli.column.role"), Head("cli.column.in_post"))
    rows = [(each.id, each.name, speak.value(each.role), speak.value(each.active)) for each in members]
    setting.console.print(table(speak, heads, rows))


def _role(speak: "Language", text: str) -> "Role":
    """The role *text* names, by code or by its name in either language."""
    from estatecrm.messages import language
    from estatecrm.policy import Role

    for role in Role:
        if text.strip().lower() in {
            role.value,
            role.name.lower(),
            *(language(tag).value(role) for tag in ("zh", "en")),
        }:
            return role
    known = tuple(f"{role.value} {speak.value(role)}" for role in Role)
    raise click.UsageError(speak.say("cli.no_role", {"role": text, "known": known}))
