from __future__ import annotations

from jupyterlab_gitlab.contract.paths import file_path
from jupyterlab_gitlab.notebooks.summary import change_summary, changed_cells

from .builders import code, compare, display, markdown, notebook, stream

LOAD = "data = read_csv('customers.csv')\ndata.head()"
TRAIN = "model = GradientBoosting(depth=4)\nmodel.fit(X_train, y_train)"


def test_each_changed_cell_has_a_line_of_its_own() -> None:
    old = notebook(
        code("\n  same = 1", id="a", execution_count=1),
        code("x = 1\ny = 2", [stream("1\n")], id="b", execution_count=2),
        code("plot(x)", [display(image_png="a")], id="c", execution_count=3),
        markdown("gone for good", id="d"),
    )
    new = notebook(
        code("\n  same = 1", id="a", execution_count=7),
        code("x = 1\ny = 3\nz = 4", [stream("1\n")], id="b", execution_count=2),
        code("plot(x)", [display(image_png="b"), stream("w")], id="c", execution_count=3),
        markdown("\n\n# Fresh", id="e"),
    )
    found = changed_cells(compare(old, new))
    assert [(cell.kind, cell.index, cell.title, cell.added, cell.removed) for cell in found] == [
        ("metadata_only", 0, "same = 1", 0, 0),
        ("changed", 1, "x = 1", 2, 1),
        ("output_only", 2, "plot(x)", 0, 0),
        ("removed", None, "gone for good", 0, 1),
        ("added", 3, "# Fresh", 3, 0),
    ]
    assert [cell.output_kinds for cell in found] == [[], [], ["image", "text"], [], []]
    assert [cell.execution_count for cell in found] == [7, 2, 3, None, None]


def test_a_moved_cell_is_listed_though_nothing_in_it_changed() -> None:
    (cell,) = changed_cells(compare(notebook(code(LOAD), code(TRAIN)), notebook(code(TRAIN), code(LOAD))))
    assert (cell.kind, cell.added, cell.removed) == ("moved", 0, 0)


def test_a_notebook_is_summed_up_in_cells_and_outputs() -> None:
    path = file_path(b"a.ipynb")
    old, new = notebook(code("a", [stream("1")])), notebook(code("a", [stream("2")]), code(TRAIN))
    found = change_summary(compare(old, new), path)
    assert (found.notebook, found.cells_changed, found.outputs_changed, found.added, found.removed) == (
        True, 1, 1, 2, 0,
    )  # fmt: skip
    assert (found.path, found.classification) == (path, None)


def test_a_text_is_summed_up_in_lines_and_a_binary_file_not_at_all() -> None:
    path = file_path(b"a.py")
    found = change_summary(compare(b"a\nb\n", b"a\nc\nd\n", b"a.py"), path)
    assert (found.notebook, found.added, found.removed, found.cells) == (False, 2, 1, [])
    found = change_summary(compare(b"\0", b"\0\0", b"a.py"), path)
    assert (found.added, found.removed) == (None, None)
