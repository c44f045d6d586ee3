"""The daemon, seen from outside: its routes, its streams, starting and stopping it."""
