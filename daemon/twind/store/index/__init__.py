"""Indexes over the stored content, which can be made again from it at any time."""
