"""The command line: one file a command group; `output` alone writes to the terminal."""
