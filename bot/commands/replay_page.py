"""A replay as one page for counsellors: a day a card, to read, print and approve; it needs no other file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby
from typing import Any

from bot.advice.profile import Profile
from bot.commands.cases import completed, turn_of
from bot.dialogs import profile as profile_dialogue
from bot.dialogs.texts import Voice

_WORDS = {
    "fr": {
        "title": "Bob, jour après jour",
        "habits": {
            "always": "Fait chaque action, et dit comment c'était.",
            "never": "Ne répond jamais.",
            "refuses": "Refuse chaque action, avec une raison.",
            "weekends": "Ne fait que les actions du samedi et du dimanche.",
            "mixed": "Un peu de tout, et des jours sans réponse.",
        },
        "summary": "{days} jours avec un message, du {first} au {last}.",
        "nothing": "Aucun message sur cette période.",
        "did": "La personne",
        "nobody": "Pas de réponse",
        "why": "Pourquoi",
        "everybody": "convient à tout le monde",
        "colon": "\u00a0:",
        "minutes": "{n} min",
        "families": {
            "application": "candidature",
            "network": "contacts",
            "skill": "savoir-faire",
            "motivation": "élan",
            "exploration": "pistes de métiers",
            "organisation": "organisation",
            "rights": "droits",
            "wellbeing": "bien-être",
        },
    },
    "en": {
        "title": "Bob, day after day",
        "habits": {
            "always": "Does every action, and says how it was.",
            "never": "Never answers.",
            "refuses": "Turns every action down, with a reason.",
            "weekends": "Does only the actions of Saturdays and Sundays.",
            "mixed": "A bit of everything, and days without an answer.",
        },
        "summary": "{days} days with a message, from {first} to {last}.",
        "nothing": "No message in that time.",
        "did": "The person",
        "nobody": "No answer",
        "why": "Why",
        "everybody": "fits everybody",
        "colon": ":",
        "minutes": "{n} min",
        "families": {
            "application": "application",
            "network": "contacts",
            "skill": "skills",
            "motivation": "drive",
            "exploration": "exploring jobs",
            "organisation": "organisation",
            "rights": "rights",
            "wellbeing": "well-being",
        },
    },
}

_STYLE = """
:root { color-scheme: light dark; --page: #f4f3ef; --card: #fff; --ink: #1d1d1b; --soft: #5a5953; --line: #d8d6cd;
  --said: #eef4ee; --mark: #1f5f3f; }
@media (prefers-color-scheme: dark) {
  :root { --page: #161715; --card: #20221f; --ink: #ecebe6; --soft: #a9a89f; --line: #3a3d38; --said: #29332c;
    --mark: #8fd0a8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .5rem 0; }
header p { margin: .25rem 0; color: var(--soft); }
.answers { white-space: pre-line; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 1rem 0;
  break-inside: avoid; }
h2 { font-size: 1rem; margin: 0 0 .75rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem; }
h2 small { font-weight: normal; color: var(--soft); }
.said { background: var(--said); border-radius: .5rem; padding: .75rem; margin: .5rem 0; white-space: pre-wrap;
  overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .4rem; }
li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; font-size: .875rem; }
li.pressed { border-color: var(--mark); color: var(--mark); font-weight: 600; }
li.pressed::before { content: "✓ "; }
p { margin: .5rem 0; }
code { font-size: .8125rem; color: var(--soft); overflow-wrap: anywhere; }
b { color: var(--mark); }
"""


def as_page(
    messages: list[dict[str, Any]], profile: Profile, habits: str, *, language: str, form: str
) -> str:
    """The messages of a replay as HTML, in the language of the person."""
    words = _WORDS[language]
    voice = Voice(language, form)
    days = [(day, list(said)) for day, said in groupby(messages, key=lambda one: one["at"][:10])]
    cards = "\n".join(_card(voice, words, date.fromisoformat(day), said) for day, said in days)
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(_str(words, "title"))}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>{escape(_str(words, "title"))}</h1>
<p>{escape(_of(words, "habits", habits))}</p>
<p>{escape(_summary(voice, words, [day for day, _ in days]))}</p>
<p class="answers">{escape(_answers(profile, language, form))}</p>
</header>
{cards}
</main>
</body>
</html>
"""


def _str(words: dict[str, Any], key: str) -> str:
    return str(words[key])


def _of(words: dict[str, Any], key: str, name: str) -> str:
    return str(words[key].get(name, name))


def _summary(voice: Voice, words: dict[str, Any], days: list[str]) -> str:
    if not days:
        return _str(words, "nothing")
    first, last = (voice.date(date.fromisoformat(day)) for day in (days[0], days[-1]))
    return _str(words, "summary").format(days=len(days), first=first, last=last)


def _answers(profile: Profile, language: str, form: str) -> str:
    """What the person answered, as `/profil` says it, without how to change it."""
    turn = turn_of(completed(profile), datetime.now(UTC), person="page", language=language, form=form)
    profile_dialogue.show(turn)
    return turn.replies[0].text.partition("\n\n")[0] if turn.replies else ""


def _card(voice: Voice, words: dict[str, Any], day: date, messages: list[dict[str, Any]]) -> str:
    first = next((message for message in messages if "action" in message), None)
    about = ""
    if first is not None:
        family = _of(words, "families", first["family"])
        minutes = _str(words, "minutes").format(n=first["minutes"])
        about = f" <small>{escape(family)}, {escape(minutes)}</small>"
    parts = "\n".join(part for message in messages for part in _message(words, message))
    return f"<article>\n<h2>{escape(_capital(voice.date(day)))}{about}</h2>\n{parts}\n</article>"


def _message(words: dict[str, Any], message: dict[str, Any]) -> Iterator[str]:
    title, blank, rest = (
        message["text"].partition("\n\n") if "action" in message else ("", "", message["text"])
    )
    strong = f"<strong>{escape(title)}</strong>{blank}" if title else ""
    yield f'<div class="said">{strong}{escape(rest)}</div>'
    if message["buttons"]:
        yield f"<ul>{''.join(_button(label, message['pressed']) for label in message['buttons'])}</ul>"
    if "action" not in message:
        return
    yield _line(words, "did", ", ".join(message["did"]) or _str(words, "nobody"))
    yield _line(words, "why", " ; ".join(message["because"]) or _str(words, "everybody"))
    lines = ", ".join(message["conditions"]) or "[]"
    yield f"<p><code>{escape(message['action'])} {escape(lines)}</code></p>"


def _button(label: str, pressed: str | None) -> str:
    mark = ' class="pressed"' if label == pressed else ""
    return f"<li{mark}>{escape(label)}</li>"


def _line(words: dict[str, Any], key: str, text: str) -> str:
    return f"<p><b>{escape(_str(words, key))}{_str(words, 'colon')}</b> {escape(text)}</p>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
