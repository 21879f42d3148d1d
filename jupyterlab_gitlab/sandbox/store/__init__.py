"""The records of the sandbox, in SQLite, and the times they carry."""
