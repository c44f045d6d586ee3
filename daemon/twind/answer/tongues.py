"""The small words by which a question shows that it leans on what was said before.

English first; of German, French and Spanish the simple forms.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What is needed of a language to see and to complete a question that leans.

    Attributes:
        lead: What ties a question to the one before it, as "and".
        about: What introduces a new subject for the old question, as "what about".
        more: Whole requests for more of the same.
        why: Whole questions for the reason, time or place of what was said.
        asking: A question word or phrase, at the beginning.
        auxiliary: Verbs that make a question of a clause.
        person: Pronouns for one person.
        many: Pronouns for several.
        thing: Pronouns for a thing or a fact.
        place: Words for a place named before.
        owning: Those of the pronouns that tell whose something is.
        determiner: Words that begin a noun phrase.
        preposition: Words that tie one phrase to another.
        conjunction: Words that begin a clause within a question.
        possessive: How a name is written in the place of an owning pronoun; None where that
            cannot be done without knowing more grammar.
    """

    lead: re.Pattern[str]
    about: re.Pattern[str]
    more: re.Pattern[str]
    why: re.Pattern[str]
    asking: re.Pattern[str]
    auxiliary: re.Pattern[str]
    person: re.Pattern[str]
    many: re.Pattern[str]
    thing: re.Pattern[str]
    place: re.Pattern[str]
    owning: re.Pattern[str]
    determiner: re.Pattern[str]
    preposition: re.Pattern[str]
    conjunction: re.Pattern[str]
    possessive: str | None


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def _begins(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"[¿¡\s]*(?:{'|'.join(alternatives)})(?!\w)[\s,]*", re.IGNORECASE)


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"[¿¡\s]*(?:{'|'.join(alternatives)})[\s?!.]*", re.IGNORECASE)


_POINTS_BACK = tuple(
    rf"(?<=\b{word} )(?:this|that)(?= *[?.,!]| *$"
    r"| (?:be|happen|cost|mean|work|change|matter|take|compare|apply|include|look|called|done)\b)"
    for word in (
        *("is", "was", "are", "were", "does", "did", "has", "had", "can", "will", "would", "do"),
        *("could", "should", "might", "may", "must"),
        *("after", "before", "about", "of", "like", "for", "with", "since", "than", "from"),
        *("to", "at", "in", "by", "on", "until"),
    )
)

ENGLISH = Tongue(
    lead=_begins(
        r"(?:(?:no|sorry|oh|well)[ ,]+){0,2}(?:i|what i) meant?(?: was| to ask)?",
        *("and then", "and also", "and", "but", "so", "ok(?:ay)?", "also"),
    ),
    about=_begins("what about", "how about", "what of", "same for", "the same for"),
    more=_whole(
        r"(?:please )?(?:tell|show|give) me (?:some )?more(?: (?:about|on) (?:it|that|this))?",
        r"(?:can|could) you (?:elaborate|explain|expand)(?: (?:on )?(?:it|that|this))?",
        r"(?:what|anything|something) (?:else|more)(?: (?:about|on) (?:it|that|this))?",
        r"go on|continue|more(?: details?)?|elaborate|explain(?: that| it)?|for example",
        r"(?:give me )?an example|such as|what do you mean(?: by that)?|(?:what|how) about it",
    ),
    why=_whole(
        r"(?:why|how come)(?: (?:is|was|did|does) (?:that|this|it)(?: so| happen)?)?",
        r"(?:when|where) (?:is|was|did) (?:that|this)(?: happen)?",
    ),
    asking=_begins(
        r"(?:by|to|for|with|from|of|in|on|at|since|until) (?:when|whom|who|what|where|which)",
        r"(?:(?:by|after|for|in|within|at|to) )?how (?:many|much|long ago|long|old|tall|large|big"
        r"|far|high|deep|fast|wide|heavy|often|late|early|soon|thick|strong|expensive)",
        r"what (?:for|kind of|sort of|time|year|colou?r)|which year",
        r"who|whom|whose|what|which|when|where|why|how",
    ),
    auxiliary=_words(
        r"is|are|was|were|has|have|had|can|could|will|would|shall|should|may|might|must|do|does"
        r"|did|(?:is|are|was|were|has|have|had|could|would|should|do|does|did|must)n['’]t"  # noqa: RUF001
        r"|can['’]t|won['’]t"  # noqa: RUF001
    ),
    person=_words("he", "she", "him", "her", "his", "hers", "himself", "herself"),
    many=_words(
        *("they", "them", "their", "theirs", "themselves", "ones"),
        *(
            rf"(?<=\b{word} )one(?= *[?.!]| *$)"
            for word in ("is", "of", "for", "get", "with", "to")
        ),
    ),
    thing=_words("its?", "itself", r"the (?:former|latter)(?= *[?.!,]| *$)", *_POINTS_BACK),
    place=_words(
        r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bhas )(?<!\bwill )there"
        r"(?! (?:is|are|was|were|be|been|has|have|will|any|no|a)\b)",
        r"there(?= *[?.!]| *$)",
    ),
    owning=_words("his", r"her(?= [\w'-]+)", "its", "their", "theirs", "hers"),
    determiner=_words(
        *("the", "an?", "my", "our", "your", "his", "her", "its", "their", "two", "three", "four"),
        *("five", "six", "several", "all", "both"),
    ),
    preposition=_words(
        *("of", "at", "in", "on", "for", "from", "to", "with", "by", "during", "under", "after"),
        *("before", "between", "near", "without", "about", "over", "into", "since", "until"),
        *("per", "through", "as"),
    ),
    conjunction=_words(
        *("when", "while", "because", "if", "that", "and", "after", "before", "so", "although"),
        *("until", "unless", "which", "who", "whose", "where", "once", "since", "than", "as"),
    ),
    possessive="{}'s",
)

GERMAN = Tongue(
    lead=_begins(
        "(?:nein[ ,]+)?ich meinte?", "und auch", "und dann", "und", "aber", "also", "auch", "oder"
    ),
    about=_begins("was ist mit", "wie ist es mit", "wie steht es (?:um|mit)", "wie sieht es mit"),
    more=_whole(
        r"(?:bitte )?(?:erzähl|sag)e?n?(?: sie)? mir mehr(?: (?:darüber|davon))?",
        r"mehr(?: darüber| davon)?|weiter|zum beispiel|was noch|und sonst|genauer",
    ),
    why=_whole(
        "(?:warum|wieso|weshalb)(?: (?:ist|war) (?:das|es)(?: so)?)?",
        "(?:wann|wo) (?:war|ist) das",
    ),
    asking=_begins(
        "(?:seit|bis|ab) wann|(?:von|mit|bei|für) (?:wem|wen)",
        "wie (?:viele?|lange|oft|hoch|groß|alt|weit|tief|schnell|teuer|breit|schwer)",
        "wer|wen|wem|wessen|was|wann|wo|wohin|woher|warum|wieso|weshalb|wie|womit|wodurch",
        "welche[rsmn]?",
    ),
    auxiliary=_words(
        "ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|können|konnte"
        "|konnten|soll|muss|darf|gibt|gab"
    ),
    person=_words("er", "sie", "ihn", "ihm", "ihr(?:e[rsmn]?)?", "sein(?:e[rsmn]?)?", "ihnen"),
    many=_words("denen", "deren"),
    thing=_words(
        *("(?<!gibt )(?<!gab )es(?! (?:gibt|gab))", "das(?= *[?.!]| *$)", "davon", "dafür"),
        *("damit", "daran", "darin", "darüber", "danach", "deshalb"),
    ),
    place=_words("dort", "dorthin", "da(?= *[?.!]| *$)"),
    owning=_words("ihr(?:e[rsmn]?)?(?= [A-ZÄÖÜ])", "sein(?:e[rsmn]?)?(?= [A-ZÄÖÜ])"),
    determiner=_words(
        "der|die|das|den|dem|des|ein|eine[rsmn]?|mein|unser|sein|ihr|dies(?:er|e|es|em|en)"
    ),
    preposition=_words(
        "von|vom|in|im|an|am|auf|für|mit|nach|zu|zum|zur|bei|beim|aus|über|unter|vor|seit|bis"
        "|um|während|ohne|durch|gegen|pro"
    ),
    conjunction=_words("als|während|weil|wenn|dass|und|nachdem|bevor|die|der|das|ob|damit|da"),
    possessive=None,
)

FRENCH = Tongue(
    lead=_begins(
        "(?:non[ ,]+)?je voulais dire", "et puis", "et aussi", "et", "mais", "alors", "ou"
    ),
    about=_begins("qu['’]en est-il (?:de|du|des)", "pareil pour", "et pour"),  # noqa: RUF001
    more=_whole(
        r"(?:dis|dites|raconte[zr]?)[ -]m['’]en plus|plus de détails|continue[zr]?",  # noqa: RUF001
        r"par exemple|quoi d['’]autre|et encore",  # noqa: RUF001
    ),
    why=_whole("pourquoi(?: (?:ça|cela))?"),
    asking=_begins(
        "(?:depuis|jusqu'à) quand|(?:par|avec|pour|à|de) qui|en quelle année",
        "combien(?: de temps)?|qui|que|quoi|quand|où|pourquoi|comment|quel(?:le)?s?",
    ),
    auxiliary=_words(
        "est|sont|était|étaient|a|ont|avait|avaient|fut|furent|peut|peuvent|sera|seront|fait"
        "|est-ce|y a-t"
    ),
    person=re.compile(
        r"-t-(?:elle|il)\b|(?<=\w)-(?:elle|il)\b(?! (?:possible|de|du|des)\b)"
        r"|(?<![\w-])(?:elle|lui|il(?! (?:y|faut|existe)\b)|son|sa|ses)(?!\w)",
        re.IGNORECASE,
    ),
    many=re.compile(
        r"-t-(?:elles|ils)\b|(?<=\w)-(?:elles|ils)\b|(?<![\w-])(?:elles|ils|eux|leurs?)(?!\w)",
        re.IGNORECASE,
    ),
    thing=_words("ça", "cela", "ceci"),
    place=_words("là-bas", "là"),
    owning=_words("son", "sa", "ses", "leurs?"),
    determiner=_words("le", "la", "les", "un", "une", "des", "du", "mon", "notre", "ce", "cette"),
    preposition=_words(
        "de|du|des|à|au|aux|en|dans|sur|pour|par|avec|sans|depuis|pendant|vers|chez|sous"
    ),
    conjunction=_words("quand|lorsque|parce|si|que|et|qui|dont|où|comme|après|avant"),
    possessive=None,
)

SPANISH = Tongue(
    lead=_begins(
        "(?:no[ ,]+)?(?:quería|quise) decir", "y también", "y", "e", "pero", "entonces", "o"
    ),
    about=_begins("qué (?:tal|hay de|pasa con)", "y para"),
    more=_whole(
        r"(?:dime|cuéntame|explícame) más(?: sobre eso)?|más(?: detalles)?|continúa|sigue",
        r"por ejemplo|qué más|algo más",
    ),
    why=_whole("por qué(?: (?:es|fue) (?:eso|así))?", "(?:cuándo|dónde) fue eso"),
    asking=_begins(
        "(?:desde|hasta) cuándo|(?:por|con|para|a|de) quién|en qué año|por qué|para qué",
        "cuánt[oa]s?|quién(?:es)?|qué|cuándo|dónde|cómo|cuál(?:es)?",
    ),
    auxiliary=_words(
        "es|son|era|eran|fue|fueron|está|están|ha|han|había|hay|puede|pueden|tiene|será|se"
    ),
    person=_words("él", "ella", "sus?"),
    many=_words("ellos", "ellas"),
    thing=_words("ello", "eso", "esto"),
    place=_words("allí", "allá", "ahí"),
    owning=_words("sus?"),
    determiner=_words("el", "la", "los", "las", "un", "una", "unos", "unas", "mi", "nuestr[oa]"),
    preposition=_words("de|del|a|al|en|con|por|para|sobre|sin|desde|hasta|durante|entre|según"),
    conjunction=_words("cuando|porque|si|que|y|mientras|donde|como|antes|después"),
    possessive=None,
)

_TELLING: tuple[tuple[Tongue, re.Pattern[str]], ...] = (
    (
        GERMAN,
        re.compile(
            r"\b(?:wer|wen|wem|wessen|wann|wo|woher|wohin|warum|wieso|weshalb|wie|welche[rsmn]?|und"
            r"|ist|sind|der|das|ein|eine[rsmn]?|hat|haben|wurde|wird|nicht|mit|von|für|gibt|sie|er"
            r"|im|am)\b",
            re.IGNORECASE,
        ),
    ),
    (
        FRENCH,
        re.compile(
            r"\b(?:qui|que|quoi|quand|où|pourquoi|comment|combien|quel(?:le)?s?|et|est|sont|le|les"
            r"|des|du|une|elle|ont|dans|pour|avec|par|en)\b",
            re.IGNORECASE,
        ),
    ),
    (
        SPANISH,
        re.compile(
            r"[¿¡]|\b(?:quién|qué|cuándo|dónde|cómo|cuánt[oa]s?|cuál(?:es)?|y|el|los|las|fue|del"
            r"|una|ella|para|con|por|en|es|está|hay)\b",
            re.IGNORECASE,
        ),
    ),
    (
        ENGLISH,
        re.compile(
            r"\b(?:the|who|what|which|when|where|why|how|and|is|are|was|were|did|does|do|of|to|in"
            r"|for|with|from|about|she|he|it|they|can|an?)\b",
            re.IGNORECASE,
        ),
    ),
)


def tongue_of(text: str) -> Tongue:
    """Return the language most of whose small words stand in a text; English if none leads."""
    counts = [(len(telling.findall(text)), tongue) for tongue, telling in _TELLING]
    best = max(count for count, _ in counts)
    return next(tongue for count, tongue in reversed(counts) if count == best)
