"""An employer's refusal told in passing: "j'ai eu un refus", "refusé chez Leroy Merlin", "they said no"."""

from __future__ import annotations

import re
from datetime import date

from bot.sources.plain import plain
from bot.understanding import intents
from bot.understanding.applications import Status, application

LONGEST = 30
"""Words; who writes more tells a story, in which a refusal is one thing among others."""

_BARE = re.compile(
    r"(?:(?:et|and|bon|ben|bah|well|so|encore|again|hier|yesterday|finalement|finally) )*"
    r"(?:(?:ils?|elles?|on|l employeur|la boite|le patron|le recruteur) (?:m ont|m a|me|mont|ma|ont|a) ?(?:dit|repondu)"
    r" (?:que )?non|they (?:said|told me|answered) no|(?:he|she|the boss|the employer) (?:said|told me) no)"
    r"(?: (?:au telephone|par mail|hier|aujourd hui|today|yesterday|again|encore|finalement|apres l entretien"
    r"|after the interview|to me))*"
)
"""Weak words, that tell of an employer only when nothing else is said."""

_THROWN_OUT = re.compile(
    r"(?:^| )(?:je|on|j) (?:me |m |nous )?(?:(?:suis|etais|est|ai ete|ai) )?(?:encore )?(?:fait |fais |fait )?"
    r"(?:jeter|jete|jetee|recaler|recalee?|bouler|ejecter)\b(?! (?:l|un|une|le|la|les|mon|ma|mes|des) )"
    r"|(?:^| )(?:i |they )(?:keep |keep on |got |get |always )*(?:getting |get )?(?:knocked back|turned away)\b"
)
_BY_THE_PERSON = re.compile(
    r"\b(?:j ai|j avais|jai|nous avons|on a|i|i ve|we) (?:just |finally |bien |finalement |deja )?"
    r"(?:refuse|decline|turned down|rejected|declined|refused)"
    r" (?:une|un|l|la|le|leur|cette|ce|cet|des|the|their|an|a|this)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:creche|logement|appart\w*|permis|visa|pret|credit|titre de sejour|naturalisation|asile|caf|hlm|allocation\w*"
    r"|formation|school|housing|flat|loan|mortgage|nursery|benefits?|client\w*)\b"
)
_IN_GENERAL = re.compile(
    r"\b(?:les|des|ces|tous ces|mes) refus\b(?! (?:hier|aujourd|cette|ce matin|de))|\bsi\b|\bif\b"
)


def refusal_told(text: str, today: date) -> bool:
    """Whether somebody says that an employer refused them. Not: a fear of it, a question, an offer that they refused
    themselves, a refusal of something else than a job.
    """
    said = plain(text)
    if not said or len(said.split()) > LONGEST or "?" in text:
        return False
    if _BARE.fullmatch(said):
        return True
    if _THROWN_OUT.search(said) and not _OF_SOMETHING_ELSE.search(said):
        return True
    if intents.intent(text) is not None or _BY_THE_PERSON.search(said) or _OF_SOMETHING_ELSE.search(said):
        return False
    if _IN_GENERAL.search(said):
        return False
    return application(text, today).status is Status.REFUSED
