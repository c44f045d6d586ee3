"""Screens of the terminal application, one a file."""
