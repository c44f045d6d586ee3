"""Child processes: work that is heavy or may die runs outside the daemon."""
