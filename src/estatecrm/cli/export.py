"""``estatecrm export``: registers as workbooks."""

from pathlib import Path

import click

from estatecrm.cli.answers import granted, write_json
from estatecrm.cli.setting import Setting, json_option, office_options


@click.command(name="export")
@click.option(
    "--out",
    "out",
    default="intent-register.xlsx",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个文件 (file).",
)
@json_option
@office_options
def command(setting: Setting, out: Path) -> None:
    """导出意向客户登记表，一位顾问一页 (the intent register, a page for each consultant)."""
    from estatecrm.exchange.registers import write_table
    from estatecrm.model import Purpose

    speak = setting.speak
    with setting.office() as office:
        register = granted(setting, office.registers.intent(setting.acting(Purpose.REPORT)))
    write_table(out, register, speak)
    customers = sum(len(page.rows) for page in register.pages)
    if setting.json:
        write_json("export", {"file": str(out), "pages": len(register.pages), "customers": customers})
        return
    said = {"file": str(out), "pages": len(register.pages), "customers": customers}
    click.echo(speak.say("cli.exported", said))
