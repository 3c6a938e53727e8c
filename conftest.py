"""
Every example is run: ``python`` fences of the READMEs and docs/, and ``>>>`` in the docstrings of src/.

A fence of another language is not run; ``>>>`` stands in a ``python`` fence, because a ``pycon`` one would be passed
over in silence. The examples of one page share their names and a folder of their own, in order: where
tests run side by side, a file stays with one worker (``--dist=loadfile``).
"""

import os
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE


def enter(namespace: dict[str, Any]) -> None:
    """Work in a new folder, so that an example may write files."""
    namespace["_left"] = str(Path.cwd())
    namespace["_folder"] = tempfile.TemporaryDirectory(prefix="estatecrm-")
    os.chdir(namespace["_folder"].name)


def leave(namespace: dict[str, Any]) -> None:
    """Go back, and leave nothing behind."""
    os.chdir(namespace["_left"])
    namespace["_folder"].cleanup()


PAGES = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), SkipParser()],
    patterns=["README.md", "README.en.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    setup=enter,
    teardown=leave,
)
DOCSTRINGS = Sybil(
    parsers=[DocTestParser(optionflags=FLAGS)],
    patterns=["src/estatecrm/*.py", "src/estatecrm/*/*.py", "src/estatecrm/*/*/*.py"],
    document_types={".py": PythonDocStringDocument},
    setup=enter,
    teardown=leave,
)

pytest_collect_file = (PAGES + DOCSTRINGS).pytest()
