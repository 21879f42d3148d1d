"""An embedded GitLab for the demo and the tests: REST v4 and git over HTTP on real bare repositories.

It binds to loopback only, keeps everything under one data directory (SQLite plus repositories) and has no web
interface. It shares no code with the rest of the package on purpose: its rules are an independent reading of
GitLab's behaviour, since a mistake made in both places would test as right.

Where things are: ``server`` starts and stops it, ``application`` is the HTTP door, ``routing`` turns requests into
calls, ``resources`` lists the modules that answer them, ``store`` and ``git`` keep the state.
"""
