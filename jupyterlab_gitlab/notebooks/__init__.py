"""The notebook core: pure functions from bytes to values, with no I/O.

It knows neither git repositories nor GitLab nor Tornado; it imports only the contract. :func:`.diff.diff_files` is the
way in. Nothing here raises on any input: what can't be read as a notebook is compared as text, with the reason why.
"""
