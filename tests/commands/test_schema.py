"""`bob schema profile`: what editors and other programs check profile files with."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.commands.running import EXAMPLE, Bob


def test_the_schema_is_a_valid_one_and_accepts_the_example_of_the_documentation(bob: Bob) -> None:
    schema = bob("schema", "profile").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(EXAMPLE.read_text("utf-8")), schema)


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"situation": "bored"}, {"months": -1}, {"barriers": "cv"}]
)
def test_the_schema_refuses_what_bob_refuses(bob: Bob, wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, bob("schema", "profile").json)
