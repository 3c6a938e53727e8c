"""``estatecrm rules``: every number with who chose it, and how to change it."""

import pytest

from estatecrm import DEVELOPER
from estatecrm.cli.rules import example


def test_one_rule_is_shown_with_its_numbers_and_how_to_change_them(terminal) -> None:
    """D-01."""
    lines = terminal.run("rules", "D-01").stdout.splitlines()
    assert lines[0] == "D-01 认购后回访 · 000 §5.1 · callbacks.after_subscription · AfterSubscription"
    assert "  status = 认购（制度规定）" in lines
    assert "  within = 3天（我方设定：000 says a certain time; three days is the figure of 002 P2 §2）" in lines
    assert "  starts_at: The day of the step." in lines
    assert lines[-4:] == [
        "  class AcmeAfterSubscription(AfterSubscription):",
        "      within = NaturalDays(5)",
        "",
        "  ACME = DEVELOPER.using(AcmeAfterSubscription())",
    ]


def test_a_table_of_numbers_has_a_line_each(terminal) -> None:
    lines = terminal.run("rules", "C-09", "--lang", "en").stdout.splitlines()
    assert "    A 3 days" in lines
    assert "    D 30 days" in lines


def test_the_list_names_place_entry_title_and_class(terminal) -> None:
    lines = [line.split() for line in terminal.run("rules").stdout.splitlines()]
    assert ["reception.follow_up", "C-09", "定期跟进", "IntentFollowUp"] in lines


def test_an_entry_no_rule_carries_out_is_wrong_usage(terminal) -> None:
    said = terminal.run("rules", "Z-99")
    assert said.exit_code == 2
    assert "没有编号或名称为“Z-99”的规则" in said.stderr


@pytest.mark.parametrize("path", [path for path, _ in DEVELOPER.rules()])
def test_every_example_runs(path: str) -> None:
    kind = type(dict(DEVELOPER.rules())[path])
    names: dict[str, object] = {}
    exec("\n".join(example(kind)), names)
    assert isinstance(dict(names["ACME"].rules())[path], kind)
