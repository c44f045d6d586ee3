"""Colours: dark and light, both with contrast enough to read on any terminal."""

from textual.theme import Theme

DARK = Theme(
    name="twin-dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#d7af5f",
    success="#87af5f",
    warning="#d7af5f",
    error="#e07070",
    foreground="#dcdcdc",
    background="#161616",
    surface="#1e1e1e",
    panel="#2a2a2a",
    dark=True,
    variables={"text-primary-on": "#101010", "error-on": "#101010", "faint": "#9a9a9a"},
)

LIGHT = Theme(
    name="twin-light",
    primary="#005f87",
    secondary="#3a6b6b",
    accent="#8a5a00",
    success="#2f6b1f",
    warning="#8a5a00",
    error="#b00020",
    foreground="#1c1c1c",
    background="#fbfbfb",
    surface="#f2f2f2",
    panel="#e4e4e4",
    dark=False,
    variables={"text-primary-on": "#ffffff", "error-on": "#ffffff", "faint": "#5f5f5f"},
)
