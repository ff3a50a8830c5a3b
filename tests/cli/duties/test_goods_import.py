"""`detente goods import`, `editions` and `forget`, as a person types them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.goods import importing, laying, schedule
from tests.small_register import write_register
from tests.small_schedule import BASE, NEXT_DAY, Printed, page, small_base, write_csv, write_json

SODIUM = Printed("8507.80.90.00", 2, "Of sodium", ("No.",), "7%", "", "50%", "See 9903.99.07.")
HEADING = Printed("9903.99.07", 0, "New articles", (), "The applicable duty + 5%")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder beside a small schedule, which stands in the place of the built-in one."""
    file = str(small_base(tmp_path / "base"))
    for module in (schedule, importing, laying):
        monkeypatch.setattr(module, "COMPILED", file)
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def register(tmp_path: Path) -> str:
    return str(write_register(tmp_path))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["goods", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def names(capsys: pytest.CaptureFixture[str]) -> list[str]:
    _, out, _ = run(capsys, "editions", "--json")
    return [each["edition"] for each in json.loads(out)["editions"]]


def test_an_import_shows_what_changes_and_keeps_it(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(write_json(tmp_path / "second.json.gz", page(SODIUM, HEADING)))
    code, out, err = run(capsys, "import", file, "--from", NEXT_DAY, "--register", register)
    assert (code, err) == (0, "")
    assert "second, used from 2026-07-01, against first" in out
    assert "lines added                1" in out
    assert "8507.80.90.00 Of sodium: no code before it; on small-list" in out
    assert (
        "9903.99.07 new, not modelled, named in the footnotes of 1 line: The applicable duty + "
        "5%; New articles" in out
    )
    assert out.endswith("Imported second. Answers say so; undo with `detente goods forget`.\n")
    assert names(capsys) == ["first", "second"]
    code, out, _ = run(capsys, "8507.80.90.00", "--on", NEXT_DAY)
    assert code == 0
    assert "Of sodium" in out
    assert "! From an imported edition: second" in out


def test_a_dry_run_shows_the_same_and_keeps_nothing(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(write_json(tmp_path / "second.json", page(SODIUM, HEADING)))
    words = ("import", file, "--from", NEXT_DAY, "--register", register)
    code, tried, _ = run(capsys, *words, "--dry-run")
    assert code == 0
    assert tried.endswith("Nothing was kept.\n")
    assert not home.exists()
    assert names(capsys) == ["first"]
    _, kept, _ = run(capsys, *words)
    assert kept.rpartition("\n\n")[0] == tried.rpartition("\n\n")[0]


def test_forgetting_restores_what_was_there_before(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run(capsys, "8507.60.00.10", "--on", NEXT_DAY, "--json")
    file = str(write_json(tmp_path / "second.json", page(SODIUM)))
    run(capsys, "import", file, "--from", NEXT_DAY, "--register", register)
    assert run(capsys, "8507.60.00.10", "--on", NEXT_DAY, "--json") != before
    assert run(capsys, "forget", "second") == (0, "Forgot second.\n", "")
    assert run(capsys, "8507.60.00.10", "--on", NEXT_DAY, "--json") == before
    assert list(home.iterdir()) == []


def test_an_edition_that_was_not_imported_cannot_be_forgotten(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "forget", "first")
    assert code == 2
    assert "no imported edition is named 'first': nothing was imported" in err
    file = str(write_json(tmp_path / "second.json", page(SODIUM)))
    run(capsys, "import", file, "--from", NEXT_DAY, "--register", register)
    assert "imported are: second" in run(capsys, "forget", "third")[2]


def test_several_files_are_laid_in_order_of_their_days(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    late = str(write_csv(tmp_path / "late.csv", page(SODIUM, HEADING)))
    early = str(write_json(tmp_path / "early.json", page(SODIUM)))
    code, out, _ = run(
        capsys,
        *("import", late, early, "--name", "third", "--name", "second"),
        *("--from", "2026-08-01", "--from", NEXT_DAY, "--register", register, "--json"),
    )
    assert code == 0
    answer = json.loads(out)
    assert answer["kept"] is True
    second, third = answer["editions"]
    assert (second["edition"], second["before"], second["added"]) == (
        "second",
        "first",
        ["8507809000"],
    )
    assert (third["edition"], third["before"], third["added"]) == ("third", "second", [])
    assert [each["heading"] for each in third["headings"]] == ["9903.99.07"]
    assert names(capsys) == ["first", "second", "third"]


def test_a_known_edition_keeps_its_day_when_it_is_imported_again(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(write_json(tmp_path / "second.json", page(SODIUM)))
    run(capsys, "import", file, "--from", NEXT_DAY, "--register", register)
    write_json(tmp_path / "second.json", page(HEADING))
    code, out, _ = run(capsys, "import", file, "--register", register)
    assert code == 0
    assert "second, used from 2026-07-01, against first" in out
    assert names(capsys) == ["first", "second"]


def test_one_file_that_is_none_keeps_all_of_them_out(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(write_json(tmp_path / "second.json", page(SODIUM)))
    bad = tmp_path / "third.json.gz"
    bad.write_bytes(gzip.compress(b"[")[:-4])
    code, out, err = run(
        capsys, "import", good, str(bad), "--from", NEXT_DAY, "--from", "2026-08-01"
    )
    assert (code, out) == (2, "")
    assert err.startswith("detente goods: third.json.gz is a damaged or cut-off gzip file")
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "say with --from DAY from which day second is used, not before 2026-01-01"),
        (("--from", "July"), "'July' is not a day: write it as YYYY-MM-DD"),
        (("--from", "2025-01-01"), "before the edition that it follows"),
        (("--from", NEXT_DAY, "--from", NEXT_DAY), "1 files and 2 --from: give it once for each"),
        (("--name", "first"), "first is one of the built-in editions, used from 2026-01-01"),
        (("--name", "../x", "--from", NEXT_DAY), "'../x' cannot name an edition"),
    ],
)
def test_what_an_import_lacks_is_said(
    home: Path,
    tmp_path: Path,
    register: str,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    message: str,
) -> None:
    file = str(write_json(tmp_path / "second.json", BASE))
    code, _, err = run(capsys, "import", file, "--register", register, *words)
    assert code == 2
    assert message in err
    assert not home.exists() or list(home.iterdir()) == []


def test_two_files_of_one_name_must_be_told_apart(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [write_json(tmp_path / "a.json", BASE), write_csv(tmp_path / "a.csv", BASE)]
    code, _, err = run(
        capsys, "import", *map(str, files), "--from", NEXT_DAY, "--from", "2026-08-01"
    )
    assert code == 2
    assert "two files have the same name" in err


def test_a_file_that_is_not_there_is_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "import", str(tmp_path / "none.json"), "--from", NEXT_DAY)
    assert code == 2
    assert "none.json" in err


def test_a_long_list_is_cut_and_says_how_much_is_left(
    home: Path, tmp_path: Path, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [Printed(f"8507.60.00.{n}", 2, f"Kind {n}", ("No.",)) for n in range(20, 45)]
    file = str(write_json(tmp_path / "second.json", page(*many)))
    _, out, _ = run(capsys, "import", file, "--from", NEXT_DAY, "--register", register)
    assert "lines added               25" in out
    # 25 new lines, of which 20 are shown.
    assert out.count(" Kind ") == 20
    assert "  and 5 more, with --json" in out
