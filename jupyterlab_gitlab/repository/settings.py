"""git's configuration, read whole in one call: every file, include and condition applied by git itself."""

from __future__ import annotations

from .run import Git

_TRUE = frozenset({"true", "yes", "on"})


class Settings:
    """Values by key. Section and variable names are lower case, a subsection is as written; the last value wins."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def get(self, key: str) -> str | None:
        values = self._values.get(key)
        return values[-1] if values else None

    def all(self, key: str) -> list[str]:
        return self._values.get(key, [])

    def flag(self, key: str) -> bool:
        """A boolean as git-config(1) reads it: a key without a value is true, the empty value false."""
        value = (self.get(key) or "").lower()
        return value in _TRUE or (value.lstrip("+-").isdigit() and int(value) != 0)

    def subsections(self, section: str, variable: str) -> list[str]:
        """The names *x* for which ``section.x.variable`` is set, in order of appearance."""
        start, stop = section + ".", "." + variable
        return [
            key[len(start) : -len(stop)]
            for key in self._values
            if key.startswith(start) and key.endswith(stop) and len(key) > len(start) + len(stop)
        ]


def read(git: Git) -> Settings:
    return parse(git.read("config", "--list", "-z").stdout)


def parse(output: bytes) -> Settings:
    """Reads ``git config --list -z``: ``key LF value NUL``, without ``LF value`` for a bare key (which means true)."""
    values: dict[str, list[str]] = {}
    for record in output.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        key, separator, value = record.partition("\n")
        values.setdefault(key, []).append(value if separator else "true")
    return Settings(values)
