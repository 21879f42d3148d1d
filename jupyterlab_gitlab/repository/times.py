"""Times of commits as the contract writes them."""

from __future__ import annotations

import datetime


def utc(seconds: str) -> str:
    """ISO 8601 in UTC for git's seconds since 1970; the epoch for a time that no calendar has (broken commits)."""
    try:
        moment = datetime.datetime.fromtimestamp(int(seconds), tz=datetime.timezone.utc)
    except (ValueError, OverflowError, OSError):
        moment = datetime.datetime.fromtimestamp(0, tz=datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
