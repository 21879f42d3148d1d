"""Repositories as the API and git over HTTP show and change them."""
