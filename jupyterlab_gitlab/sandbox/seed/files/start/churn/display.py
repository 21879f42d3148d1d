"""Tables and plots for the notebooks, without any plotting package."""

import html
import struct
import zlib


class Table:
    """Rows of a list of dicts as an HTML table."""

    def __init__(self, rows, index=None):
        self.rows, self.index = list(rows), index

    def _columns(self):
        return [name for name in (self.rows[0] if self.rows else {}) if name != self.index]

    @staticmethod
    def _cell(value):
        return f"{value:.3f}" if isinstance(value, float) else html.escape(str(value))

    def _repr_html_(self):
        columns = self._columns()
        head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
        lines = [
            '<table border="1" class="dataframe">',
            "  <thead>",
            f"    <tr><th></th>{head}</tr>",
            "  </thead>",
            "  <tbody>",
        ]
        for number, row in enumerate(self.rows):
            label = row[self.index] if self.index else number
            cells = "".join(f"<td>{self._cell(row[c])}</td>" for c in columns)
            lines.append(f"    <tr><th>{html.escape(str(label))}</th>{cells}</tr>")
        return "\n".join([*lines, "  </tbody>", "</table>"])

    def __repr__(self):
        columns = self._columns()
        lines = ["  ".join(["".ljust(12), *(c.rjust(13) for c in columns)])]
        for number, row in enumerate(self.rows):
            label = str(row[self.index] if self.index else number)
            lines.append("  ".join([label.ljust(12), *(self._cell(row[c]).rjust(13) for c in columns)]))
        return "\n".join(lines)


class Lines:
    """One or more lines over a common axis, as SVG."""

    colours = ("#1f77b4", "#d62728", "#2ca02c")

    def __init__(self, series, title="", xlabel=""):
        self.series, self.title, self.xlabel = series, title, xlabel

    def _repr_svg_(self):
        values = [v for line in self.series.values() for v in line]
        low, high = min(values), max(values)
        span = (high - low) or 1.0
        parts = [
            '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="230" viewBox="0 0 420 230" font-family="sans-serif">',
            '<rect width="420" height="230" fill="#fff"/>',
            f'<text x="210" y="18" font-size="13" text-anchor="middle" fill="#333">{html.escape(self.title)}</text>',
            '<path d="M46 30V196H406" fill="none" stroke="#888"/>',
            f'<text x="226" y="222" font-size="11" text-anchor="middle" fill="#555">{html.escape(self.xlabel)}</text>',
            f'<text x="42" y="36" font-size="10" text-anchor="end" fill="#555">{high:.2f}</text>',
            f'<text x="42" y="196" font-size="10" text-anchor="end" fill="#555">{low:.2f}</text>',
        ]
        for number, (name, line) in enumerate(self.series.items()):
            step = 360 / max(1, len(line) - 1)
            points = " ".join(f"{46 + i * step:.1f},{196 - 160 * (v - low) / span:.1f}" for i, v in enumerate(line))
            colour = self.colours[number % len(self.colours)]
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts.append(
                f'<text x="400" y="{46 + 14 * number}" font-size="11" text-anchor="end" fill="{colour}">{html.escape(name)}</text>'
            )
        return "\n".join([*parts, "</svg>"])

    def __repr__(self):
        return f"<Lines {self.title!r}: {', '.join(self.series)}>"


class Heatmap:
    """A matrix of counts as coloured squares, as PNG."""

    def __init__(self, matrix, size=70):
        self.matrix, self.size = matrix, size

    def _repr_png_(self):
        top = max(max(row) for row in self.matrix) or 1
        rows = []
        for row in self.matrix:
            line = bytearray([0])
            for value in row:
                share = value / top
                pixel = bytes([int(247 - 217 * share), int(251 - 147 * share), int(255 - 84 * share)])
                line += pixel * (self.size - 1) + b"\xff\xff\xff"
            rows += [bytes(line)] * (self.size - 1) + [b"\0" + b"\xff\xff\xff" * (self.size * len(row))]

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        header = struct.pack(">IIBBBBB", self.size * len(self.matrix[0]), self.size * len(self.matrix), 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
            + chunk(b"IEND", b"")
        )

    def __repr__(self):
        return f"<Heatmap {self.matrix}>"
