"""Texts on their way to GitLab: those for one place leave one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from ..contract.deliveries import Delivery
from ..remote import Sent


class Sends:
    """Has a text wait for an earlier one to the same place.

    A page that was closed while GitLab had not answered yet sends its text again when it is back, and the first request
    may still be under way then: looking for the text is of use only after that one has ended. Thread-safe.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._places: WeakValueDictionary[Hashable, _Place] = WeakValueDictionary()

    @contextmanager
    def turn(self, place: Hashable) -> Iterator[None]:
        """Waits until nothing else is being sent to *place*; that is as long at most as GitLab may take to answer."""
        with self._guard:
            found = self._places.get(place)
            if found is None:
                found = self._places[place] = _Place()
        with found.lock:
            yield


class _Place:
    """A lock that is forgotten with the last one who waits for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


def sent(delivery: Delivery | None, compose: Callable[[str], str] = str) -> Sent | None:
    """What the page knows of earlier tries, null if it says nothing of them.

    Parameters
    ----------
    compose: makes of a text what is sent to GitLab.
    """
    if delivery is None:
        return None
    return Sent(delivery.known, tuple(compose(text) for text in delivery.tried))
