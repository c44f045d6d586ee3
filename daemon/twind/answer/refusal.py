"""What a twin says instead of an answer: its owner's words, or the usual ones in its language."""

from dataclasses import replace

from twind.answer.courtesy import FALLBACK, Courtesy, courtesy_in, language_of
from twind.domain.answers import Answer, RefusalReason
from twind.domain.twins import Persona

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
_CIVIL = {
    Courtesy.GREETING: {
        "de": "Hallo! Ich antworte aus meinen Quellen und zeige, wo. Was möchtest du wissen?",
        "en": "Hello! I answer from my sources, and show where. What would you like to know?",
        "es": "¡Hola! Respondo con mis fuentes y muestro dónde. ¿Qué te gustaría saber?",
        "fr": "Bonjour ! Je réponds avec mes sources, en montrant où. Que voulez-vous savoir ?",
        "it": "Ciao! Rispondo con le mie fonti e mostro dove. Che cosa vuoi sapere?",
        "nl": "Hallo! Ik antwoord uit mijn bronnen en laat zien waar. Wat wil je weten?",
        "pt": "Olá! Respondo com as minhas fontes e mostro onde. O que gostaria de saber?",
    },
    Courtesy.THANKS: {
        "de": "Gern. Frag einfach weiter.",
        "en": "You are welcome. Ask me anything else that you would like to know.",
        "es": "De nada. Pregúntame lo que quieras.",
        "fr": "Je vous en prie. Posez-moi d'autres questions si vous voulez.",
        "it": "Prego. Chiedimi pure altro.",
        "nl": "Graag gedaan. Vraag gerust verder.",
        "pt": "De nada. Pergunte o que mais quiser.",
    },
}


def refuse(reason: RefusalReason, *, confidence: float = 0.0, support: float = 0.0) -> Answer:
    """Return the refusal for a reason, in the usual words."""
    return Answer(
        text=_USUAL[reason][FALLBACK],
        answered=False,
        confidence=confidence,
        support=support,
        refusal_reason=reason,
    )


def in_words_of(persona: Persona, question: str, refusal: Answer) -> Answer:
    """Return a refusal as a twin puts it: in its language, or else in that of the question.

    The owner's words are for what the sources do not answer; that there are no sources is said
    plainly, since it is for the owner to mend. A greeting is answered with one.
    """
    reason = refusal.refusal_reason
    if reason is None:
        return refusal
    courtesy = courtesy_in(question) if reason is RefusalReason.NO_EVIDENCE else None
    own = persona.greeting if courtesy is Courtesy.GREETING else persona.refusal
    if own and reason is RefusalReason.NO_EVIDENCE and courtesy is not Courtesy.THANKS:
        return replace(refusal, text=own)
    usual = _CIVIL[courtesy] if courtesy else _USUAL[reason]
    language = persona.language.partition("-")[0].lower() or language_of(question)
    return replace(refusal, text=usual.get(language, usual[FALLBACK]))
