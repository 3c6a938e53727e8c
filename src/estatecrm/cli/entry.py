"""Runs a command and turns whatever goes wrong into one sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from estatecrm.cli import streams
from estatecrm.errors import EstateCrmError, ExchangeError, InvalidFacts, MissingExtra, NotFound

if TYPE_CHECKING:
    from estatecrm.cli.setting import Setting

COMMANDS: Final = {
    "demo": ("estatecrm.cli.demo", "造示例数据，走完一天 (a whole day on sample data)"),
    "staff": ("estatecrm.cli.staff", "登记和查看员工 (enrol and list staff)"),
    "import": ("estatecrm.cli.importing", "导入客户文件 (import customers from files)"),
    "plan": ("estatecrm.cli.plan", "安排回访与跟进 (plan callbacks)"),
    "today": ("estatecrm.cli.today", "今天的待办 (today's worklist)"),
    "done": ("estatecrm.cli.done", "记录一次回访 (record a callback)"),
    "explain": ("estatecrm.cli.explain", "一项待办从何而来 (why something is to be done)"),
    "rules": ("estatecrm.cli.rules", "现行规则及出处 (the rules and where they come from)"),
    "export": ("estatecrm.cli.export", "导出意向客户登记表 (export the intent register)"),
    "upgrade": ("estatecrm.cli.upgrade", "升级数据库结构 (upgrade the database)"),
}
"""Where each command lives, and its line in the help: a module is imported only when its command runs."""


class Exit(IntEnum):
    """What an exit code means."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    STORAGE = 3
    INTEGRITY = 4
    INTERRUPTED = 130


class Office(click.Group):
    """The commands, each loaded when it is called, and the one place where errors become sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of an office's day."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), "command", None)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help lines, without loading a command."""
        del ctx
        with formatter.section("命令 (commands)"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a person never sees a traceback unless ESTATECRM_TRACEBACK asks for it."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as trouble:
            if os.environ.get("ESTATECRM_TRACEBACK"):
                raise
            click.echo(_sentence(trouble, ctx.find_root().obj), err=True)
            ctx.exit(code_of(trouble))


@click.group(cls=Office, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="estatecrm", message="%(version)s")
def cli() -> None:
    """房地产客户管理制度：导入客户，安排回访，每条待办说明依据。

    The customer-management rules of a property developer, with a reason for every line.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (the program's own unless given) and return the exit code."""
    streams.prepare()
    try:
        ended = cli.main(args=arguments, prog_name="estatecrm", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; the interpreter must not try to flush once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    return ended if isinstance(ended, int) else Exit.DONE


def code_of(trouble: Exception) -> Exit:
    """The exit code for *trouble*: whose mistake it is."""
    if isinstance(trouble, NotFound | InvalidFacts | ExchangeError):
        return Exit.REFUSED
    if isinstance(trouble, MissingExtra):
        return Exit.USAGE
    return Exit.STORAGE


def _sentence(trouble: Exception, setting: "Setting | None") -> str:
    from estatecrm.messages import language

    lang = setting.lang if setting is not None else os.environ.get("ESTATECRM_LANG", "")
    speak = language(lang if lang in {"zh", "en"} else "zh")
    if isinstance(trouble, EstateCrmError | OSError):
        return speak.error(trouble)
    return f"{speak.error(trouble)}\n{speak.say('cli.traceback')}"
