"""Pictures of users and projects: kept as files, served without sign-in like GitLab's."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ..instance import Instance
from ..rest.bodies import Upload
from ..rest.errors import ApiError

Kind = Literal["user", "project"]

_ENDINGS = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".ico", ".webp"}
_LIMIT = 200 * 1024


def _folder(instance: Instance, kind: Kind, key: int) -> Path:
    return instance.data / "avatars" / kind / str(key)


def save(instance: Instance, kind: Kind, key: int, sent: object) -> str | None:
    """Keep a picture, or (for an empty value) take it away; what goes into the ``avatar`` column.

    Raises:
        ApiError: 400 when it is no picture, or too large.
    """
    folder = _folder(instance, kind, key)
    if isinstance(sent, Upload):
        name = Path(sent.filename).name
        if Path(name).suffix.lower() not in _ENDINGS or len(sent.content) > _LIMIT:
            raise ApiError(400, {"avatar": ["is invalid"]})
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "picture").write_bytes(sent.content)
        return name
    (folder / "picture").unlink(missing_ok=True)
    return None


def read(instance: Instance, kind: Kind, key: int, name: str) -> bytes | None:
    """The picture at an address that was given out; None when it is there no more."""
    row = instance.store.row(f"SELECT avatar FROM {kind}s WHERE id = ?", key)
    if row is None or row["avatar"] != name:
        return None
    return (_folder(instance, kind, key) / "picture").read_bytes()


def address(instance: Instance, kind: Kind, key: int, name: str) -> str:
    """Where a picture is served."""
    return f"{instance.url}/uploads/-/system/{kind}/avatar/{key}/{name}"
