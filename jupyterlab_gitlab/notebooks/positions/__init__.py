"""Where comments stand: GitLab's line positions of a file's two versions, chosen, written and read back.

* :mod:`.ranges`: line codes and ranges of several lines.
* :mod:`.ladder`: which raw line a comment on a cell or an output hangs on.
* :mod:`.marker`: the hidden note in a comment's text that leads back to its cell.

Pure functions, like the rest of the notebook core.
"""
