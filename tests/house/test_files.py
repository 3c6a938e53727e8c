"""What must not be in the repository, and what must stand beside an exception to a rule."""

import re
from pathlib import Path

import pytest

from house.source import kept_files, kept_texts

_LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "pdm.lock", "yarn.lock", "pylock.toml"}

_HOSTS = (
    *(r"pypi[.]org", r"pythonhosted[.]org", r"npmjs[.](?:org|com)", r"crates[.]io", r"golang[.]org"),
    *(r"//mirrors?[.]", r"index-url\s*[= ]"),
)
_PLACES = (r"(?<![\w.])/(?:root|home/\w+|work|opt/pypi)/", r"[A-Z]:\\Users\\\w")
_FORBIDDEN = re.compile("|".join((*_HOSTS, *_PLACES)))

_EXCEPTION = re.compile(r"#\s*(?:type: ignore|noqa|pyright: ignore|pragma: no cover)(?P<rest>[^\n]*)")
_CODES = re.compile(r"\[[^\]]*\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*")

_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\w)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The example that the standard of identity numbers itself prints.
_PRINTED_IN_THE_STANDARD = {"11010519491231002X"}


def unexplained(text: str) -> list[str]:
    """The lines of *text* that switch a check off without saying why."""
    return [found[0] for found in _EXCEPTION.finditer(text) if len(_reason(found["rest"]).split()) < 2]


def _reason(rest: str) -> str:
    codes = _CODES.match(rest)
    return rest[codes.end() if codes else 0 :].strip(" #:–-")


def personal(text: str) -> list[str]:
    """What in *text* could be somebody's number or address."""
    found = [phone for phone in _PHONE.findall(text) if not invented_phone(phone)]
    found += [number for number in _IDENTITY.findall(text) if possible_identity(number)]
    nobody = ("example.com", "example.org", "127.0.0.1")
    return found + [mail for mail in _MAIL.findall(text) if not mail.endswith(nobody)]


def invented_phone(number: str) -> bool:
    """Whether a phone number is nobody's: 154 is not allocated, and 138 0000 is what everybody makes up."""
    return number.startswith(("154", "1380000", "1390000")) or len(set(number[3:])) <= 2


def possible_identity(number: str) -> bool:
    """Whether *number* is a valid identity number that is not printed in the standard nor of an office that is none."""
    if number.upper() in _PRINTED_IN_THE_STANDARD or number[2:6] == "0000":
        return False
    weights = [pow(2, place, 11) for place in range(17, 0, -1)]
    rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11
    return number[-1].upper() == "10X98765432"[rest] and "19" <= number[6:8] <= "20"


def test_no_lock_file_records_where_packages_came_from() -> None:
    assert [path.name for path in kept_files() if path.name in _LOCKS] == []


def test_no_package_host_and_no_place_on_a_machine_is_named() -> None:
    found = {name: match[0] for name, text in kept_texts() if (match := _FORBIDDEN.search(text))}
    assert found == {}


def test_a_check_that_is_switched_off_says_why() -> None:
    here = f"tests/house/{Path(__file__).name}"
    python = ((name, text) for name, text in kept_texts() if name.endswith(".py") and name != here)
    assert {name: lines for name, text in python if (lines := unexplained(text))} == {}


def test_nobody_is_in_the_repository() -> None:
    assert {name: people for name, text in kept_texts() if (people := personal(text))} == {}


def test_the_constraints_pin_names_and_versions_and_nothing_else() -> None:
    lines = dict(kept_texts())["constraints.txt"].splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9.-]+==[0-9][a-z0-9.]*", line)] == []
    assert len(pins) > 50


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: FBT001", "x = y  # type: ignore[arg-type]"])
def test_an_exception_without_a_reason_is_found(line: str) -> None:
    assert unexplained(line)


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: A002 - the rulebook calls it ID",
        "x = 1  # noqa: A002, B010 - the rulebook calls it ID",
        "x = y  # type: ignore[arg-type]  # a class variable cannot name S",
    ],
)
def test_an_exception_with_a_reason_is_none(line: str) -> None:
    assert unexplained(line) == []


@pytest.mark.parametrize("text", [f"186{12345678}", f"110101{199003070652}", f"someone{'@'}somewhere.cn"])
def test_what_could_be_a_person_is_found(text: str) -> None:
    assert personal(f"see {text}, please") == [text]


@pytest.mark.parametrize("text", ["13800001234", "11010519491231002X", "a@example.com", "2025030712345"])
def test_what_can_be_nobody_is_none(text: str) -> None:
    assert personal(f"see {text}, please") == []
