"""The assistant as a program uses it: the protocol's own client, over pipes and over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from detente.assistant.compact import compact
from detente.assistant.declared import TOOLS
from detente.assistant.server import make_server
from detente.assistant.tools import Tools
from detente.goods.schedule import Schedule
from detente.register.book import Register

NAMES = [
    "what_applies",
    "duty",
    "screen_party",
    "owners",
    "licence_needed",
    "what_changes",
    "compare_scenario",
    *TOOLS,
]
BATTERY = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12"}
COMMAND = [sys.executable, "-m", "detente.cli.main", "assistant"]


@pytest.fixture(scope="module")
def server():
    return make_server(Tools(Register.load(), Schedule(), lambda: "2026-08-01"))


def call(server, name, /, **arguments):
    async def ask():
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(ask())


def answer(server, name, /, **arguments):
    result = call(server, name, **arguments)
    assert not result.is_error, result.content
    return result.structured_content


def refusal(server, name, /, **arguments):
    result = call(server, name, **arguments)
    assert result.is_error
    return result.content[0].text


def test_every_tool_is_listed_and_says_what_it_wants(server):
    async def ask():
        async with Client(server) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(ask())
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        assert "detail" in tool.input_schema["properties"]
        assert tool.description
        assert tool.annotations.read_only_hint is True
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description") or schema.get("enum"), (tool.name, name)


def test_duty_is_that_of_the_command_with_citations(server, capsys):
    from detente.cli.main import main

    described = answer(server, "duty", **BATTERY, value="10000", detail=True)
    main(["duty", BATTERY["code"], "--origin", "CN", "--on", BATTERY["on"], "--value", "10000",
          "--json"])  # fmt: skip
    printed = json.loads(capsys.readouterr().out)
    citations = described.pop("citations")
    assert {row["citation"]: row["url"] for row in printed.pop("citations")}.items() <= {
        row["citation"]: row["url"] for row in citations
    }.items()
    assert described == printed
    assert described["total"]["amount"] == "4840.00"


def test_a_long_answer_is_short_and_counts_what_it_leaves_out(server):
    described = answer(server, "timeline")
    whole = answer(server, "timeline", detail=True)
    assert len(json.dumps(described, ensure_ascii=False)) < 6_500
    left = described["left_out"]["rows"]["events"]
    assert left == len(whole["events"]) - len(described["events"]) > 1_000
    assert "left_out" not in whole


def test_a_declared_tool_answers_as_the_command(server, capsys):
    from detente.cli.main import main

    described = answer(server, "truce", on="2026-08-01", detail=True)
    main(["truce", "--on", "2026-08-01", "--json"])
    described.pop("citations")
    printed = json.loads(capsys.readouterr().out)
    printed.pop("citations")
    assert described == printed
    found = answer(server, "search_codes", words=["lithium-ion", "batteries"])["hits"]
    assert any(hit["code"].startswith("850760") for hit in found)


def test_no_tool_opens_a_file(server, tmp_path):
    secret = tmp_path / "weights.csv"
    secret.write_text("code,value\n8507.60.00.10,1\n", encoding="utf-8")
    described = refusal(server, "average", origin="CN", on="2025-11-12", weights=str(secret))
    assert "us-imports-2024" in described
    assert "no scenario" in refusal(server, "truce", scenario=str(secret))


def test_what_applies_names_measures_and_no_amounts(server):
    described = answer(server, "what_applies", **BATTERY)
    assert described["filing"] == ["9903.91.01", "9903.01.24", "9903.01.25", "8507.60.00.10"]
    assert all("amount" not in layer for layer in described["layers"])
    assert described["not_applied"]
    assert described["citations"]


def test_screening_gives_the_list_and_the_reasons(server):
    described = answer(
        server, "screen_party", name="Huawei Technologies Co., Ltd.", on="2026-08-01"
    )
    assert "EL" in {hit["list"] for hit in described["hits"]}
    assert described["hits"][0]["why"]
    assert described["citations"]


def test_owners_are_summed_and_the_rule_is_cited(server):
    described = answer(
        server,
        "owners",
        holdings=[
            {"owner": "A", "owned": "C", "share": "30"},
            {"owner": "B", "owned": "C", "share": "20"},
        ],
        seeds=[{"id": "A", "list": "EL"}, {"id": "B", "list": "EL"}],
        on="2025-10-15",
    )
    assert [row["id"] for row in described["covered"]] == ["C"]
    assert described["in_force"] is True
    assert described["citations"]


def test_what_changes_between_two_days_and_ahead(server):
    described = answer(
        server, "what_changes", on="2025-11-09", until="2025-11-10", by="US", detail=True
    )
    assert {"us-ieepa-fentanyl-china"} <= {row["measure"] for row in described["changes"]}
    ahead = answer(server, "what_changes", on="2026-11-01", days=30)
    assert ahead["events"]


def test_a_licence_with_its_limbs_policy_and_citations(server):
    described = answer(
        server,
        "licence_needed",
        exporter_country="CN",
        destination="US",
        on="2026-01-01",
        item="gallium",
    )
    assert described["decision"] == "licence"
    assert described["rules"]
    assert described["citations"]


def test_a_scenario_beside_the_law(server):
    described = answer(
        server, "compare_scenario", scenario="threat-100", **{**BATTERY, "on": "2026-11-12"}
    )
    assert described["base"] == "law"
    assert any(row["difference"] not in (None, "0") for row in described["rows"])
    assert described["citations"] is not None


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("duty", {**BATTERY, "valu": "1"}, "unknown argument 'valu': did you mean value?"),
        ("duty", {**BATTERY, "facts": {"auto_prt": "true"}}, "did you mean auto_part"),
        ("duty", {**BATTERY, "on": "tomorrow"}, "tomorrow"),
        ("duty", {**BATTERY, "code": "99"}, "99"),
        ("screen_party", {"name": " ", "on": "2026-08-01"}, "name is empty"),
        ("screen_party", {"name": "x", "on": "soon"}, "write it as YYYY-MM-DD"),
        ("what_changes", {"on": "2026-11-01", "by": "FR"}, "is not a side"),
        ("what_changes", {"on": "2026-11-01", "until": "2026-11-02", "days": 2}, "two questions"),
        (
            "licence_needed",
            {"exporter_country": "CN", "destination": "US", "on": "2026-01-01"},
            "name one of item and code",
        ),
        ("compare_scenario", {**BATTERY, "scenario": "../x"}, "threat-100"),
        ("owners", {"holdings": [], "seeds": [], "on": "2026-01-01", "regime": "x"}, "bis"),
    ],
)
def test_an_error_says_what_was_wrong_and_what_to_do(server, name, arguments, message):
    assert message in refusal(server, name, **arguments)


def test_over_pipes_as_an_assistant_program_starts_it():
    async def ask():
        parameters = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:])
        async with Client(stdio_client(parameters)) as client:
            return await client.call_tool("duty", {**BATTERY, "value": "10000"})

    described = asyncio.run(ask())
    assert described.structured_content["total"]["amount"] == "4840.00"


def test_over_http_on_this_machine():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*COMMAND, "--http", "--port", str(port)], stderr=subprocess.PIPE)
    try:
        _wait(port)

        async def ask():
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                return await client.call_tool("duty", {**BATTERY, "value": "10000"})

        assert asyncio.run(ask()).structured_content["total"]["amount"] == "4840.00"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait(port):
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def test_another_host_is_refused(capsys):
    from detente.cli.main import main

    assert main(["assistant", "--http", "--host", "0.0.0.0"]) == 2
    assert "no keys" in capsys.readouterr().err


def test_a_whole_entry_is_a_tool_and_an_unknown_total_stays_unknown(server):
    asked = {"entry_date": "2025-11-12", "mode": "ocean"}
    line = "code=8507.60.00.10,origin=CN,value=10000,adcvd=none"
    found = answer(server, "entry", lines=[line], entry_type="01", **asked)
    # 48.4% of 10,000; 34.64 and 12.50 of fees.
    assert found["totals"]["owed"] == "4887.14"
    found = answer(server, "entry", lines=["code=7317.00.55.02,origin=CN,value=1000"], **asked)
    assert found["totals"]["owed"] is None
    assert found["missing"]


def test_the_list_with_the_most_characters_is_shortened_first_whatever_they_are_written_in():
    # A hundred rows of one sign of Chinese take 500 characters and eighty of four letters 640,
    # though the signs would take 1,000 were each written as an escape of six.
    answer = {"chinese": ["镝"] * 100, "english": ["gold"] * 80}
    short = compact(answer, 900)
    assert short["left_out"]["rows"] == {"english": 40}
    assert (len(short["chinese"]), len(short["english"])) == (100, 40)
