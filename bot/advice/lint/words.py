"""The words that Bob does not use, and why. Lists are meant to grow: one line, one word or expression."""

from __future__ import annotations

import re


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


FORBIDDEN_TONE = {
    "fr": _any_of(
        "dommage", "raté", "ratée", "ratés", "ratées", "ratez", "rater", "rates", "déçue?s?", "décevante?s?",
        "honte", "(?:vous n'avez|tu n'as) (?:toujours )?pas encore", "il faut", "il faudrait", "vous devez",
        "tu dois", "vous devriez", "tu devrais", "vous auriez dû", "tu aurais dû", "paresse", "garantie?s?",
        "sans faute", "forcément", "c'est facile", "c'est simple", "il suffit",
    ),
    "en": _any_of(
        "shame", "should have", "you should", "you must", "you have to", "you need to", "guaranteed?",
        "failed", "failure", "lazy", "it's easy", "disappoint\\w*",
    ),
}  # fmt: skip
"""Guilt, orders and promises."""

JARGON = {
    "fr": _any_of(
        "réseaute[rz]?", "networking", "soft skills?", "hard skills?", "pitch\\w*", "booste[rz]?",
        "mindset", "personal branding", "employabilité", "sourcing", "elevator pitch", "savoir-être",
        "proactivité", "proactifs?", "proactives?", "feedbacks?", "reporting", "deadlines?", "asap",
    ),
    "en": _any_of(
        "networking", "soft skills?", "hard skills?", "pitch\\w*", "mindset", "personal brand\\w*",
        "employability", "leverag\\w+", "proactive\\w*", "touch base", "elevator pitch", "synerg\\w+",
    ),
}  # fmt: skip

VAGUE_FIRST_VERBS = {
    "fr": re.compile(
        r"(?:amélior|développ|optimis|boost|consult|réfléchi|soigne|valoris|dynamis)\w*\b"
        r"|travaill\w* sur\b|pense[rz]?\b|inform(?:ez-vous|e-toi)\b|s'informer\b|garde[rz]? espoir"
        r"|reste[rz]? (?:positi|motiv|optimis|confian|actif|active)\w*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:improve|develop|optimi[sz]e|boost|enhance|consider|consult|think about|think of|work on"
        r"|look into|stay (?:positive|motivated|active|confident)|be more|learn about|find out about)\b",
        re.IGNORECASE,
    ),
}
"""Verbs that tell nobody what to do, when they open a text."""

OPENS_WITH_VERB = re.compile(r"\{|\w+(?:er|ir|re)\b", re.IGNORECASE)
"""A French text starts with an imperative in both forms, or with an infinitive."""

# The person's own adjectives and participles, after "vous êtes", "je suis" and the like.
_BEING = (
    r"(?:(?:je|j'|vous|tu|te|me|m'|t')\s*(?:vous |te |me |t'|m')?"
    r"(?:serai|serais|seriez|serez|seras|suis|êtes|es|étais|étiez|sois|soyez|sens|sentez|reste|restez)"
    r"|(?:vous |te |t'|se |s'|me |m'|d'|à |pour )être|(?:vous |te |se |me )(?:sentir|sentez|sens))"
)
_ADVERBS = (
    r"(?:\s(?:pas|plus|très|bien|toujours|déjà|vraiment|tout|toute|aussi|assez|encore|trop|vivement|fort|parfois"
    r"|souvent|ici|également|particulièrement|actuellement|jamais|moins|un peu)\b)*+"
)
_AGREEING = (
    r"(?:\w+(?:ée?|és|ées|eux|euse|if|ive|ant|ante|el|elle|ier|ière|teur|trice|eur|ent|ente|ien|ienne|ain|aine)"
    r"|seule?|prête?|sûre?|ravie?|partie?|venue?|convaincue?|reconnue?|disposée?|fière?|fier|inscrite?|sortie?"
    r"|nouveau|nouvelle|vue?|reçue?|né|née|remise?|promise?|perdue?|attendue?|connue?|content|contente"
    r"|sereine?|gêné|droite?|petite?|grande?|forte?|heureux|heureuse|apte|assise?)"
)
_NO_ADJECTIVE = r"(?!(?:souvent|maintenant|avant|devant|pendant|cependant|comment|vraiment|demain|rien)\b)"
AGREES_WITH_PERSON = re.compile(
    rf"(?<!\w){_BEING}{_ADVERBS}\s{_NO_ADJECTIVE}{_AGREEING}(?!\w)", re.IGNORECASE
)

GENDERED = re.compile(
    r"·|\w\((?:e|ne|le|te|se|ve|trice|euse|ère|es)\)|\w/(?:e|ne|trice|euse|ère)\b"
    r"|(?<!personne )(?<!personnes )(?<![\w-])(?:motivée?s?|passionnée?s?|intéressée?s? par|désireux"
    r"|désireuse|ravie?|tout seul|toute seule|anciens? collègues?|anciennes? collègues?"
    r"|candidate?s?|demandeurs? d'emploi|demandeuses? d'emploi|chômeurs?|chômeuses?|débutante?s?)(?![\w-])",
    re.IGNORECASE,
)

GENDERED_EN = re.compile(
    r"\b(?:he or she|she or he|his or her|her or his|him or her|salesman|saleswoman|waitress|he/she)\b"
    r"|\bhis/her\b|\bs/he\b",
    re.IGNORECASE,
)

TU_WORDS = re.compile(
    r"(?<![\w'’-])(?:tu|te|tes|ta|toi)(?![\w'’])|-toi\b|(?<![\w-])t['’](?=\w)", re.IGNORECASE
)
TON = re.compile(r"(?<!\bun )(?<!\ble )(?<!\bdu )(?<!\bde )(?<!\bce )(?<![\w-])ton(?!\w)", re.IGNORECASE)
VOUS_WORDS = re.compile(r"(?<!rendez-)(?<!\w)(?:vous|votre|vos|vôtres?)(?!\w)", re.IGNORECASE)
VOUS_VERBS = re.compile(r"(?<![\w-])(?!(?:chez|assez|nez|rez|raz|fez)\b)\w{2,}ez\b", re.IGNORECASE)
RENDEZ_VOUS = re.compile(r"\brendez-vous\b", re.IGNORECASE)

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f]")

FRENCH = frozenset(
    "le les des une est pour avec vous votre vos dans que qui mais cette ces nous sont avez êtes et du au "
    "aux je tu ton ta tes mon ma mes leur leurs chez sans sous".split()
)
ENGLISH = frozenset(
    "the and your you with for of to is are this that from have it in by my be at them they what when "
    "who".split()
)
"""Small words that betray the other language; words that both languages have are left out."""

_BEFORE_JOB = r"\b(?:une?|les?|la|du|des|de|aux?|cet?|cette|mon|ma|ton|ta|votre|notre)\s+|\b[dl]['’]"
ARTICLE_BEFORE_JOB = {
    "fr": re.compile(rf"(?:{_BEFORE_JOB})\{{job\}}", re.IGNORECASE),
    "en": re.compile(r"\b(?:an?|the|this|of|as|your|my)\s+\{job\}", re.IGNORECASE),
}
WORD_BEFORE_PLACE = {
    "fr": re.compile(
        r"\b(?:à|au|en|de|dans)\s+\{(?:in_place|near_place|place)\}|d['’]\{place\}", re.IGNORECASE
    ),
    "en": re.compile(r"\b(?:in|near|at|to|of)\s+\{(?:in_place|near_place)\}", re.IGNORECASE),
}
