"""Whether what a web server sent is content, or a page in its place.

Servers send challenges, consent walls, log-in pages and error pages with status 200. No single
piece of evidence decides: a page is rejected when it names itself as such a page, or is built
as one, *and* has hardly any prose. A long text is never rejected, whatever it speaks of.
"""

import re
from collections.abc import Callable

from twinctl.wire.codes import ErrorCode
from twind.domain.documents import Document
from twind.errors import ExtractionFailed
from twind.ingest.extract.html import parsed_page
from twind.ingest.extract.page_evidence import PageEvidence, evidence_of_page, evidence_of_text
from twind.ingest.extract.page_phrases import (
    CHALLENGE,
    CONSENT,
    CONSENT_CONTROL,
    ERROR,
    LOGIN,
    NO_SCRIPT,
    NOT_FOUND,
    PARKED,
    Phrases,
)

SAVE_HINT = "open it in your browser, save the page as a file and ingest the file"
ADDRESS_HINT = f"check the address; if it shows in your browser, {SAVE_HINT[8:]}"

_MIN_SIZE = 100
_SHORT = 300
_FEW = 700
_SOME = 1_500
_LONG_NOTICE = 5_000
_MAX_OWN_PAGE = 5_000
_CHALLENGE_MARKUP = re.compile(
    r"cf-(?:challenge|turnstile|browser-verification|error-details)|challenge-(?:form|running|stage)"
    r"|/cdn-cgi/challenge-platform/h/|challenges\.cloudflare\.com|px-captcha|captcha-delivery\.com"
    r"|_incapsula_resource|sec-if-cpt|ak-challenge|awswaf|aws-waf|gokuprops|geo\.captcha"
    r"|(?:g-re|h-|fun)?captcha|perimeterx|datadome|anubis|distil_|arkoselabs|geetest",
    re.IGNORECASE,
)
_PARKED_MARKUP = re.compile(
    r"sedoparking|parkingcrew|bodis\.com|parklogic|above\.com|dan\.com|afternic|hugedomains"
    r"|domain-?(?:for-?sale|parking)|skenzo|uniregistry|undeveloped\.com",
    re.IGNORECASE,
)
_OWN_PAGE = re.compile(
    r"welcome to (?:nginx|openresty|caddy)|default (?:web )?(?:site )?page|test page|iis windows"
)

_Rule = Callable[[PageEvidence], bool]


def check_page(data: bytes) -> None:
    """See that a page which a web server sent is content.

    Raises:
        ExtractionFailed: It is a page in place of content, or it is empty; the code says which.
    """
    evidence = evidence_of_page(parsed_page(data))
    _check(evidence)
    if evidence.size < _MIN_SIZE or _wants_script(evidence):
        raise _empty(evidence)


def check_text(document: Document) -> None:
    """See that a text which a web server sent is no message about an error.

    Raises:
        ExtractionFailed: It is one; the code says of which kind.
    """
    _check(evidence_of_text(document))


def _check(evidence: PageEvidence) -> None:
    for is_such, code, message, hint in _RULES:
        if is_such(evidence):
            raise ExtractionFailed(message, code=code, hint=hint)


def _wants_script(evidence: PageEvidence) -> bool:
    """Say whether the page shows little more than the request to run scripts."""
    is_short = evidence.prose < _SHORT and evidence.size < _FEW
    return is_short and bool(NO_SCRIPT.search(evidence.shown))


def _empty(evidence: PageEvidence) -> ExtractionFailed:
    message = "there is hardly any text on the page"
    if evidence.has_scripts or NO_SCRIPT.search(f"{evidence.needs_script} {evidence.shown}"):
        message = "the page shows its text only where JavaScript runs"
    return ExtractionFailed(message, code=ErrorCode.PAGE_EMPTY, hint=SAVE_HINT)


def _is_named(evidence: PageEvidence, phrases: Phrases) -> bool:
    return any(phrases.name.fullmatch(name) for name in evidence.names)


def _is_challenge(evidence: PageEvidence) -> bool:
    if evidence.prose >= _FEW or evidence.has_password:
        return False
    is_named = _is_named(evidence, CHALLENGE)
    is_built_so = bool(_CHALLENGE_MARKUP.search(evidence.markup))
    says_so = bool(CHALLENGE.saying.search(evidence.shown))
    if is_named + is_built_so + says_so > 1:
        return True
    if says_so:
        return evidence.prose < _SHORT and evidence.size < _SOME
    return (is_named and evidence.size < _SHORT) or (is_built_so and evidence.size < _MIN_SIZE)


def _is_not_found(evidence: PageEvidence) -> bool:
    if not _is_named(evidence, NOT_FOUND):
        return evidence.size < _SHORT and bool(NOT_FOUND.saying.search(evidence.shown[:_SHORT]))
    says_so = bool(NOT_FOUND.saying.search(evidence.shown[:_SOME]))
    return evidence.prose < (_SOME if says_so else _SHORT)


def _is_error(evidence: PageEvidence) -> bool:
    if any(_OWN_PAGE.search(name) and ERROR.name.fullmatch(name) for name in evidence.names):
        return evidence.prose < _MAX_OWN_PAGE
    if evidence.size >= _SOME:
        return False
    says_so = bool(ERROR.saying.search(evidence.shown))
    if _is_named(evidence, ERROR):
        return evidence.prose < (_FEW if says_so else _SHORT)
    return says_so and evidence.size < _SHORT


def _is_login(evidence: PageEvidence) -> bool:
    if evidence.prose >= _FEW or evidence.size >= 2 * _SOME:
        return False
    is_named = _is_named(evidence, LOGIN)
    says_so = bool(LOGIN.saying.search(evidence.shown))
    if evidence.has_password:
        return is_named or says_so or evidence.prose < _SHORT
    if is_named and says_so:
        return True
    return (says_so or (is_named and evidence.has_field)) and evidence.prose < _SHORT


def _is_consent(evidence: PageEvidence) -> bool:
    if evidence.other_prose >= _SHORT or evidence.has_article or evidence.has_password:
        return False
    if evidence.has_notice:
        return evidence.size < _MIN_SIZE
    if evidence.size >= _LONG_NOTICE or not CONSENT.saying.search(evidence.shown):
        return False
    if any(CONSENT_CONTROL.fullmatch(control) for control in evidence.controls):
        return True
    return _is_named(evidence, CONSENT) and evidence.size < _SOME


def _is_parked(evidence: PageEvidence) -> bool:
    if evidence.prose >= _FEW:
        return False
    says_so = bool(PARKED.saying.search(evidence.shown[:_SOME]))
    if _is_named(evidence, PARKED) or _PARKED_MARKUP.search(evidence.markup):
        return says_so
    return says_so and evidence.size < _SHORT


_RULES: tuple[tuple[_Rule, ErrorCode, str, str], ...] = (
    (
        _is_challenge,
        ErrorCode.PAGE_CHALLENGE,
        "the site asks for a proof that a person reads it",
        SAVE_HINT,
    ),
    (_is_not_found, ErrorCode.PAGE_NOT_FOUND, "the site says it has no such page", ADDRESS_HINT),
    (
        _is_parked,
        ErrorCode.PAGE_NOT_FOUND,
        "the site is gone: its domain is for sale",
        ADDRESS_HINT,
    ),
    (_is_error, ErrorCode.PAGE_ERROR, "the server sent a message in place of the page", SAVE_HINT),
    (_is_consent, ErrorCode.PAGE_CONSENT, "the site shows only a question for consent", SAVE_HINT),
    (_is_login, ErrorCode.PAGE_LOGIN, "the site shows only a form to log in", SAVE_HINT),
)
