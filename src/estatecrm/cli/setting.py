"""What all commands share: which database, who acts, in which language, for a person or a program."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click
from attrs import frozen

if TYPE_CHECKING:
    from rich.console import Console

    from estatecrm.clock import Clock
    from estatecrm.desks import Office
    from estatecrm.messages import Language
    from estatecrm.model import Acting, Purpose
    from estatecrm.storage import Store

P = ParamSpec("P")
R = TypeVar("R")

LANGUAGES = ("zh", "en")
_PASSWORD = re.compile(r"(://[^:/@]*:)[^@]*@")


@frozen(kw_only=True)
class Setting:
    """The options every command has."""

    db: str
    staff: str
    lang: str
    json: bool = False
    no_color: bool = False

    @property
    def speak(self) -> "Language":
        """The language to answer in."""
        from estatecrm.messages import language

        return language(self.lang)

    @property
    def console(self) -> "Console":
        """Where answers go."""
        from estatecrm.cli.streams import console

        return console(no_color=self.no_color)

    @property
    def shown_db(self) -> str:
        """The database as it may be shown: without its password."""
        return _PASSWORD.sub(r"\1***@", self.db)

    def acting(self, purpose: "Purpose") -> "Acting":
        """Who acts, for *purpose*; wrong usage if nobody is named."""
        from estatecrm.model import Acting

        if not self.staff:
            raise click.UsageError(self.speak.say("cli.who"))
        return Acting(self.staff, purpose)

    @contextmanager
    def store(self, *, create: bool = False) -> "Iterator[Store]":
        """The database; one that is not there is made only where *create* says so."""
        from estatecrm.storage import open_store

        missing = None if create else _missing_file(self.db)
        if missing is not None:
            raise click.UsageError(self.speak.say("cli.no_database", {"file": str(missing)}))
        store = open_store(self.db)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def office(self, *, create: bool = False, clock: "Clock | None" = None) -> "Iterator[Office]":
        """The office over the database."""
        from estatecrm.desks import open_office

        with self.store(create=create) as store:
            yield open_office(store, clock=clock)


def office_options(command: Callable[Concatenate[Setting, P], R]) -> Callable[P, R]:
    """Give *command* the options every command has; it receives them as its first argument, a `Setting`."""

    @wraps(command)
    def with_setting(*args: P.args, **options: P.kwargs) -> R:
        setting = Setting(
            db=str(options.pop("db")),
            staff=str(options.pop("staff")),
            lang=str(options.pop("lang")),
            json=bool(options.pop("as_json", False)),
            no_color=bool(options.pop("no_color")),
        )
        # Remembered for the sentence of an error.
        click.get_current_context().find_root().obj = setting
        return command(setting, *args, **options)

    for option in reversed(_OPTIONS):
        with_setting = option(with_setting)
    return with_setting


def json_option(command: Callable[P, R]) -> Callable[P, R]:
    """Let a program read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON，时间为 UTC (for programs).")(command)


def written_day(speak: "Language", text: str, option: str) -> date:
    """The date *text* writes in any of the forms offices use; wrong usage if it writes none."""
    from estatecrm.clock import SystemClock
    from estatecrm.exchange.dates import read_date
    from estatecrm.exchange.faults import Unreadable
    from estatecrm.exchange.sheets import Epoch

    try:
        day = read_date(text, epoch=Epoch.SINCE_1900, today=SystemClock().now().date())
    except Unreadable:
        day = None
    if day is None:
        raise click.UsageError(speak.say("cli.no_date", {"option": option, "text": text}))
    return day


def _missing_file(db: str) -> Path | None:
    scheme, colon, rest = db.partition("://")
    if colon and scheme != "sqlite":
        return None
    name = rest.removeprefix("/") if colon else db
    return None if name in {"", ":memory:", "memory:"} or Path(name).exists() else Path(name)


_OPTIONS = (
    click.option(
        "--db", envvar="ESTATECRM_DB", default="estatecrm.db", show_default=True, help="数据库文件或网址 (database)."
    ),
    click.option("--as", "staff", envvar="ESTATECRM_STAFF", default="", help="您的工号 (your staff id)."),
    click.option(
        "--lang",
        envvar="ESTATECRM_LANG",
        default="zh",
        show_default=True,
        type=click.Choice(LANGUAGES),
        help="语言 (language).",
    ),
    click.option("--no-color", is_flag=True, help="不用颜色 (no colours)."),
)
