"""``detente watch`` and ``detente register read`` as a maintainer types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

from tests.cli.conftest import Run
from tests.freshness.test_watching import EDITIONS, HEAD, INDEXES, WATCH, WHOLE
from tests.small_register import READ, write_register


def small(folder: Path) -> tuple[str, str]:
    """A small register, and a folder with answers of its indexes."""
    files = {
        **READ,
        "read/_sources.yaml": INDEXES,
        "read/_watch.yaml": WATCH,
        "read/editions.tsv": EDITIONS,
        "read/news.tsv": f"{HEAD}\n",
    }
    answers = folder / "answers"
    answers.mkdir()
    for name, reply in WHOLE.items():
        assert isinstance(reply, bytes)
        (answers / name).write_bytes(reply)
    return str(write_register(folder, files)), str(answers)


def test_what_is_unread_ends_with_exit_code_3(run: Run, tmp_path: Path) -> None:
    register, answers = small(tmp_path)
    ran = run("watch", "--register", register, "--source", answers, "--since", "2025-03-01")
    assert ran.code == 3
    assert "NEW 2025-03-04 orders 2025-00002" in ran.out
    assert "touches heading 9903.99.01: us-duty" in ran.out
    assert "us/tariff      read through 2025-03-01, could be 2025-03-04" in ran.out


def test_a_day_of_work_ends_with_nothing_unread_and_a_later_horizon(
    run: Run, tmp_path: Path
) -> None:
    register, answers = small(tmp_path)
    looking = ("watch", "--register", register, "--source", answers, "--since", "2025-03-01")
    found = str(tmp_path / "found.json")
    assert run(*looking, "-o", found, "--json").code == 3
    for number in ("2025-00002", "2025HTSRev4", "2025-03-04 A speech"):
        words = ("--effect", "none: looked at", "--reader", "a reader", "--grade", "primary")
        more = ("--found", found, "--register", register)
        ran = run("register", "read", number, *words, *more)
        assert ran.code == 0, ran.err
    for index in ("orders", "editions"):
        ran = run(
            *("register", "read", "--index", index, "--register", register),
            *("--through", "us/tariff=2025-03-04"),
        )
        assert ran.code == 0, ran.err
    assert "us/tariff is read through 2025-03-04 (before: 2025-03-01)." in ran.out
    assert run(*looking).code == 0


def test_an_index_that_was_not_seen_ends_with_exit_code_3(run: Run, tmp_path: Path) -> None:
    register, answers = small(tmp_path)
    (Path(answers) / "news.rss").write_bytes(b"<html>redesigned</html>")
    ran = run("watch", "--register", register, "--source", answers, "--since", "2025-03-05")
    assert ran.code == 3
    assert "! not seen whole: news.rss (news): it begins with `html`" in ran.out


def test_the_unread_documents_are_a_feed_with_lasting_ids(run: Run, tmp_path: Path) -> None:
    register, answers = small(tmp_path)
    ids = []
    for name in ("first.atom", "second.atom"):
        path = tmp_path / name
        words = ("--source", answers, "--since", "2025-03-01", "--feed", str(path))
        assert run("watch", "--register", register, *words).code == 3
        root = ElementTree.fromstring(path.read_bytes())
        space = "{http://www.w3.org/2005/Atom}"
        ids.append([each.findtext(f"{space}id") for each in root.iter(f"{space}entry")])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_the_answer_has_the_keys_of_the_interface(run: Run, tmp_path: Path) -> None:
    ran = run("watch", "--json")
    described = json.loads(ran.out)
    assert ran.code == 3
    assert {"unread", "areas", "indexes", "gaps", "quiet"} <= described.keys()
    row = next(each for each in described["unread"] if each["document"] == "2026-16078")
    assert {"source", "published", "title", "url", "touches"} <= row.keys()
    assert {"area", "through", "could_be"} <= described["areas"][0].keys()


def test_a_mistake_says_what_to_do(run: Run, tmp_path: Path) -> None:
    register, answers = small(tmp_path)
    assert "give one" in run("watch", "--source", answers, "--online").err
    assert "is not a folder" in run("watch", "--source", str(tmp_path / "none")).err
    assert "name one of" in run("watch", "--index", "nobody").err
    ran = run("register", "read", "2026-1", "--effect", "none: x", "--register", str(tmp_path))
    assert "run this in a checkout" in ran.err
    words = ("--reader", "r", "--grade", "primary", "--register", register)
    ran = run("register", "read", "2026-1", "--effect", "none: x", *words)
    assert "--found FILE" in ran.err
    ran = run("register", "read", "2025-00001", "--effect", "none: x", "--register", register)
    assert "say --reader, --grade" in ran.err
    shutil.rmtree(answers)
