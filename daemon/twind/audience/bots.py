"""Programs that say of themselves that nobody sits before them."""

import re

_DECLARED = re.compile(
    r"(?<!\bcu)bot(?![a-z])|crawl|spider|slurp|scrap(?:er|y)|archiver|fetcher|preview"
    r"|monitor|pingdom|uptime|lighthouse|validator|link ?check|facebookexternalhit"
    r"|mediapartners|googleother|phantomjs|nuclei|zgrab|masscan",
    re.IGNORECASE,
)
"""By the words that they use; Cubot is a maker of telephones."""


def is_bot(user_agent: str) -> bool:
    """Tell whether a program names itself a crawler, a previewer, a monitor or a scanner.

    Libraries such as `python-requests` are no bots: people's programs ask through the API.

    >>> is_bot("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    True
    >>> is_bot("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) Chrome/120.0 Mobile")
    False
    >>> is_bot("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    False
    """
    return _DECLARED.search(user_agent) is not None
