"""The text of an HTML output that has no other text: its tables by rows, the rest by lines."""

from __future__ import annotations

from html.parser import HTMLParser

from .screen import columns

_LONGEST = 500_000
"""Characters of HTML that are read."""
_UNSEEN = ("style", "script", "template")
_BLOCKS = (
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "br",
    "summary",
    "details",
    "caption",
)


def html_text(html: str) -> str | None:
    """What a reader would see, columns of tables aligned; None if there is none or too much."""
    if len(html) > _LONGEST:
        return None
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):  # malformed declarations
        return None
    return reader.text() or None


class _Reader(HTMLParser):
    """Collects lines, and the rows of tables as lists of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in ("table", *_BLOCKS):
            self._end_line()
            if tag == "table":
                self._end_table()
        elif tag == "tr":
            self._end_line()
            self.rows.append([])
        elif tag in ("td", "th"):
            self.words.clear()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(self._line())
        elif tag == "table":
            self._end_table()
        elif tag in _BLOCKS and not self.rows:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words += data.split()

    def text(self) -> str:
        """All lines."""
        self._end_table()
        self._end_line()
        return "".join(f"{line}\n" for line in self.lines)

    def _line(self) -> str:
        line = " ".join(self.words)
        self.words.clear()
        return line

    def _end_line(self) -> None:
        """A block inside a cell is part of the cell's line."""
        if not self.rows and self.words:
            self.lines.append(self._line())

    def _end_table(self) -> None:
        rows = [row for row in self.rows if row]
        self.rows = []
        widths = [
            max(columns(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows), default=0))
        ]
        for row in rows:
            cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=False)]
            self.lines.append("  ".join(cells).rstrip())
