"""The owner's API on the UNIX socket."""
