"""Who asked, what, and what went unanswered."""
