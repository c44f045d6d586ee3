"""From a file to chunks in the index."""
