"""The hidden note that leads a comment back to its cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.positions.marker import CellMark, in_words, split_mark, with_mark

MARK = CellMark(path=b"work/a.ipynb", side="new", index=3, id="ab12", output=0)

marks = st.builds(
    CellMark,
    path=st.binary(min_size=1, max_size=20),
    side=st.sampled_from(["old", "new"]),
    index=st.integers(0, 9_999),
    id=st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    output=st.none() | st.integers(0, 99),
)


@given(marks, st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_marked_is_read_back(mark: CellMark, body: str) -> None:
    marked = with_mark(body, mark)
    assert split_mark(marked) == (body.rstrip(), mark)
    hidden = marked[len(body.rstrip()) :].strip()
    assert hidden.startswith("<!--") and hidden.endswith("-->")
    assert "--" not in hidden[4:-3]


def test_the_note_is_the_documented_one() -> None:
    assert with_mark("Look\n", MARK) == ("Look\n\n<!-- cell: path=work/a.ipynb side=new index=3 id=ab12 output=0 -->")


def test_a_note_that_gitlab_or_a_mail_client_gave_a_last_line_end_is_read() -> None:
    assert split_mark(with_mark("Look", MARK) + "\r\n") == ("Look", MARK)


def test_texts_that_only_look_marked_stay_whole() -> None:
    for body in (
        "<!-- cell: -->",
        "<!-- cell: side=left index=1 -->",
        "<!-- cell: side=new index=one -->",
        "<!-- cell: side=new index=99999999999 -->",
        "<!-- cell: side=new index=1 output=x -->",
        "<!-- cell: side=new index=1 --> and on",
    ):
        assert split_mark(body) == (body, None)


def test_a_long_text_of_blanks_is_read_at_once() -> None:
    body = " " * 1_000_000 + "x"
    assert split_mark(body) == (body, None)


def test_the_words_name_file_cell_and_output() -> None:
    assert in_words(MARK, 7, "image") == "`work/a.ipynb`, cell 4 (In \\[7\\]), output 1 (image)"
    old = CellMark(path=b"a.ipynb", side="old", index=0)
    assert in_words(old, None, None) == "`a.ipynb`, cell 1, before the change"


def test_a_file_name_means_nothing_in_markdown() -> None:
    mark = CellMark(path=b"@all `x` [a](http://b).ipynb\n", side="new", index=0)
    assert in_words(mark, None, None) == "`` @all `x` [a](http://b).ipynb  ``, cell 1"
