"""``estatecrm upgrade``: bring an older database to this release."""

import click

from estatecrm.cli.setting import Setting, office_options


@click.command(name="upgrade")
@office_options
def command(setting: Setting) -> None:
    """把旧版数据库升级到本版，数据不变；请先备份 (upgrade an older database; back it up first)."""
    from estatecrm.storage import upgrade

    version = upgrade(setting.db)
    click.echo(setting.speak.say("cli.upgraded", {"db": setting.shown_db, "version": version}))
