"""docs/profile.md: the format of a profile file, from the model that reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.advice.loading import load_catalogue
from bot.advice.profile import Profile
from bot.commands.docs.tables import page, table
from bot.commands.profiles import schema
from bot.dialogs.texts import Voice

TITLE = """# Profile files

A profile file tells the command line what a person answered: `bob advise` and `bob replay` read it. It is a JSON
object in UTF-8. Every field may be left out: a missing field is an answer that Bob does not have, and Bob then asks
or does without, never guesses. An unknown field is refused by its name. `bob schema profile` prints the JSON Schema
of this format."""
EXAMPLE: dict[str, Any] = {
    "first_name": "Samira",
    "job": "aide-soignante",
    "place": "Angers",
    "mobility": "nearby",
    "situation": "out_of_work",
    "months": 5,
    "experience_years": 3,
    "diploma": "cap",
    "barriers": ["no_answers", "confidence"],
    "applications": 12,
    "interviews": 0,
    "driving_licence": True,
    "hour": "10:00",
}
TRY = """Bob completes what he is sure of: the occupation's code from `job`; the commune, department, region,
inhabitants and time zone from `place`.

```sh
bob advise --profile docs/examples/profile.json
bob advise --profile docs/examples/profile.json --lang en --json
bob replay --profile docs/examples/profile.json --days 30 --habits always
```"""
MEANINGS = {
    "first_name": "the first name, or a nickname",
    "other_jobs": "other jobs that the person would take, in their words",
    "job_choice": "whether the person knows which job they want",
    "department": "code of the department",
    "country": "ISO code of the country",
    "mobility": "how far the person will go",
    "situation": "where the person stands today",
    "search_started": "whether the search has begun",
    "diploma": "highest diploma",
    "contracts": "contracts wanted",
    "hours_wanted": "working hours wanted",
    "minutes_per_day": "minutes that the person can give a day",
    "age": "age band, only if the person told it",
    "driving_licence": "whether the person may drive a car",
    "has_cv": "whether there is a CV",
    "has_computer": "whether a computer is at hand",
    "network": "how many people the person knows in the trade",
    "liking": "what the job means to the person",
    "time_zone": "IANA name of the time zone",
}
"""What the model's own descriptions leave out."""
LABELS = {
    "Mobility": "questions.distance.options",
    "Situation": "questions.situation.options",
    "Diploma": "questions.diploma.options",
    "Barrier": "questions.barriers.options",
    "AgeBand": "questions.age.options",
    "Network": "questions.network.options",
    "Liking": "questions.liking.options",
    "Contract": "questions.contracts.options",
    "Hours": "questions.hours_wanted.options",
    "JobChoice": "questions.job.options",
}
"""Where the words of the choices are, as people read them on buttons."""
UNLABELLED = {("JobChoice", "one"): "One job", ("AgeBand", "15-17"): "15 to 17"}


def example_file() -> str:
    """A profile file that loads."""
    Profile.model_validate(EXAMPLE)
    return json.dumps(EXAMPLE, ensure_ascii=False, indent=2) + "\n"


def profile_page() -> str:
    """Markdown: the fields, the choices with their meanings, an example."""
    described = schema()
    fields = [_row(name, known) for name, known in described["properties"].items()]
    parts = [TITLE, "## Example", f"```json\n{example_file().strip()}\n```", TRY, "## Fields"]
    parts.append(table(["Field", "Meaning", "Values", "Without it"], fields))
    parts.append("## Choices")
    for name, choice in described["$defs"].items():
        rows = [[f"`{value}`", _meaning(name, value)] for value in choice["enum"]]
        parts += [f"### {name}", table(["Value", "Meaning"], rows)]
    return page(*parts)


def _row(name: str, known: dict[str, Any]) -> list[str]:
    default = known.get("default")
    without = "unknown" if default in (None, []) else f"`{json.dumps(default)}`"
    meaning = known.get("description") or MEANINGS[name]
    return [f"`{name}`", meaning, ", or ".join(_values(known)), without]


def _values(known: dict[str, Any]) -> Iterator[str]:
    """What a field may hold, in words."""
    for option in known.get("anyOf", [known]):
        if "$ref" in option:
            name = option["$ref"].rpartition("/")[2]
            yield f"one of [{name}](#{name.lower()})"
        elif option.get("type") == "array":
            yield f"list: {' or '.join(_values(option['items']))}"
        elif option.get("type") in ("integer", "number"):
            yield _number(option)
        elif option.get("type") == "boolean":
            yield "`true` or `false`"
        elif option.get("type") == "string":
            yield _text(option)


def _number(option: dict[str, Any]) -> str:
    kind = "whole number" if option["type"] == "integer" else "number"
    low, high = option.get("minimum"), option.get("maximum")
    return f"{kind} from {low:g} to {high:g}" if high is not None else f"{kind} from {low:g}"


def _text(option: dict[str, Any]) -> str:
    if option.get("format") == "time":
        return 'a time such as `"09:00"`'
    if "pattern" in option:
        return f"text like `{option['pattern']}`"
    return f"text of at most {option['maxLength']} characters" if "maxLength" in option else "text"


def _meaning(choice: str, value: str) -> str:
    if choice == "ObstacleId":
        return load_catalogue().diagnosis.obstacles[value].name.of("en")
    told = UNLABELLED.get((choice, value))
    return told or Voice("en")(f"{LABELS[choice]}.{value}")
