"""twinctl: a twin that answers from your own documents only."""

__version__ = "0.1.0"
