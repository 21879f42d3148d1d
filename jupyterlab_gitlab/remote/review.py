"""One merge request under review, as the services see it: its notes, and the pending ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..contract.discussions import Discussion, Note
    from ..contract.draft_notes import DraftNote, DraftNotes
    from ..contract.notes import AwardEmojis
    from ..contract.positions import NewPosition
    from ..notebooks.positions.ranges import LineRange
    from .scope import ProjectScope
    from .sending import Sent
    from .submitting import Check, Outcome


class GitLabReview:
    """Every method asks GitLab and may raise :class:`~..contract.errors.GitLabWorkflowError` (see
    :class:`.project.GitLabProject`).
    """

    def __init__(self, scope: ProjectScope, iid: int) -> None:
        self._scope = scope
        self._iid = iid

    def discussion(self, discussion_id: str) -> Discussion:
        """One thread. Raises ``not_found``."""
        from . import discussions

        return discussions.one(self._scope, self._iid, discussion_id)

    def commit(self, sha: str, message: str, files: Mapping[str, bytes]) -> tuple[str, str]:
        """The id of a commit on the source branch, which must be at *sha*, and the branch.

        Parameters
        ----------
        files: new contents by path. Raises ``head_moved``, ``gitlab_forbidden``.
        """
        from . import source_branch

        return source_branch.commit(self._scope, self._iid, sha, message, files)

    def made_before(self, sha: str, message: str) -> tuple[str, str] | None:
        """The commit on *sha* that an earlier :meth:`commit` made without an answer; null for none."""
        from . import source_branch

        return source_branch.made_before(self._scope, self._iid, sha, message)

    def apply_suggestions(self, ids: Sequence[int], message: str) -> tuple[str, str]:
        """Has GitLab apply suggestions for other files than notebooks; the commit's id and its branch."""
        from . import source_branch

        return source_branch.apply_suggestions(self._scope, self._iid, ids, message)

    def update_note(self, note_id: int, text: str) -> Note:
        """Another text. Only its author and Maintainers may (``gitlab_forbidden``)."""
        from . import notes

        return notes.update(self._scope, self._iid, note_id, text)

    def delete_note(self, note_id: int) -> None:
        """One that is gone already is no failure."""
        from . import notes

        notes.delete(self._scope, self._iid, note_id)

    def award_emoji(self, note_id: int) -> AwardEmojis:
        """Reactions to a note."""
        from . import award_emoji

        return award_emoji.listed(self._scope, self._iid, note_id)

    def give_award_emoji(self, note_id: int, name: str) -> AwardEmojis:
        """One that I have given already stays."""
        from . import award_emoji

        return award_emoji.give(self._scope, self._iid, note_id, name)

    def take_award_emoji(self, note_id: int, award_id: int) -> AwardEmojis:
        """One that is gone already is no failure."""
        from . import award_emoji

        return award_emoji.take(self._scope, self._iid, note_id, award_id)

    def draft_notes(self) -> DraftNotes:
        """My pending comments."""
        from . import draft_notes

        return draft_notes.listed(self._scope, self._iid)

    def create_draft_note(
        self,
        text: str,
        position: NewPosition | None = None,
        lines: LineRange | None = None,
        *,
        discussion_id: str | None = None,
        resolve: bool | None = None,
        sent: Sent | None = None,
    ) -> DraftNote:
        """See :func:`.draft_notes.create`: the position is not checked by GitLab."""
        from . import draft_notes

        return draft_notes.create(
            self._scope, self._iid, text, position, lines, discussion_id=discussion_id, resolve=resolve, sent=sent
        )

    def update_draft_note(self, draft_id: int, text: str) -> DraftNote:
        """Another text at the same place."""
        from . import draft_notes

        return draft_notes.update(self._scope, self._iid, draft_id, text)

    def delete_draft_note(self, draft_id: int) -> None:
        """One that is gone already is no failure."""
        from . import draft_notes

        draft_notes.delete(self._scope, self._iid, draft_id)

    def latest_note(self) -> int:
        """The id of the newest note, 0 if there is none."""
        from . import notes

        return notes.latest(self._scope, self._iid)

    def publish_draft_note(self, draft_id: int, check: Check) -> None:
        """Raises what keeps it from being published; it is still pending then."""
        from . import submitting

        submitting.publish_one(self._scope, self._iid, draft_id, check, self.latest_note())

    def publish_draft_notes(
        self, check: Check, state: str | None = None, *, since: int, again: bool = False
    ) -> Outcome:
        """Publishes all, and tells of those that could not be. See :func:`.submitting.publish_all`."""
        from . import submitting

        return submitting.publish_all(self._scope, self._iid, check, state, since, again=again)

    def takes_states(self) -> bool:
        """Whether this GitLab lets a review end with *requested changes* over its API."""
        from . import instance

        return instance.has(self._scope.client, instance.REVIEWER_STATE)

    def say(self, text: str, known_note: int | None = None) -> None:
        """Adds a single comment; not again if one of mine with this text came after *known_note*."""
        from . import notes

        notes.say(self._scope, self._iid, text, known_note)
