"""
The workshop: what `make TARGET` and, on Windows, `make.cmd TARGET` do.

Standard library only, because it runs before anything is installed. What it installs goes into `.venv` and is held
to the versions of constraints.txt; a second run installs nothing unless pyproject.toml or constraints.txt changed.

    demo [ARGS]       set up, then run the demonstration
    test [ARGS]       set up, then run the tests
    check             style, types, layers and house tests
    docs              build the documentation into site/
    serve             show the documentation while it is being written
    bench [NAMES]     measure against other libraries and the raw driver
    dist              build the source distribution and the wheel into dist/
    installed [ARGS]  test the built wheel with every Python found, away from the source
    pin               work constraints.txt out anew
    clean             remove everything the other targets made
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "workshop.json"
CONSTRAINTS = ROOT / "constraints.txt"
INPUTS = (ROOT / "pyproject.toml", CONSTRAINTS)
PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")
IN_PARALLEL = ("--numprocesses=auto", "--dist=loadfile")
QUIET_THEME = {"NO_MKDOCS_2_WARNING": "1"}
GROUPS = ("test", "check", "docs", "bench")
# What the tests of the built wheel need beside the wheel: everything but src/ and the tests about the source.
BESIDE_THE_WHEEL = ("tests", "docs", "examples", "README.md", "README.en.md", "conftest.py", "pyproject.toml")
# What must be there for somebody who installs no extra.
WITHOUT_EXTRAS = (
    *("estatecrm", "estatecrm.rules.rulesets", "estatecrm.calendars", "estatecrm.desks"),
    *("estatecrm.messages", "estatecrm.storage", "estatecrm.exchange", "estatecrm.__main__"),
)
MADE_HERE = (
    *(".venv", "build", "dist", "site", "demo"),
    *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache", ".cache"),
)


class TargetError(Exception):
    """The target cannot be reached; the text says why and what helps."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def run(*command: str | Path, cwd: Path = ROOT, further: Mapping[str, str] | None = None) -> int:
    """Run *command* and return its exit code; *further* joins the environment."""
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, env={**os.environ, **(further or {})}, check=False).returncode


def must(*command: str | Path) -> None:
    """Run *command* under the constraints, and stop if it fails."""
    code = run(*command, further=pinned())
    if code:
        raise TargetError(f"{Path(command[0]).name} {' '.join(map(str, command[1:]))} failed with exit code {code}")


def install(python: Path, *what: str) -> None:
    """Install *what* for *python*, under the constraints; the pip we pin comes first."""
    # Older ones know no groups and build without constraints.
    must(python, "-m", "pip", "install", "--quiet", "pip>=25.3")
    must(python, "-m", "pip", "install", "--quiet", *what)


def python_of(place: Path) -> Path:
    """The interpreter of the virtual environment in *place*."""
    return place / "Scripts" / "python.exe" if os.name == "nt" else place / "bin" / "python"


def pinned() -> dict[str, str]:
    """What holds pip to constraints.txt, in what it installs and in what it builds with."""
    # A file address, because pip splits this variable at blanks and a user's folder may have one.
    return {
        "PIP_CONSTRAINT": CONSTRAINTS.as_uri(),
        "PIP_BUILD_CONSTRAINT": CONSTRAINTS.as_uri(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def fingerprint() -> str:
    """What the set-up depends on, as one word."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in INPUTS)).hexdigest()


def installed_groups() -> set[str]:
    """What `.venv` holds already, for the present inputs."""
    if not STAMP.exists():
        return set()
    stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    return set(stamp["have"]) if stamp["inputs"] == fingerprint() else set()


def works(python: str | Path) -> bool:
    """Whether *python* starts and is new enough."""
    try:
        check = "import sys; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([str(python), "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(place: Path) -> None:
    """A virtual environment in *place*, with the pip we pin."""
    try:
        venv.create(place, with_pip=True, clear=True)
    except subprocess.CalledProcessError as error:
        text = "this Python cannot make a virtual environment with pip; on Debian: apt install python3-venv"
        raise TargetError(text) from error


def flags_of(groups: Sequence[str]) -> list[str]:
    """How pip is asked for dependency groups."""
    return [part for group in groups for part in ("--group", group)]


def set_up(*groups: str) -> Path:
    """`.venv` with the project, all its extras and *groups*; returns its interpreter."""
    python = python_of(VENV)
    if not works(python):
        say(f"setting up {VENV.name} with Python {sys.version.split()[0]}")
        make_venv(VENV)
    have = installed_groups()
    wanted = {"all", *groups}
    if not wanted <= have:
        say(f"installing {', '.join(sorted(wanted - have))}")
        install(python, "--editable", ".[all]", *flags_of(sorted(groups)))
        stamp = {"inputs": fingerprint(), "have": sorted(have | wanted)}
        STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    return python


def demo(args: Sequence[str]) -> int:
    """The demonstration."""
    return run(set_up(), "-m", "estatecrm", "demo", *args)


def test(args: Sequence[str]) -> int:
    """The tests."""
    return run(set_up("test"), "-m", "pytest", *IN_PARALLEL, *args)


def check(args: Sequence[str]) -> int:
    """Every check, even after one has failed."""
    python = set_up("check")
    checks: tuple[tuple[str | Path, ...], ...] = (
        (python, "-m", "ruff", "check", "."),
        (python, "-m", "ruff", "format", "--check", "."),
        (python, "-m", "mypy"),
        (python, "-m", "pyright"),
        (python.with_name("lint-imports"), "--config", ".importlinter"),
        (python, "-m", "pytest", "--quiet", "tests/house"),
    )
    failed = []
    for command in checks:
        name = " ".join(str(part) for part in command if part not in {python, "-m"}).replace(str(ROOT) + os.sep, "")
        say(f"--- {name}")
        if run(*command, further={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}):
            failed.append(name)
    say("check: " + (f"failed: {'; '.join(failed)}" if failed else "all well"))
    return bool(failed)


def docs(args: Sequence[str]) -> int:
    """The documentation; a warning fails."""
    return run(set_up("docs"), "-m", "mkdocs", "build", "--strict", "--quiet", *args, further=QUIET_THEME)


def serve(args: Sequence[str]) -> int:
    """The documentation, rebuilt whenever a page changes."""
    return run(set_up("docs"), "-m", "mkdocs", "serve", *args, further=QUIET_THEME)


def bench(args: Sequence[str]) -> int:
    """The measurements, one after another; *args* names some of them."""
    python, scripts = set_up("bench"), sorted((ROOT / "benchmarks").glob("*.py"))
    unknown = set(args) - {script.stem for script in scripts}
    if unknown:
        raise TargetError(f"no measurement is called {', '.join(sorted(unknown))}")
    failed = 0
    for script in scripts:
        if script.stem in args or not args:
            say(f"--- {script.stem}")
            failed |= run(python, script)
    return failed


def dist(args: Sequence[str]) -> int:
    """The source distribution, and the wheel built from it."""
    python = set_up("check")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    return run(python, "-m", "build", "--outdir", "dist", *args, further=pinned())


def installed(args: Sequence[str]) -> int:
    """The tests against the built wheel, with every Python found."""
    if dist(()):
        return 1
    [wheel] = (ROOT / "dist").glob("*.whl")
    pythons = [found for name in PYTHONS if (found := shutil.which(name)) and works(found)]
    return max(installed_with(python, wheel, args) for python in pythons or [sys.executable])


def installed_with(python: str, wheel: Path, args: Sequence[str]) -> int:
    """The tests against *wheel* with *python*, in a folder where there is no source."""
    with tempfile.TemporaryDirectory(prefix="estatecrm-") as name:
        place, away = Path(name) / "venv", Path(name) / "away"
        must(python, "-m", "venv", place)
        inside = python_of(place)
        say(f"--- {wheel.name} with {subprocess.check_output([inside, '--version'], text=True).strip()}")
        away.mkdir()
        install(inside, str(wheel))
        if run(inside, "-c", f"import {', '.join(WITHOUT_EXTRAS)}", cwd=away):
            return 1
        install(inside, f"estatecrm[all,testing] @ {wheel.as_uri()}", *flags_of(["test"]))
        for part in BESIDE_THE_WHEEL:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, away / part)
        shutil.rmtree(away / "tests" / "house")
        demonstrated = run(inside, "-m", "estatecrm", "demo", cwd=away)
        return demonstrated or run(inside, "-m", "pytest", *IN_PARALLEL, *args, cwd=away)


def pin(args: Sequence[str]) -> int:
    """constraints.txt, from the newest resolution of everything; run it with the oldest Python we support."""
    with tempfile.TemporaryDirectory(prefix="estatecrm-") as name:
        place, report = Path(name) / "venv", Path(name) / "report.json"
        make_venv(place)
        pip = (str(python_of(place)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        also = ("pip", "hatchling", "editables")  # what installs and what builds
        asked = ("--dry-run", "--ignore-installed", "--report", str(report), ".[all,testing]", *flags_of(GROUPS), *also)
        if run(*pip, "--upgrade", "pip") or run(*pip, *asked):
            raise TargetError("pip found no versions that go together")
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    pins = sorted(
        (part["metadata"]["name"].lower().replace("_", "-"), part["metadata"]["version"])
        for part in found
        if part["metadata"]["name"] != "estatecrm"
    )
    head = "# Names and versions, nothing else. Made by `make pin`; the project itself asks only for what it needs.\n"
    CONSTRAINTS.write_text(head + "".join(f"{name}=={version}\n" for name, version in pins), encoding="utf-8")
    return 0


def clean(args: Sequence[str]) -> int:
    """Nothing but what is in the repository, and the files of the user."""
    for name in MADE_HERE:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


TARGETS: dict[str, Callable[[Sequence[str]], int]] = {
    target.__name__: target for target in (demo, test, check, docs, serve, bench, dist, installed, pin, clean)
}


def main(argv: Sequence[str]) -> int:
    """Reach the target named first, with whatever follows as its arguments."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this file by hand may do so with an older Python
        raise TargetError("estatecrm needs Python 3.11 or newer")
    name, *args = argv or ["help"]
    if name not in TARGETS:
        sys.stdout.write(f"{(__doc__ or '').strip()}\n")
        return 0 if name in {"help", "--help", "-h"} else 2
    return int(TARGETS[name](args))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except TargetError as error:
        say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
