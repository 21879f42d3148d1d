"""The draft state of a merge request, which GitLab keeps in its title.

The prefixes are those of ``app/models/concerns/…`` as the user documentation lists them: ``Draft:``, ``[Draft]`` and
``(Draft)``, in any case (https://docs.gitlab.com/user/project/merge_requests/drafts/).
"""

from __future__ import annotations

import re

_PREFIX = re.compile(r"\s*(?:draft:|\[draft\]|\(draft\))\s*", re.IGNORECASE)


def without_draft(title: str) -> str:
    """*title* without its draft prefixes. A title of nothing else stays as it is."""
    rest = title
    while (match := _PREFIX.match(rest)) is not None and match.end() < len(rest):
        rest = rest[match.end() :]
    return rest.strip()


def with_draft(title: str, draft: bool) -> str:
    """*title* with exactly the prefix that *draft* asks for."""
    plain = without_draft(title)
    return f"Draft: {plain}" if draft else plain
