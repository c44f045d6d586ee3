"""How a table of contents is called."""

import re

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|contenido"
    r"|[ií]ndice|sommario|sumário|inhoud(?:sopgave)?",
    re.IGNORECASE,
)


def names_contents(line: str) -> bool:
    """Tell whether a line says that what follows is the table of contents."""
    return _CONTENTS.fullmatch(line.strip()) is not None
