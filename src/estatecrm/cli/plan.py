"""``estatecrm plan``: what is to be done for whom, and when."""

import click

from estatecrm.cli.answers import granted, write_json
from estatecrm.cli.setting import Setting, json_option, office_options


@click.command(name="plan")
@click.argument("codes", nargs=-1)
@json_option
@office_options
def command(setting: Setting, codes: tuple[str, ...]) -> None:
    """按制度安排回访与跟进，可只排指定的客户编码 (plan callbacks, of all customers or of those named)."""
    from estatecrm.model import Purpose

    with setting.office() as office:
        acting = setting.acting(Purpose.CALLBACK)
        errand = office.callbacks.replan(acting, codes) if codes else office.callbacks.plan(acting)
        planning = granted(setting, errand)
    if setting.json:
        write_json("plan", {"added": planning.added, "moved": planning.moved, "withdrawn": planning.withdrawn})
        return
    click.echo(
        setting.speak.say(
            "cli.planned", {"added": planning.added, "moved": planning.moved, "withdrawn": planning.withdrawn}
        )
    )
