"""The HTTP doors: decode a request, call one service in a worker thread, encode its reply. No logic lives here.

:mod:`.door` is all that is imported when the server starts; the rest loads with the first request.
"""
