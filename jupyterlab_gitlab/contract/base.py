"""Base classes of every struct that crosses the wire.

msgspec does not inherit ``kw_only``, so each struct repeats it.
"""

from __future__ import annotations

import msgspec


class Reply(msgspec.Struct):
    """What the server answers. All fields are always present on the wire."""


class Params(msgspec.Struct, forbid_unknown_fields=True):
    """The query string of a request; values are converted from text by their type."""


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """The JSON body of a request."""
