"""The OpenAPI document says what answers hold, and shows each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from detente.api.document import example_of
from detente.api.fields import DUTY, EXAMPLES, PARAMETERS
from detente.api.service import Service
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


def test_every_field_has_words_and_an_example_of_its_type(client: Client) -> None:
    names = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}
    sample = client.get("/v1/openapi.json").json()["paths"]["/v1/duty"]["get"]["responses"]["200"]
    for field in DUTY:
        assert field.text, field.path
        example = example_of(field.path, sample["content"]["application/json"]["example"])
        kinds = tuple(names[kind] for kind in field.types if kind != "null")
        assert isinstance(example, kinds) or (example is None and "null" in field.types)


def test_the_example_is_a_live_answer(client: Client, service: Service) -> None:
    got = client.get("/v1/openapi.json").json()["paths"]["/v1/duty"]["get"]["responses"]["200"]
    example = got["content"]["application/json"]["example"]
    answer = client.get(f"/v1/duty?{BATTERY}").json()
    assert example["total"]["amount"] == answer["total"]["amount"]
    assert example["register"]["sha256"] == service.sha256


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
