"""The contract as values: what travels between the command line and the daemon."""
