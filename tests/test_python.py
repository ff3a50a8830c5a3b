"""The questions as Python functions: the same answers, days and numbers as Python has them."""

from __future__ import annotations

import copy
import importlib
import inspect
import json
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import detente
from detente.cli.main import main
from detente.questions import NAMES, TABLES, find
from detente.questions.parameters import EVERYWHERE, PROGRAMS
from detente.questions.result import Result

ROOT = Path(__file__).parents[1]
FIRST = tuple({name.partition(" ")[0] for name in NAMES})


def _function(name):
    room, _, kind = name.partition(" ")
    return getattr(getattr(detente, room), kind) if kind else getattr(detente, room)


def test_a_function_answers_as_the_command(capsys):
    main(["duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--value", "10000",
          "--fact", "auto_part=false", "--json"])  # fmt: skip
    printed = json.loads(capsys.readouterr().out)
    day, instant = date(2025, 11, 12), datetime(2025, 11, 12)
    for on, value in (("2025-11-12", "10000"), (day, 10000), (instant, Decimal("10000"))):
        found = detente.duty(
            "8507.60.00.10", origin="CN", on=on, value=value, fact={"auto_part": False}
        )
        assert found.to_dict() == printed
    # 3.4% + 25% + 10% + 10% = 48.4% of 10,000 dollars
    assert found.total.amount == "4840.00"
    assert found["total"]["amount"] == "4840.00"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (date(2025, 11, 12), "2025-11-12"),
        (datetime(2025, 11, 12), "2025-11-12"),
        (datetime(2025, 11, 12, 9, tzinfo=UTC), "2025-11-12T09:00:00+00:00"),
        (datetime(2025, 11, 12, tzinfo=UTC), "2025-11-12T00:00:00+00:00"),
    ],
)
def test_a_day_or_an_instant_is_read_alike_wherever_it_is_given(given, read):
    goods = {"code": "8507.60.00.10", "origin": "CN", "destination": "US", "value": "10000"}
    in_words = detente.assess(code="8507.60.00.10", origin="CN", to="US", value="10000", on=given)
    assert in_words.question.on == read
    assert detente.assess(goods, on=given).sha256 == in_words.sha256
    assert detente.assess({**goods, "on": given}).sha256 == in_words.sha256
    known = detente.assess(goods, on=given, known_on=datetime(2025, 12, 1))
    assert known.question.known_on == "2025-12-01"


def test_a_time_of_day_without_an_offset_is_refused_and_not_cut_off():
    with pytest.raises(ValueError, match="is neither a day nor an instant"):
        detente.assess(
            {"item": "3A090", "from": "US", "destination": "CN"}, on=datetime(2025, 11, 12, 9)
        )


TABLE = {"table", "holdings", "seeds", "entities"}
"""What stands for files where a function takes tables."""

FILES = {"input", "file", "row", "encoding", "sheet", "output", "seeds", "entities"}
"""What a table stands for: a file, its rows in words, how it is read and written."""


@pytest.mark.parametrize("name", TABLES)
def test_a_function_of_a_table_takes_whatever_else_its_question_declares(name):
    taken = set(inspect.signature(_function(name)).parameters)
    declared = {each.name for each in find(name).parameters_in(EVERYWHERE, PROGRAMS)}
    renamed = {"from": "from_date"}
    assert taken - TABLE == {renamed.get(each, each) for each in declared} - FILES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TABLES])
def test_a_function_takes_what_its_question_declares(name):
    question = find(name)
    taken = set(inspect.signature(_function(name)).parameters)
    declared = {each.name for each in question.parameters_in(EVERYWHERE, PROGRAMS)}
    assert {each.removesuffix("_") for each in taken} - {"from_date"} == declared - (
        {"from"} if "from_date" in taken else set()
    )


def test_every_public_name_is_listed_and_nothing_heavy_is_loaded():
    code = (
        f"import sys, detente; assert set({FIRST!r}) <= set(dir(detente));"
        "print(sorted(each for each in sys.modules if each.partition('.')[0] in "
        "('numpy', 'polars', 'yaml', 'litestar', 'pydantic', 'numba')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_room_that_was_imported_is_asked_by_its_name_too():
    import detente.duty.answer

    assert detente.duty.answer.answer_duty
    found = detente.duty("8507.60.00.10", origin="CN", on="2025-11-12")
    assert found.total.ad_valorem == "0.484"


def test_a_question_of_two_words_is_a_function_of_its_room():
    names = [row["name"] for row in detente.scenario.list().to_dict()["scenarios"]]
    assert "threat-100" in names
    found = detente.impact.equilibrium(scenario="nafta", draws=0)
    assert found.to_dict()["scenario"] == "nafta"
    with pytest.raises(AttributeError, match="no attribute 'parcial'"):
        _ = detente.impact.parcial


def test_rows_are_a_frame_and_a_table():
    found = detente.timeline(from_date="2026-01-01", to_date="2026-03-01")
    frame = found.to_frame()
    assert len(frame) == len(found.events) > 0
    assert found._repr_html_().startswith("<table>")


def test_what_is_not_understood_names_the_parameter_as_python_has_it():
    with pytest.raises(ValueError, match="known_on"):
        detente.truce(known_on="soon")
    with pytest.raises(TypeError, match="origin"):
        detente.duty("8507.60.00.10")
    with pytest.raises(TypeError, match="orign"):
        detente.duty("8507.60.00.10", origin="CN", orign="CN")
    with pytest.raises(AttributeError, match="no attribute"):
        _ = detente.dutty


class Frame(list):
    """What is gone through as a frame is: by the names of its columns."""

    columns = ("Huawei",)


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: detente.screen(b"Huawei"), TypeError, "name: write text, not bytes"),
        (lambda: detente.screen(None), ValueError, "name: none is given"),
        (lambda: detente.screen([]), ValueError, "name: none is given"),
        (lambda: detente.screen(address=""), ValueError, "no name is given, and no address"),
        (lambda: detente.screen(address=" "), ValueError, "no name is given, and no address"),
        (lambda: detente.screen(["Huawei", None]), TypeError, "name: write text, not None"),
        (lambda: detente.screen(["Huawei", float("nan")]), TypeError, "write text, not float"),
        (lambda: detente.screen({"name": "Huawei"}), TypeError, "name: write texts, not dict"),
        (lambda: detente.screen(Frame(["Huawei"])), TypeError, "give one column, not a whole Fra"),
        (lambda: detente.screen("\ud800abc"), ValueError, "name: .* half a character"),
        (lambda: detente.screen("Huawei", top="3"), TypeError, "top: write a whole number, not st"),
        (lambda: detente.screen("Huawei", top=2.5), TypeError, "top: write a whole number, not fl"),
        (lambda: detente.party(None), ValueError, "party: none is given"),
        (lambda: detente.party(5), TypeError, "party: write text, not int"),
        (lambda: detente.duty(b"8507", origin="CN"), TypeError, "code: write text, not bytes"),
        (lambda: detente.duty("8507", origin=["CN"]), TypeError, "origin: write text, not list"),
        (lambda: detente.duty("8507", origin=None), ValueError, "origin: none is given"),
        (
            lambda: detente.duty("8507", origin="CN", value=float("nan")),
            ValueError, "value: nan is not a value",
        ),
        (
            lambda: detente.assess(code="8507", origin=b"CN", to="US"),
            TypeError, "origin: write text, not bytes",
        ),
        (lambda: detente.licence(from_="US", to=5), TypeError, "to: write text, not int"),
        (lambda: detente.batch("entries.csv"), TypeError, "give a frame of pandas, polars or Arr"),
        (lambda: detente.batch({"code": "8507"}), TypeError, "give a frame of pandas, polars or"),
        (lambda: detente.owners(None), TypeError, "give a frame of pandas, polars or Arrow"),
        (
            lambda: detente.owners([{"owner": "a", "owned": "b", "share": "1"}], screen="no"),
            TypeError, "screen: write True or False, not str",
        ),
    ],
)  # fmt: skip
def test_what_is_of_another_type_is_refused_and_not_asked_as_its_text(ask, error, message):
    with pytest.raises(error, match=message):
        ask()


def test_a_name_of_bytes_that_no_text_holds_is_not_compared(capsys):
    # As the shell hands on bytes that are not UTF-8.
    assert main(["screen", "\udcff\udcfeabc"]) == 2
    assert "is not a name: it holds half a character" in capsys.readouterr().err


def test_a_question_asked_again_is_answered_alike_whatever_was_asked_between() -> None:
    asked = {"code": "8507.60.00.10", "origin": "CN", "value": "1000", "on": "2026-11-12"}
    first = detente.duty(**asked), detente.assess(**asked, to="US", party=["Huawei Technologies"])
    for code in ("9503.00.00.71", "8541.10.00.40", "7308.90.95.90"):
        for day in ("2019-06-01", "2025-04-20", "2026-11-12"):
            detente.duty(code=code, origin="MX", on=day)
            detente.assess(code=code, origin="CN", to="US", on=day, party=["Acme Toys"])
            detente.duty(code=code, origin="CN", on=day, scenario="threat-100")
    again = detente.duty(**asked), detente.assess(**asked, to="US", party=["Huawei Technologies"])
    assert again == first


def test_a_list_imported_between_two_questions_counts_in_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    asked = {"code": "9503.00.00.71", "origin": "CN", "to": "US", "on": "2026-11-12"}
    name = "Qwertz Zebra Trading"
    before = detente.assess(**asked, party=[name])["parties"][0]
    listed = tmp_path / "own.csv"
    listed.write_text(f"name,country\n{name},CN\n", encoding="utf-8")
    assert main(["lists", "import", str(listed), "--name", "OWN", "--as-of", "2026-11-01"]) == 0
    after = detente.assess(**asked, party=[name])["parties"][0]
    assert not before["hits"]
    assert [hit["list"] for hit in after["hits"]] == ["OWN"]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_of_a_questions_name_is_called_as_the_question(name: str) -> None:
    room, _, kind = name.partition(" ")
    file = ROOT / "src" / "detente" / room / f"{kind}.py"
    if file.is_file():
        importlib.import_module(f"detente.{room}.{kind}")
    assert callable(_function(name))


def test_an_answer_shows_itself_as_what_it_holds_and_offers_its_keys():
    found = Result({"on": "2026-01-01", "rows": [1, 2]})
    assert repr(found) == "Result({'on': '2026-01-01', 'rows': [1, 2]})"
    assert {"on", "rows", "to_frame"} <= set(dir(found))
    assert (len(found), list(found)) == (2, ["on", "rows"])


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda found: pickle.loads(pickle.dumps(found))]
)
def test_an_answer_can_be_copied_and_pickled(copied):
    found = Result({"on": "2026-01-01", "rows": [{"a": 1}]}, "rows")
    same = copied(found)
    assert same.to_dict() == found.to_dict()
    assert same.rows[0].a == 1
    assert same._repr_html_() == found._repr_html_()
    with pytest.raises(AttributeError, match="the answer has no 'off', but on, rows"):
        _ = same.off


def test_a_program_asks_of_as_many_names_as_it_has() -> None:
    many = [f"Quuxwerk {number} Zorblax" for number in range(51)]
    assert [each["name"] for each in detente.screen(many, on="2026-08-01")["results"]] == many
