"""XML that somebody else made: parsed without entities, files or network."""

from lxml import etree


def parse_xml(data: bytes) -> etree._Element:
    """Return the root element; entities stay unresolved and nothing is fetched.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well formed, or too deep or too large.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def local_name(element: etree._Element) -> str:
    """Return the name without its namespace; empty for an unresolved entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def all_text(element: etree._Element, *, between: str = "") -> str:
    """Return the text in an element with single spaces; `between` parts that of its children."""
    return " ".join(between.join(map(str, element.itertext())).split())


def first_text(root: etree._Element, name: str) -> str | None:
    """Return the text of the first element of this local name, None without one."""
    found = root.find(f".//{{*}}{name}")
    return (all_text(found) or None) if found is not None else None
