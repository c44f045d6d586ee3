"""Models: where they lie and the children they run in."""
