"""File formats, by suffix. No imports: both sides start fast."""

FOLDER_SUFFIXES = frozenset(
    {
        *(".txt", ".text", ".md", ".markdown", ".rst", ".srt", ".vtt"),
        *(".html", ".htm", ".xhtml", ".xml", ".epub", ".eml", ".mbox"),
        *(".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".rtf"),
        *(".csv", ".tsv", ".json", ".ipynb"),
    }
)
"""What is taken from a folder; a file that is named itself is always tried."""
