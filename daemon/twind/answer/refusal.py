"""What a twin says instead of an answer: its owner's words, or the usual ones in its language."""

from dataclasses import replace

from twind.domain.answers import Answer, RefusalReason
from twind.domain.twins import Persona

_FALLBACK = "en"
_USUAL = {
    RefusalReason.NO_SOURCES: {
        "de": "Ich habe noch keine Quellen, aus denen ich antworten kann.",
        "en": "I have no sources to answer from yet.",
        "es": "Todavía no tengo fuentes con las que responder.",
        "fr": "Je n'ai pas encore de sources pour répondre.",
        "it": "Non ho ancora fonti da cui rispondere.",
        "nl": "Ik heb nog geen bronnen om uit te antwoorden.",
        "pt": "Ainda não tenho fontes para responder.",
    },
    RefusalReason.NO_EVIDENCE: {
        "de": "Meine Quellen sagen nicht genug, um das zu beantworten.",
        "en": "My sources do not say enough to answer that.",
        "es": "Mis fuentes no dicen lo suficiente para responder a eso.",
        "fr": "Mes sources n'en disent pas assez pour répondre à cela.",
        "it": "Le mie fonti non dicono abbastanza per rispondere.",
        "nl": "Mijn bronnen zeggen niet genoeg om dat te beantwoorden.",
        "pt": "As minhas fontes não dizem o suficiente para responder a isso.",
    },
}


def refuse(reason: RefusalReason, *, confidence: float = 0.0, support: float = 0.0) -> Answer:
    """Return the refusal for a reason, in the usual words."""
    return Answer(
        text=_USUAL[reason][_FALLBACK],
        answered=False,
        confidence=confidence,
        support=support,
        refusal_reason=reason,
    )


def in_words_of(persona: Persona, refusal: Answer) -> Answer:
    """Return a refusal as a twin puts it.

    The owner's words are for what the sources do not answer; that there are no sources is said
    plainly, since it is for the owner to mend.
    """
    reason = refusal.refusal_reason
    if reason is None:
        return refusal
    if persona.refusal and reason is RefusalReason.NO_EVIDENCE:
        return replace(refusal, text=persona.refusal)
    usual = _USUAL[reason]
    language = persona.language.partition("-")[0].lower()
    return replace(refusal, text=usual.get(language, usual[_FALLBACK]))
