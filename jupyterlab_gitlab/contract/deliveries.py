"""How a text reaches GitLab once, though answers get lost."""

from __future__ import annotations

from .base import Body


class Delivery(Body, kw_only=True):
    """What the page knows of a text that it sends, perhaps not for the first time.

    *known*: the newest note (for a pending comment: the newest pending comment) that the page knew when the text was
    first sent, 0 for none. *tried*: the text as earlier tries sent it, of which it is not known what became. GitLab is
    asked for them first: if one is there, it gets the new text where that differs, and nothing is sent again.
    """

    known: int
    tried: list[str] = []
