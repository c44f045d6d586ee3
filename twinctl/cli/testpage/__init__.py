"""The page of `twinctl widget serve`: a small site of its own that has the widget on it."""
