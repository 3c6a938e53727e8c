"""A table as a page to print: everything typed is text, every page of it a sheet, under its clause."""

import pytest

from estatecrm.decisions import Column, Page, Table
from estatecrm.errors import ExchangeError
from estatecrm.exchange import write_page
from estatecrm.messages import language
from estatecrm.policy import CORE, Entry
from estatecrm.values import Points

ENTRY = Entry.of("G-04", "积分账", CORE, "000 §5.3")


def table(*pages: Page) -> Table:
    return Table("PointsStatement", ENTRY, "acme 2026.1", (Column("cause"), Column("points")), pages)


def test_what_was_typed_is_text(tmp_path):
    path = write_page(tmp_path / "a.html", table(Page("A", (("<script>", Points(-5)),))), language("en"))
    page = path.read_text(encoding="utf-8")
    assert "<td>&lt;script&gt;</td><td>-5 points</td>" in page
    assert "<script" not in page


def test_a_sheet_for_each_page_and_the_clause_at_the_end(tmp_path):
    pages = table(Page("A", ()), Page("B", ((None, Points(1)),)))
    page = write_page(tmp_path / "a.html", pages, language("zh")).read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert page.count("<section>") == 2
    assert "<h1>积分账 · B</h1>" in page
    assert "<td></td><td>1分</td>" in page
    assert "依据：G-04《积分账》000 §5.3（acme 2026.1版）" in page


def test_an_old_page_is_replaced_whole(tmp_path):
    path = tmp_path / "a.html"
    write_page(path, table(*[Page("old", (("old", Points(1)),))] * 100), language("zh"))
    write_page(path, table(), language("zh"))
    assert "old" not in path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


def test_what_is_no_page_is_not_written_over(tmp_path):
    path = tmp_path / "office.db"
    path.write_bytes(b"SQLite format 3\0")
    with pytest.raises(ExchangeError, match=r"office\.db is no page"):
        write_page(path, table(), language("zh"))
    assert path.read_bytes() == b"SQLite format 3\0"
