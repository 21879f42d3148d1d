"""HTML as lines of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.terminal.html_text import html_text


def test_a_table_is_shown_by_aligned_rows_and_the_rest_by_lines() -> None:
    html = """
    <style>td { color: red }</style><div><p>Before</p>
    <table><caption>Sales</caption><thead><tr><th></th><th>name</th><th>n</th></tr></thead>
    <tr><th>0</th><td><div>Zo&euml;</div></td><td>1</td></tr><tr><th>1</th><td>李雷</td><td>1,000</td></tr></table>
    <script>alert("x")</script><p>2 rows × <b>2</b> columns</p></div>"""
    assert html_text(html) == ("Before\nSales\n   name  n\n0  Zoë   1\n1  李雷  1,000\n2 rows × 2 columns\n")


def test_what_shows_no_text_has_none() -> None:
    assert html_text("<iframe src='x'></iframe><svg><path d='M0'/></svg>") is None
    assert html_text("x" * 600_000) is None


PARTS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "</td>", "<p>", "a", " 界 ", "<style>", "</style>", "<![", "&"]
)


@given(st.lists(PARTS | st.text(max_size=5), max_size=20).map("".join))
def test_any_html_is_read(html: str) -> None:
    text = html_text(html)
    assert text is None or (text.endswith("\n") and not any(line != line.rstrip() for line in text.split("\n")))
