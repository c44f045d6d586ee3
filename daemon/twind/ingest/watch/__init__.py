"""Folders that stay in step: events say where to look, and what is there is the truth."""
