"""Answers hold what their types say: no key more, none less, and each of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest

from detente.api.body_routes import BODY_ROUTES, BodyRoute
from detente.api.document import document as described
from detente.api.schemas import Schemas
from detente.api.service import Service
from detente.questions import NAMES, addressed, find
from detente.questions.declare import Question
from tests.served import Client

QUESTIONS = addressed()

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
    "average": (
        "origin=CN&on=2025-11-12",
        "origin=CN&from=2025-01-01&to_date=2025-12-31",
        "origin=US&to=CN&from=2018-01-01&to_date=2018-12-31",
        "origin=CN&on=2025-11-12&both=true",
        "origin=CN&on=2025-11-12&band=25%25",
        "origin=EU&on=2025-11-12",
        "origin=CN,VN&from=2025-01-01&to_date=2025-06-01&every=month&by=family&layer=all",
        "origin=all&on=2025-06-01&by=origin",
    ),
    "compare": (
        "base=law&scenario=threat-100&code=8507.60.00.10&origin=CN&value=10000",
        "base=law&scenario=decoupling&basket=register&on=2026-11-12",
        "base=law&scenario=back-to-2017&average=true&origin=CN&on=2026-11-12",
        "base=law&scenario=threat-100&equilibrium=true&on=2026-11-12",
        "base=truce-lapses&scenario=truce-extended&code=2805.11.00.00&origin=CN"
        "&fact=exclusion=true&from=2026-11-01&to_date=2027-02-01",
    ),
    "coverage": ("", "edition=hts_2025_rev_29"),
    "entry": (
        'entry_date=2025-11-12&mode=ocean&lines={"code":"8507.60.00.10","origin":"CN",'
        '"value":"10000"}',
    ),
    "scenario list": ("",),
    "scenario show": ("scenario=threat-100", "scenario=truce-lapses"),
    "scenario run": ("scenario=decoupling", "scenario=truce-extended&on=2026-11-12"),
    "world list": ("",),
    "world show": ("world=cp2015",),
    "scoreboard": ("", "all=true"),
    "search": (
        "words=lithium-ion batteries",
        "words=soybeans&to=CN",
        "words=手机",
        "words=phonne",
    ),
    "goods": (
        "code=8507.60.00.10&on=2025-11-12",
        "code=2204.21.50.40&on=2026-11-12",
        "code=1201.90.10&to=CN&on=2018-07-20",
        "code=1201.90.00&to=CN&on=2026-07-20",
    ),
    "browse": ("", "code=85", "code=8507&on=2026-05-01"),
    "history": (
        "code=9503.00.00.73&origin=CN",
        "code=8507.60.00.10&origin=CN,VN,MX,IN&from=2025-01-01",
        "code=8507.60.00.20&origin=CN&from=2025-01-01",
        "code=1201.90.00&origin=US&to=CN",
        "code=2204.21.50.40&origin=FR&value=1000&reading=announced",
    ),
    "claims": ("on=2025-11-02&known_on=2025-11-02", "speaker=Schumer"),
    "screen": (
        "name=Huawei Technologies&name=SMIC&name=Bobby Unheard",
        "name=YMTC&on=2020-01-01",
        "name=CXMT&name=Skydio&name=Hikvision&on=2025-11-20",
        "name=Rosneft&name=General Dynamics&country=US&top=2",
    ),
    "licence": (
        "from=CN&to=US&item=gallium&on=2026-01-01",
        "from=CN&to=US&item=gallium&on=2026-12-01&end_user=military",
        "from=CN&to=US&item=gallium&on=2026-11-11&reading=announced&exporter=Some Exporter",
        "from=CN&to=US&code=8505.11&on=2026-08-01",
        "from=CN&to=US&code=8507.60&param=wh_per_kg=320&on=2026-12-01",
        "from=US&to=CN&item=3A090&param=tpp=15832&param=dram_bandwidth=4800",
        "from=US&to=CN&item=3B001.c&end_user=SMIC Beijing",
        "from=US&deemed_to=CN&item=3E001",
        "from=JP&to=US&item=dysprosium-magnet&content=dysprosium=0.2%25&on=2026-11-20",
    ),
    "assess": (
        "code=8507.60.00.10&origin=CN&value=10000&party=DJI:maker:CN&on=2026-08-01",
        "item=3A090&from=US&to=CN&param=tpp=2368&end_use=civil&on=2026-08-01",
        "item=3E001&from=US&deemed_to=CN&on=2026-08-01",
        "code=8507.60.00.10&origin=CN&to=JP&on=2026-11-12",
    ),
    "supply": (
        "",
        "mineral=dysprosium&stage=separation&within=24&need=100&on=2025-11-02",
        "mineral=rare-earths&route=true&within=24&on=2025-11-02&known_on=2025-11-02",
        "mineral=antimony&controls=true&on=2025-06-01",
        "mineral=gallium&controls=true&route=true&cut=CN@refining",
        "mineral=neodymium-praseodymium&need=12000&delay=1&success=60%25",
    ),
    "impact partial": (
        "from=2025-01-01&to_date=2025-11-12&code=8507&origin=CN&spread=1.5",
        "scenario=threat-100&code=850760",
    ),
    "impact equilibrium": (
        "scenario=nafta&data=cp2015&draws=2",
        "scenario=threat-100&draws=0",
        "lost=gallium=0.5&data=icio2019&draws=0",
    ),
    "impact optimal": (
        "country=USA&partner=CHN&data=cp2015",
        "country=USA&partner=CHN&nash=true&data=icio2019",
    ),
    "impact households": ("from=2025-01-01&to_date=2025-09-03",),
    "impact revenue": ("year=2025", "year=2018&offset=25%25"),
    "impact critical": ("", "input=gallium", "input=natural-graphite&cut=1&stock_months=2"),
    "items": ("words=3A001.b", "words=gallium", "words=镝", "words=8112.92.10"),
    "party": ("party=SMIC", "party=中芯国际&on=2025-06-01", "party=Huawey", "party=zzyyxx"),
    "lists diff": (
        "from=2025-01-01&to_date=2026-08-01",
        "list=CN-UEL&from=2024-01-01&to_date=2026-08-01",
    ),
    "listings": ("", "list=EL&country=CN", "list=CN-UEL&companies=true&on=2026-08-01"),
}


def questions() -> list[tuple[Question, str]]:
    """Each question as it is asked above; one that is not stands with its own examples."""
    return [
        (each, asked)
        for each in QUESTIONS
        for asked in ASKED.get(each.name, (urlencode(each.sample(), doseq=True),))
    ]


@pytest.fixture(scope="module")
def document(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = described(service, examples=False)
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
    jsonschema_rs.validate({**schema, "components": document["components"]}, answer.json())


POSED = {
    "assess": [
        *(each.read_text() for each in sorted(Path("examples/shipments").glob("*.json"))),
        '{"item": "3E001", "origin": "US", "deemed_to": "CN", "on": "2026-08-01"}',
        '{"code": "8507.60.00.10", "origin": "CN", "destination": "JP", "on": "2026-08-01"}',
    ],
    "entry": [
        """{"entry_type": "01", "entry_date": "2025-11-12", "mode": "ocean", "lines": [
            {"code": "8507.60.00.10", "origin": "CN", "value": "10000", "adcvd": "none"}]}""",
        """{"entry_date": "2026-11-12", "mode": "air", "lines": [
            {"code": "7326.90.86.88", "origin": "CN", "value": "2000"},
            {"code": "2204.21.50.40", "origin": "FR", "value": "5000", "quantity": "100",
             "unit": "L"},
            {"code": "5201.00.14.00", "origin": "EG", "value": "9000"}]}""",
        """{"entry_type": "11", "entry_date": "2025-07-12", "mode": "mail", "lines": [
            {"code": "9503.00.00.73", "origin": "CN", "value": "500"}]}""",
        """{"entry_type": "03", "entry_date": "2025-11-12", "lines": [
            {"code": "7326.90.86.88", "origin": "CN", "value": "2000",
             "facts": {"steel_value": "500"},
             "adcvd": "A-570-056", "adcvd_rate": "97.11%"}]}""",
    ],
    "owners": [
        """{"holdings": [{"owner": "alpha", "owned": "delta", "share": "30"},
                         {"owner": "beta", "owned": "delta", "share": "1/3"},
                         {"owner": "delta", "owned": "epsilon", "share": "50-60"},
                         {"owner": "epsilon", "owned": "zeta", "share": "unknown"}],
            "seeds": [{"id": "alpha", "list": "EL"}, {"id": "beta", "list": "EL"},
                      {"id": "nowhere", "list": "EL"}],
            "entities": [{"id": "delta", "name": "Delta", "country": "CN"},
                         {"id": "eta", "name": "Eta", "country": "US", "branch_of": "delta"}],
            "regime": "bis", "on": "2025-10-15"}""",
        """{"holdings": [{"owner": "a", "owned": "b", "share": "20"}], "seeds": [],
            "regime": "ofac", "on": "2026-08-01"}""",
    ],
    "screen": ['{"names": ["Huawei", "Bobby Unheard"], "country": "CN", "on": "2026-08-01"}'],
}


@pytest.mark.parametrize(
    ("posted", "body"),
    [(each, body) for each in BODY_ROUTES for body in POSED[each.name]],
    ids=lambda each: getattr(each, "name", ""),
)
def test_an_answer_to_a_body_is_of_its_type(
    client: Client, document: dict[str, Any], posted: BodyRoute, body: str
) -> None:
    answer = client.post(f"/v1/{posted.name}", content=body)
    assert answer.status_code == 200, answer.text
    schema = Schemas().of_answer(posted.typed)
    jsonschema_rs.validate({**schema, "components": document["components"]}, answer.json())


def test_a_mistyped_key_is_no_answer(client: Client, document: dict[str, Any]) -> None:
    answer = client.get(f"/v1/duty?{ASKED['duty'][0]}").json()
    schema = {**Schemas().of_answer("duty.Duty"), "components": document["components"]}
    jsonschema_rs.validate(schema, answer)
    wrong = {**answer, "total": {**answer["total"], "total_advalorem": "0"}}
    with pytest.raises(jsonschema_rs.ValidationError, match="total_advalorem"):
        jsonschema_rs.validate(schema, wrong)


def test_every_key_of_every_type_has_words() -> None:
    schemas = Schemas()
    for typed in (*map(find, NAMES), *BODY_ROUTES):
        schemas.of_answer(typed.typed)
    bare = [
        f"{name}.{key}"
        for name, schema in schemas.named.items()
        for key, part in schema["properties"].items()
        if "description" not in part and "$ref" not in part
    ]
    assert not bare
