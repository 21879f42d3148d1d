"""``/merge-requests``."""

from __future__ import annotations

from ..services import check_outs, merge_request_files, merge_requests, viewed
from .binding import remote

BINDINGS = (
    remote("list_merge_requests", lambda context, call: merge_requests.listed(context, call.params)),
    remote("count_merge_requests", lambda context, call: merge_requests.counts(context, call.params)),
    remote("create_merge_request", lambda context, call: merge_requests.create(context, call.params, call.body)),
    remote("get_merge_request", lambda context, call: merge_requests.get(context, call.params, call.arguments["iid"])),
    remote(
        "update_merge_request",
        lambda context, call: merge_requests.update(context, call.params, call.arguments["iid"], call.body),
    ),
    remote(
        "list_merge_request_files",
        lambda context, call: merge_request_files.listed(context, call.params, call.arguments["iid"], call.cancel),
    ),
    remote(
        "list_merge_request_commits",
        lambda context, call: merge_requests.commits(context, call.params, call.arguments["iid"]),
    ),
    remote("list_versions", lambda context, call: merge_requests.versions(context, call.params, call.arguments["iid"])),
    remote(
        "approve", lambda context, call: merge_requests.approve(context, call.params, call.arguments["iid"], call.body)
    ),
    remote("unapprove", lambda context, call: merge_requests.unapprove(context, call.params, call.arguments["iid"])),
    remote("merge", lambda context, call: merge_requests.merge(context, call.params, call.arguments["iid"], call.body)),
    remote(
        "cancel_auto_merge",
        lambda context, call: merge_requests.cancel_auto_merge(context, call.params, call.arguments["iid"]),
    ),
    remote("rebase", lambda context, call: merge_requests.rebase(context, call.params, call.arguments["iid"])),
    remote(
        "list_commit_files",
        lambda context, call: merge_request_files.of_commit(
            context, call.params, call.arguments["iid"], call.arguments["sha"], call.cancel
        ),
    ),
    remote("list_viewed", lambda context, call: viewed.listed(context, call.params, call.arguments["iid"])),
    remote("set_viewed", lambda context, call: viewed.put(context, call.params, call.arguments["iid"], call.body)),
    remote("get_check_out", lambda context, call: check_outs.get(context, call.params, call.arguments["iid"])),
    remote(
        "check_out",
        lambda context, call: check_outs.check_out(context, call.params, call.arguments["iid"], call.cancel),
    ),
)
