"""``/projects``, and what a merge request form asks: members, labels, templates."""

from __future__ import annotations

from ..services import projects
from .binding import remote

BINDINGS = (
    remote("get_project", lambda context, call: projects.get(context, call.params)),
    remote("list_members", lambda context, call: projects.members(context, call.params)),
    remote("list_labels", lambda context, call: projects.labels(context, call.params)),
    remote("list_milestones", lambda context, call: projects.milestones(context, call.params)),
    remote("list_templates", lambda context, call: projects.templates(context, call.params)),
)
