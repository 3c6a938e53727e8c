"""
Importing the library against importing attrs and pendulum, which it stands on.

Run: python benchmarks/startup.py

Each import runs in a process of its own, the bare interpreter's start taken off; medians of eleven, turn about.
``import estatecrm`` loads no room until a name is used, so what a first errand loads is shown beside it.
"""

import subprocess
import sys
from statistics import median
from time import perf_counter

ROUNDS = 11
PROGRAMS = {
    "nothing": "pass",
    "attrs and pendulum": "import attrs, pendulum",
    "estatecrm": "import estatecrm",
    "… and its rules": "from estatecrm import DEVELOPER",
    "… and an office in memory": "from estatecrm import open_office; open_office('memory://')",
    "… and an office in SQLite": (
        "import os, tempfile; from estatecrm import open_office;"
        "open_office('sqlite:///' + os.path.join(tempfile.mkdtemp(), 'office.db'))"
    ),
}


def seconds(program: str) -> float:
    """How long a new interpreter runs *program*."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return perf_counter() - start


def main() -> None:
    """Time, print."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS):
        for name, program in PROGRAMS.items():
            times[name].append(seconds(program))
    bare = median(times["nothing"])
    base = median(times["attrs and pendulum"]) - bare
    for name, taken in times.items():
        own = median(taken) - bare
        print(f"{name:28} {own * 1e3:7.1f} ms   {own / base:5.2f} x attrs and pendulum")
    print("goal for import estatecrm: 1.3 x")


if __name__ == "__main__":
    main()
