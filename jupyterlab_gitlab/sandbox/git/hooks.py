"""The hooks that repositories run, the same for all of them."""

from __future__ import annotations

NO_FORCE = "You are not allowed to force push code to a protected branch on this project."

# Runs inside git's quarantine, the only place where the new commits can be seen before the push is accepted. Which
# refs must not be rewound is decided in Python and handed over by name. A shell is at hand wherever git runs hooks.
PRE_RECEIVE = f"""#!/bin/sh
[ -n "$SANDBOX_NO_FORCE" ] || exit 0
while read -r old new ref; do
    case "$SANDBOX_NO_FORCE" in *" $ref "*) ;; *) continue ;; esac
    git merge-base --is-ancestor "$old" "$new" && continue
    echo "GitLab: {NO_FORCE}" >&2
    exit 1
done
exit 0
"""

# What GitLab tells whoever pushes; chosen in Python before the push
POST_RECEIVE = """#!/bin/sh
[ -z "$SANDBOX_MESSAGE" ] || printf '%s\\n' "$SANDBOX_MESSAGE" >&2
"""

HOOKS = {"pre-receive": PRE_RECEIVE, "post-receive": POST_RECEIVE}
"""File name to script, written to the data directory at every start."""
