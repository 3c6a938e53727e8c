"""The pages of the contract state the requirements the kit proves."""

import re
from pathlib import Path

import pytest

from estatecrm.testing.storage_kit import REQUIREMENTS

PAGES = Path(__file__).parents[2] / "docs" / "reference"
ROW = re.compile(r"^\| (SC-\d\d) \| (.+) \|$", re.MULTILINE)


def test_the_english_page_has_the_sentences_of_the_kit() -> None:
    page = (PAGES / "storage-contract.en.md").read_text(encoding="utf-8")
    assert dict(ROW.findall(page)) == dict(REQUIREMENTS)


def test_the_chinese_page_has_a_sentence_for_every_number() -> None:
    page = (PAGES / "storage-contract.md").read_text(encoding="utf-8")
    rows = dict(ROW.findall(page))
    assert list(rows) == list(REQUIREMENTS)
    assert all(sentence.endswith("。") for sentence in rows.values())


@pytest.mark.parametrize("sentence", REQUIREMENTS.values())
def test_a_requirement_is_one_sentence(sentence: str) -> None:
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
