"""The conventions on which systems differ, as a table made from the code."""

from attrs import fields

from estatecrm.calendars import Conventions
from estatecrm.messages import language
from words import word


def conventions(locale: str, _: str) -> str:
    """Every convention of counting with its options, the default marked."""
    speak, chosen = language(locale), Conventions()
    lines = [
        f"| {word(locale, 'convention')} | {word(locale, 'option')} | {word(locale, 'meaning')} |",
        "|---|---|---|",
    ]
    for field in fields(Conventions):
        default = getattr(chosen, field.name)
        for option in type(default):
            mark = f" **{word(locale, 'default')}**" if option is default else ""
            lines.append(f"| `{type(default).__name__}` | `{option.name}`{mark} | {speak.value(option)} |")
    return "\n".join(lines)
