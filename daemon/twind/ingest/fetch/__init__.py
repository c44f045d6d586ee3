"""Where the bytes of a source come from: one file a kind of place."""
