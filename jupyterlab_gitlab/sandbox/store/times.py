"""Times as GitLab writes them: records in UTC with milliseconds and ``Z``, commits with their own offset."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone


def now() -> str:
    """The present moment as ``2024-09-27T08:43:46.891Z``."""
    return utc(datetime.now(timezone.utc))


def utc(moment: datetime) -> str:
    """``moment`` (aware) in GitLab's form for records."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def commit_time(seconds: int, offset: str) -> str:
    """A commit's time, from git's raw form (``1574797119``, ``+0100``), as ``2019-11-26T20:38:39.000+01:00``."""
    sign = -1 if offset.startswith("-") else 1
    minutes = sign * (int(offset[1:3]) * 60 + int(offset[3:5]))
    try:
        moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    except (OverflowError, ValueError, OSError):  # git stores any number; GitLab shows the epoch for nonsense
        moment = datetime.fromtimestamp(0, timezone.utc)
    return moment.isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """An ISO 8601 date or time (``Z`` allowed, UTC when it says nothing).

    Raises:
        ValueError: ``text`` is neither.
    """
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def today() -> str:
    """The present UTC date as ``YYYY-MM-DD``."""
    return datetime.now(timezone.utc).date().isoformat()


def is_date(text: str) -> bool:
    """Whether ``text`` is ``YYYY-MM-DD``."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
