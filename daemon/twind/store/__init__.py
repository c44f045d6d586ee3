"""Everything that is kept: the only place that speaks SQL."""
