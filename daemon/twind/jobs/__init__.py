"""Background work: a loop that claims jobs, runs their handlers and settles them."""
