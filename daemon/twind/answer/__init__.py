"""From passages that were found to an answer with citations, or a refusal."""
