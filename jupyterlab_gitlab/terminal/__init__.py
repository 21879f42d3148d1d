"""Diffs in a terminal."""
