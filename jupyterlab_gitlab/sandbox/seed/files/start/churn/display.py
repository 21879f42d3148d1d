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


class Picture:
    """Pixels to draw on, written as PNG."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.pixels = [bytearray(b"\xff" * 3 * width) for _ in range(height)]

    def blend(self, x, y, colour, share=1.0):
        if 0 <= x < self.width and 0 <= y < self.height:
            row = self.pixels[y]
            for i, part in enumerate(colour):
                row[3 * x + i] = round(row[3 * x + i] * (1 - share) + part * share)

    def line(self, x0, y0, x1, y1, colour, width=1.0):
        """A smooth line: every pixel near it takes a share of the colour."""
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) or 1e-9
        for y in range(int(min(y0, y1) - width) - 1, int(max(y0, y1) + width) + 2):
            for x in range(int(min(x0, x1) - width) - 1, int(max(x0, x1) + width) + 2):
                t = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
                distance = ((x - x0 - t * (x1 - x0)) ** 2 + (y - y0 - t * (y1 - y0)) ** 2) ** 0.5
                self.blend(x, y, colour, max(0.0, min(1.0, width / 2 + 0.5 - distance)))

    def box(self, x, y, width, height, colour):
        for j in range(y, y + height):
            for i in range(x, x + width):
                self.blend(i, j, colour)

    def png(self):
        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        data = b"".join(b"\0" + bytes(row) for row in self.pixels)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(data, 9))
            + chunk(b"IEND", b"")
        )


class Lines:
    """One or more lines over a common axis."""

    COLOURS = ((31, 119, 180), (214, 39, 40), (44, 160, 44))

    def __init__(self, series, title="", xlabel=""):
        self.series, self.title, self.xlabel = series, title, xlabel

    def _repr_png_(self):
        values = [v for line in self.series.values() for v in line]
        low, high = min(values), max(values)
        span = (high - low) or 1.0
        picture = Picture(420, 220)
        for step in range(5):
            y = 20 + 45 * step
            picture.line(30, y, 400, y, (225, 225, 225) if step < 4 else (120, 120, 120))
        picture.line(30, 10, 30, 200, (120, 120, 120))
        for line, colour in zip(self.series.values(), self.COLOURS):
            step = 370 / max(1, len(line) - 1)
            points = [(30 + i * step, 200 - 180 * (v - low) / span) for i, v in enumerate(line)]
            for start, end in zip(points, points[1:]):
                picture.line(*start, *end, colour, 2.2)
        return picture.png()

    def __repr__(self):
        ends = "; ".join(f"{name} from {line[0]:.3f} to {line[-1]:.3f}" for name, line in self.series.items())
        return f"{self.title} (over {self.xlabel}): {ends}"


class Heatmap:
    """A matrix of counts as coloured squares."""

    def __init__(self, matrix, size=70):
        self.matrix, self.size = matrix, size

    def _repr_png_(self):
        top = max(max(row) for row in self.matrix) or 1
        picture = Picture(self.size * len(self.matrix[0]), self.size * len(self.matrix))
        for j, row in enumerate(self.matrix):
            for i, value in enumerate(row):
                share = value / top
                colour = tuple(round(a + (b - a) * share) for a, b in zip((247, 251, 255), (30, 104, 171)))
                picture.box(i * self.size, j * self.size, self.size - 2, self.size - 2, colour)
        return picture.png()

    def __repr__(self):
        return f"Heatmap of {self.matrix}"
