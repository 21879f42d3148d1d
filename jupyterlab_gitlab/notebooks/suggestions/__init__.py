"""Suggested changes: read from comments, and carried out on a notebook as a notebook.

GitLab refuses to apply suggestions to ``.ipynb`` files, since what it would write is JSON. Here a suggestion's text is
cell source, and its range means raw lines, each of which holds a source line.

* :mod:`.blocks`: the suggestion blocks of a comment.
* :mod:`.spans`: where in the bytes each string of each cell's source stands.
* :mod:`.edit`: lines replaced, in notebooks and other texts, every other byte as it was.
* :mod:`.live`: the same change in the source of an open notebook.
* :mod:`.applied`: what a comment says of suggestions that became a commit.
"""
