"""The only description of the API: requests, replies, errors and routes.

Validation (msgspec), the OpenAPI document (:mod:`.openapi`) and the TypeScript types of the frontend all come from
the structs in this package. It imports nothing from the other rooms.

Conventions
-----------
- Times are ISO 8601 strings in UTC with a trailing ``Z``.
- Shas are full hexadecimal object names.
- A *folder* is a path inside the server root as Jupyter's contents API writes it (``""`` is the root).
- A *path id* names a file inside a work tree: the path's bytes, percent-encoded; see :class:`.paths.FilePath`.
- Line numbers are counted from 1.
"""
