"""GitLab's times as the contract writes them."""

from __future__ import annotations

import re
from datetime import datetime, timezone

# datetime.fromisoformat of Python 3.10 takes neither "Z" nor fractions other than of 3 or 6 digits.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?\s*(Z|[+-]\d\d:?\d\d|UTC)?")

_AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def utc(text: str) -> str:
    """ISO 8601 in UTC with a trailing ``Z`` and milliseconds. A text of another form stays as it is."""
    if _AS_WRITTEN.fullmatch(text):
        return text
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return text
    day, clock, fraction, zone = match.groups()
    if zone in (None, "Z", "UTC"):
        zone = "+00:00"
    elif ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        time = datetime.fromisoformat(f"{day}T{clock}.{(fraction or '0'):0<6}{zone}")
    except ValueError:
        return text
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_or_none(text: str | None) -> str | None:
    return None if text is None else utc(text)
