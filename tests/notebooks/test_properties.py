"""What holds of any two notebooks: their diff leads from one to the other, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.diffs import CellDiff, MetadataChange, NotebookDiff
from jupyterlab_gitlab.notebooks.model import Cell
from jupyterlab_gitlab.notebooks.outputs import normalised, output_digest

from .builders import cells, compare_notebooks, document, files, notebook, read, sources, texts

values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from([0.5, 1.0]), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(texts, inner, max_size=2)),
    max_leaves=4,
)
metadata = st.dictionaries(st.one_of(st.sampled_from(["tags", "a/b", "c~d"]), texts), values, max_size=3)


@st.composite
def histories(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A notebook and what became of it: cells edited, moved, run again, added and removed."""
    old: list[dict[str, Any]] = draw(st.lists(cells, max_size=8))
    if draw(st.booleans()):
        old = [{**cell, "id": f"id-{index}"} for index, cell in enumerate(old)]
    new = [dict(cell) for cell in old]
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(new)))
        action = draw(st.sampled_from(["add", "remove", "move", "source", "metadata", "run"]))
        if action == "add" or at == len(new):
            new.insert(at, draw(cells))
        elif action == "remove":
            del new[at]
        elif action == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif action == "source":
            new[at] = {**new[at], "source": draw(sources)}
        elif action == "metadata":
            new[at] = {**new[at], "metadata": draw(metadata)}
        elif new[at]["cell_type"] == "code":
            ran = draw(cells.filter(lambda cell: cell["cell_type"] == "code"))
            new[at] = {**new[at], "outputs": ran["outputs"], "execution_count": ran["execution_count"]}
    indent = draw(st.sampled_from([1, 2, None]))
    return notebook(*old, indent=indent, metadata=draw(metadata)), notebook(
        *new, indent=indent, metadata=draw(metadata)
    )


def digests(cell: Cell) -> list[str]:
    return [output_digest(normalised(output))[0] for output in cell.outputs]


def whole(cell: Cell) -> tuple[object, ...]:
    """What a cell is made of, metadata aside."""
    return cell.cell_type, cell.id, cell.execution_count, "\n".join(cell.source.texts), digests(cell)


def patched(change: CellDiff, old: list[Cell]) -> tuple[object, ...]:
    """The new cell, from the old ones and what the diff says."""
    assert change.new is not None
    text = [row.text for row in change.rows if row.kind != "removed"]
    outputs = []
    for output in change.outputs:
        if output.kind == "same":
            assert change.old is not None and output.old is not None
            outputs.append(digests(old[change.old.index])[output.old.index])
        elif output.new is not None:
            outputs.append(output.new.digest)
    return change.cell_type, change.new.id, change.new.execution_count, "\n".join(text), outputs


def apply(changes: list[MetadataChange], value: dict[str, Any]) -> dict[str, Any]:
    """*value* with the changes made."""
    value = json.loads(json.dumps(value))
    for change in changes:
        keys = [key.replace("~1", "/").replace("~0", "~") for key in change.path.split("/")[1:]]
        place = value
        for key in keys[:-1]:
            place = place[key]
        assert (change.old is None) == (keys[-1] not in place)
        if change.new is None:
            del place[keys[-1]]
        else:
            place[keys[-1]] = json.loads(change.new)
    return value


@settings(max_examples=200, deadline=None)
@given(st.one_of(histories(), st.tuples(files(), files())))
def test_the_diff_applied_to_the_old_notebook_gives_the_new_one(history: tuple[bytes, bytes]) -> None:
    old, new = map(read, history)
    found = compare_notebooks(*history)
    after = sorted((cell for cell in found.cells if cell.new), key=lambda cell: cell.new.index if cell.new else 0)
    assert [cell.new.index for cell in after if cell.new] == list(range(len(new.cells)))
    assert [patched(cell, old.cells) for cell in after] == [whole(cell) for cell in new.cells]
    for cell in after:
        if cell.old is not None and cell.new is not None:
            before, now = old.cells[cell.old.index], new.cells[cell.new.index]
            assert apply(cell.metadata, {"cell_type": before.cell_type, "metadata": before.metadata}) == {
                "cell_type": now.cell_type,
                "metadata": now.metadata,
            }
    assert sorted(cell.old.index for cell in found.cells if cell.old) == list(range(len(old.cells)))
    ends = [
        {"nbformat": side.nbformat, "nbformat_minor": side.nbformat_minor, "metadata": side.metadata}
        for side in (old, new)
    ]
    assert apply(found.metadata, ends[0]) == ends[1]


MIRROR = {"added": "removed", "removed": "added"}


def shape(diff: NotebookDiff, *, mirrored: bool) -> object:
    """What a diff says of its cells, whatever their order."""

    def turned(old: Any, new: Any) -> Any:
        return (new, old) if mirrored else (old, new)

    summary = diff.summary
    return (
        sorted(
            (
                str(turned(cell.old and cell.old.index, cell.new and cell.new.index)),
                MIRROR.get(cell.kind, cell.kind) if mirrored else cell.kind,
                cell.moved,
                cell.source_changed,
                cell.outputs_changed,
                cell.execution_count_changed,
                sorted((change.path, str(turned(change.old, change.new))) for change in cell.metadata),
            )
            for cell in diff.cells
        ),
        sorted((change.path, str(turned(change.old, change.new))) for change in diff.metadata),
        (summary.cells_changed, summary.cells_moved, summary.classification),
        turned(summary.cells_removed, summary.cells_added),
        diff.equal,
    )


@settings(max_examples=200, deadline=None)
@given(st.one_of(histories(), st.tuples(files(), files())))
def test_swapping_the_sides_mirrors_the_diff(history: tuple[bytes, bytes]) -> None:
    old, new = history
    assert shape(compare_notebooks(old, new), mirrored=False) == shape(compare_notebooks(new, old), mirrored=True)


@settings(max_examples=200, deadline=None)
@given(histories())
def test_every_raw_line_of_a_row_holds_its_text(history: tuple[bytes, bytes]) -> None:
    raw = [data.decode().split("\n") for data in history]
    sides = [read(data) for data in history]
    for cell in compare_notebooks(*history).cells:
        for row in cell.rows:
            for lines, notebook_side, place, line, number in (
                (raw[0], sides[0], cell.old, row.old, row.old_number),
                (raw[1], sides[1], cell.new, row.new, row.new_number),
            ):
                if number is None:
                    assert line is None
                    continue
                assert place is not None and line is not None
                source = notebook_side.cells[place.index].source
                assert json.dumps(source.elements[source.element_of[number - 1]], ensure_ascii=False) in lines[line - 1]


@settings(deadline=None)
@given(histories())
def test_the_same_cells_written_otherwise_are_no_change_of_cells(history: tuple[bytes, bytes]) -> None:
    plain = json.loads(history[1])
    other = json.dumps(document(plain["cells"], metadata=plain["metadata"]), indent=4, sort_keys=True).encode()
    found = compare_notebooks(history[1], other)
    assert all(cell.kind == "same" and not cell.moved for cell in found.cells) and not found.metadata
    assert found.summary.classification in ("format", None)
