"""Answers hold what their types say: no key more, none less, and each of its kind."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from detente.api.schemas import Schemas
from detente.questions import NAMES, find
from detente.questions.declare import Question
from tests.served import Client

TYPED = [find(name) for name in NAMES if find(name).typed]

ASKED = {
    "duty": (
        "code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000",
        "code=8413.91.90&origin=CN&on=2025-12-01",
        "code=0402.10.50.00&origin=CN&on=2025-11-12&value=2000",
        "code=7326.90.86.88&origin=CN&on=2026-11-12",
        "code=2204.21.50.40&origin=FR&on=2031-01-01",
        "code=1201.90.00&origin=US&to=CN&on=2018-07-10&value=5000",
        "code=850760&origin=US&to=CN&on=2026-03-10",
        "code=8507.60.00.10&origin=CN&on=2025-11-12&scenario=threat-100",
    ),
    "truce": ("on=2018-10-01", "on=2025-11-12", "on=2026-11-12&reading=announced"),
    "upcoming": ("on=2018-10-01", "on=2026-10-01", "on=2026-10-01&reading=announced"),
    "timeline": ("from=2018-01-01&to_date=2018-12-31", "from=2025-10-01&to_date=2026-11-26"),
    "diff": ("from=2018-01-01&to_date=2018-12-31", "from=2026-11-09&to_date=2026-11-11"),
    "status": ("on=2018-10-01", "on=2026-11-12", "on=2026-11-12&reading=announced"),
    "measure": (
        "id=us-301-technology&on=2026-03-01",
        "id=cn-mofcom-2025-61&on=2026-11-12",
        "id=us-ieepa-fentanyl-china&on=2025-04-01",
    ),
    "screen": (
        "name=Huawei Technologies&name=SMIC&name=Bobby Unheard",
        "name=YMTC&on=2020-01-01",
        "name=CXMT&name=Skydio&name=Hikvision&on=2025-11-20",
        "name=Rosneft&name=General Dynamics&country=US&top=2",
    ),
    "party": ("party=SMIC", "party=中芯国际&on=2025-06-01", "party=Huawey", "party=zzyyxx"),
    "listings": ("", "list=EL&country=CN", "list=CN-UEL&companies=true&on=2026-08-01"),
}


def questions() -> list[tuple[Question, str]]:
    return [(each, asked) for each in TYPED for asked in ASKED[each.name]]


@pytest.fixture(scope="module")
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/openapi.json").json()
    return found


@pytest.mark.parametrize(
    ("question", "asked"), questions(), ids=lambda each: getattr(each, "name", each)
)
def test_an_answer_is_of_its_type(
    client: Client, document: dict[str, Any], question: Question, asked: str
) -> None:
    answer = client.get(f"/v1/{question.name.replace(' ', '/')}?{asked}")
    assert answer.status_code == 200, answer.text
    schema = Schemas().of_answer(question.typed)
    jsonschema.validate(answer.json(), {**schema, "components": document["components"]})


def test_a_mistyped_key_is_no_answer(client: Client, document: dict[str, Any]) -> None:
    answer = client.get(f"/v1/duty?{ASKED['duty'][0]}").json()
    schema = {**Schemas().of_answer("duty.Duty"), "components": document["components"]}
    jsonschema.validate(answer, schema)
    wrong = {**answer, "total": {**answer["total"], "total_advalorem": "0"}}
    with pytest.raises(jsonschema.ValidationError, match="total_advalorem"):
        jsonschema.validate(wrong, schema)


def test_every_key_of_every_type_has_words() -> None:
    schemas = Schemas()
    for each in TYPED:
        schemas.of_answer(each.typed)
    bare = [
        f"{name}.{key}"
        for name, schema in schemas.named.items()
        for key, part in schema["properties"].items()
        if "description" not in part and "$ref" not in part
    ]
    assert not bare
