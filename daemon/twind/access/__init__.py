"""Who may do what: keys, origins, limits, sessions, share links."""
