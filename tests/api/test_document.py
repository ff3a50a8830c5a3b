"""The OpenAPI document says what answers hold, and shows each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from detente.api.desk import Desk
from detente.api.fields import DUTY, EXAMPLES, PARAMETERS
from tests.served import BATTERY, Client

ANSWERS = (
    BATTERY,
    "code=8413.91.90&origin=CN&on=2025-12-01",
    "code=0402.10.50.00&origin=CN&on=2025-11-12&value=2000",
    "code=8413.91.90.55&origin=CN&on=2025-12-01&value=10000&quantity=5kg&fact=steel_value=10%25",
    "code=7326.90.86.88&origin=CN&on=2026-11-01",
)
FREE_KEYS = ("question.quantities", "question.facts", "register.areas", "open_questions[].by_code")


def paths(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an answer with its value, rows of a list under the same name."""
    if isinstance(value, dict) and at not in FREE_KEYS:
        for key, held in value.items():
            path = f"{at}.{key}" if at else key
            yield path, held
            yield from paths(held, path)
    elif isinstance(value, list):
        for each in value:
            yield from paths(each, f"{at}[]")


@pytest.mark.parametrize("query", ANSWERS)
def test_every_field_of_an_answer_is_described_with_its_type(client: Client, query: str) -> None:
    kinds = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "integer",
        type(None): "null",
    }
    described = {field.path: field for field in DUTY}
    for path, value in paths(client.get(f"/v1/duty?{query}").json()):
        assert kinds[type(value)] in described[path].types, path


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in schema.get("properties", {}).values():
        yield each
        yield from schemas(each)
        yield from schemas(each.get("items", {}))


def test_every_field_has_words_and_an_example_of_its_type(client: Client) -> None:
    duty = client.get("/v1/openapi.json").json()["components"]["schemas"]["Duty"]
    found = list(schemas(duty))
    assert len(found) == len(DUTY)
    names = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}
    for schema in found:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        assert schema["description"]
        (example,) = schema["examples"]
        assert isinstance(example, tuple(names[kind] for kind in kinds if kind != "null"))


def test_examples_are_those_of_a_live_answer(client: Client, desk: Desk) -> None:
    duty = client.get("/v1/openapi.json").json()["components"]["schemas"]["Duty"]["properties"]
    total = duty["total"]["properties"]
    answer = client.get(f"/v1/duty?{BATTERY}").json()
    assert total["amount"]["examples"] == [answer["total"]["amount"]]
    assert duty["register"]["properties"]["sha256"]["examples"] == [desk.sha256]


def test_every_parameter_of_the_document_is_answered(client: Client) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]["/v1/duty"]["get"]["parameters"]
    assert [each["name"] for each in described] == [field.path for field in PARAMETERS]
    asked = {each["name"]: each["example"] for each in described}
    assert asked == EXAMPLES
    assert client.get("/v1/duty", params=asked).status_code == 200


def test_every_route_of_the_document_exists(client: Client) -> None:
    for path, methods in client.get("/v1/openapi.json").json()["paths"].items():
        for method in methods:
            assert client.request(method, path).status_code not in (404, 405), path


def test_the_page_of_the_api_shows_every_field(client: Client) -> None:
    page = client.get("/v1/")
    assert page.status_code == 200
    assert all(f"<code>{field.path}</code>" in page.text for field in DUTY)
    assert "4840.00" in page.text
