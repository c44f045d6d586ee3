"""The daemon behind twinctl."""
