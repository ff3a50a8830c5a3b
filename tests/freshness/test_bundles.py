"""Law in one signed file: whole, the same twice, taken at once or not at all, never backwards."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detente._version import __version__
from detente.freshness import bundles, updating
from detente.freshness.bundles import BundleError, open_bundle
from detente.freshness.trust import trust, trusted
from detente.freshness.updating import file_in_use, in_use, roll_back, take
from detente.register.book import Register
from detente.store import files
from detente.store.signing import SigningError, SigningKey
from tests.freshness.law import bundle, key_of, package, trusting
from tests.small_register import DOCUMENTS, DUTY, READ, SOURCES

LATER = DUTY.replace(
    "verified:",
    "  - {announced: 2026-10-12, source: order-2, periods:"
    ' [{provision: main, from: 2026-10-20, add: "20%"}]}\nverified:',
)
"""The duty of the small register, with one more event."""

Forge = Callable[[Path], None]


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return key_of(tmp_path / "maintainer")


@pytest.fixture(autouse=True)
def _a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "user"))
    package(tmp_path / "package", monkeypatch)


@pytest.fixture
def newer(tmp_path: Path, key: SigningKey) -> Path:
    trusting(key)
    return bundle(tmp_path / "newer", key, changed={"us/tariff/duty.yaml": LATER})


def events() -> int:
    """How many events the duty of the law in use has: 1 before, 2 after."""
    register = Register.load(file_in_use("register.sqlite"))
    count = len(register.measure("us-duty").events)
    register.close()
    return count


def test_a_bundle_is_taken_and_its_law_answers(newer: Path) -> None:
    assert (in_use(), events()) == ("", 1)
    taken = take(newer)
    assert taken.signed_by == "Test key"
    assert taken.manifest.name.startswith("2026-10-14-")
    assert (in_use(), events()) == (taken.manifest.name, 2)


def test_what_was_packed_is_what_lies_there_after_the_update(newer: Path) -> None:
    name = take(newer).manifest.name
    kept = updating.folder() / name / "register.sqlite"
    assert kept.read_bytes() == (newer.parent / "register.sqlite").read_bytes()


def test_two_builds_of_the_same_law_are_the_same_bytes(tmp_path: Path, key: SigningKey) -> None:
    first, second = bundle(tmp_path / "one", key), bundle(tmp_path / "two", key)
    assert first.read_bytes() == second.read_bytes()


def test_going_back_brings_the_law_before_and_again_the_law_after(newer: Path) -> None:
    name = take(newer).manifest.name
    assert roll_back() == (name, "")
    assert (in_use(), events()) == ("", 1)
    assert files._law() == ("", "", ""), "no bundle is said to be missing"
    assert roll_back() == ("", name)
    assert (in_use(), events()) == (name, 2)


def test_without_an_update_there_is_nothing_to_go_back_to() -> None:
    with pytest.raises(BundleError, match="no law before this one"):
        roll_back()


def repacked(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of a bundle."""
    with zipfile.ZipFile(path) as packed:
        members = {each: packed.read(each) for each in packed.namelist()}
    members[name] = change(members[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, body in members.items():
            packed.writestr(each, body)
    path.write_bytes(made.getvalue())


def flipped(body: bytes) -> bytes:
    at = len(body) // 2
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


def of_manifest(**changes: object) -> Forge:
    """A forger who changes what the manifest says."""

    def forge(path: Path) -> None:
        def change(body: bytes) -> bytes:
            return json.dumps({**json.loads(body), **changes}, indent=1).encode()

        repacked(path, bundles.MANIFEST, change)

    return forge


SWAPPED = bytes.maketrans(b"ABCDEFGHIJKL", b"BADCFEHGJILK")
"""Letters of a signature that change places: some stand in every one."""

FORGED: dict[str, tuple[Forge, str]] = {
    "a byte of the law": (
        lambda path: repacked(path, "register.sqlite", flipped),
        "is not what the manifest says",
    ),
    "the day": (of_manifest(day="2026-10-15"), "calls itself|signature does not fit"),
    "the areas": (of_manifest(areas={"us/tariff": "2027-01-01"}), "signature does not fit"),
    "the release": (of_manifest(made_for="0.0.1"), "signature does not fit"),
    "the format": (of_manifest(format=2), "update the program first"),
    "the files": (of_manifest(files={}), "calls itself"),
    "the signature": (
        lambda path: repacked(path, bundles.SIGNATURE, lambda body: body.translate(SWAPPED)),
        "signature does not fit|not trusted|not a bundle",
    ),
    "no signature": (
        lambda path: repacked(path, bundles.SIGNATURE, lambda _: b"{}"),
        "not a bundle of law",
    ),
    "half of it": (lambda path: path.write_bytes(path.read_bytes()[:-400]), "not a whole bundle"),
    "another file": (lambda path: path.write_bytes(b"PK nothing"), "not a whole bundle"),
    "a bomb": (
        lambda path: repacked(path, "register.sqlite", lambda body: bytes(len(body) + 10_000)),
        "is larger than",
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_bundle_that_was_changed_is_refused_and_the_law_stays(newer: Path, what: str) -> None:
    forge, words = FORGED[what]
    forge(newer)
    with pytest.raises(BundleError, match=words):
        take(newer)
    assert (in_use(), events()) == ("", 1)
    kept = {each.name for each in updating.folder().iterdir()}
    assert kept == {"trusted.tsv"}


def test_every_byte_of_the_manifest_is_signed(newer: Path) -> None:
    with zipfile.ZipFile(newer) as packed:
        size = len(packed.read(bundles.MANIFEST))
    whole = newer.read_bytes()
    for at in range(0, size, 41):

        def change(body: bytes, at: int = at) -> bytes:
            return body[:at] + bytes([body[at] ^ 4]) + body[at + 1 :]

        repacked(newer, bundles.MANIFEST, change)
        with pytest.raises(BundleError):
            take(newer)
        newer.write_bytes(whole)
    assert take(newer).manifest.name == in_use()


def test_a_key_that_the_user_does_not_trust_is_refused(newer: Path, tmp_path: Path) -> None:
    stranger = key_of(tmp_path / "stranger")
    path = bundle(tmp_path / "strange", stranger, changed={"us/tariff/duty.yaml": LATER})
    with pytest.raises(BundleError, match="not trusted here"):
        take(path)
    assert events() == 1


def test_keys_are_trusted_by_name_once(key: SigningKey) -> None:
    trust(key.public, "A  maintainer")
    assert trusted() == {key.public: "A maintainer"}
    with pytest.raises(SigningError, match="trusted already, as that of A maintainer"):
        trust(key.public, "Another")
    with pytest.raises(SigningError, match="not a public key"):
        trust("11qYAYKx", "Somebody")


def test_a_bundle_for_another_release_is_refused(
    newer: Path, tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "__version__", "9.9.9")
    with pytest.raises(BundleError, match=f"for release {__version__} of the program"):
        take(newer)


def test_law_of_another_shape_is_refused(newer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shape_of(path: Path) -> str:
        return "own" if "package" in str(path) else bundles.shape_of(path)

    monkeypatch.setattr(updating, "shape_of", shape_of)
    with pytest.raises(BundleError, match="written for another state of the program"):
        take(newer)


FORGETS = {
    "an event": ({}, "1 events are missing: us-duty of 2026-10-12"),
    "a record": ({"us/tariff/duty.yaml": None}, "1 records are missing: us-duty"),
    "a citation": (
        {
            "us/tariff/duty.yaml": LATER,
            "sources.yaml": SOURCES.replace(
                'order-3: {citation: "Order 3", title: "Third order"}\n', ""
            ),
        },
        "1 citations are missing: order-3",
    ),
    "days of reading": (
        {
            "us/tariff/duty.yaml": LATER,
            "us/tariff/_area.yaml": 'reviewed_through: 2026-10-09\nnote: "As read."\n',
        },
        "us/tariff is read through 2026-10-09, and was read through 2026-10-10",
    ),
}


@pytest.mark.parametrize("what", FORGETS)
def test_law_that_forgets_is_refused_without_force(
    newer: Path, tmp_path: Path, key: SigningKey, what: str
) -> None:
    take(newer)
    changed, words = FORGETS[what]
    path = bundle(tmp_path / "lossy", key, "2026-10-15", changed)
    with pytest.raises(BundleError) as caught:
        take(path)
    assert words in str(caught.value)
    assert events() == 2
    taken = take(path, force=True)
    assert any(words in each for each in taken.forgotten)
    assert in_use() == taken.manifest.name


def test_documents_and_decisions_are_not_forgotten(tmp_path: Path, key: SigningKey) -> None:
    trusting(key)
    take(bundle(tmp_path / "read", key, changed=READ))
    unread = DOCUMENTS.replace(
        "source: order-1\t\ta reader\t2026-10-10\tprimary", "\tcode:8507\t\t\t"
    )
    for number, text in enumerate((unread, DOCUMENTS.splitlines()[0] + "\n")):
        changed = {**READ, "read/orders.tsv": text}
        path = bundle(tmp_path / f"lossy{number}", key, "2026-10-15", changed)
        with pytest.raises(BundleError, match=r"are missing: orders 2025-00001"):
            take(path)


def test_an_older_bundle_is_refused_without_force(
    newer: Path, tmp_path: Path, key: SigningKey
) -> None:
    take(newer)
    changed = {"us/tariff/duty.yaml": LATER + "note: older\n"}
    older = bundle(tmp_path / "older", key, "2026-10-13", changed)
    with pytest.raises(BundleError, match="of 2026-10-13, and the law in use is of 2026-10-14"):
        take(older)
    assert take(older, force=True).manifest.day == "2026-10-13"


def test_a_bundle_may_leave_out_what_the_one_before_had(
    newer: Path, tmp_path: Path, key: SigningKey
) -> None:
    from tests.freshness.law import compiled

    take(newer)
    opened = open_bundle(newer)
    opened.packed.close()
    data = compiled(tmp_path / "daily", {"us/tariff/duty.yaml": LATER})
    (data / "goods.sqlite").write_bytes((data / "register.sqlite").read_bytes())
    areas = {"us/tariff": "2026-10-10"}
    path = tmp_path / "daily.law"
    names = ("goods.sqlite", "register.sqlite")
    made = bundles.build(data, path, "2026-10-15", areas, key, opened.manifest, names)
    assert {name: each["included"] for name, each in made.files.items()} == {
        "goods.sqlite": True,
        "register.sqlite": False,
    }
    assert take(path).manifest.name == in_use()
    assert events() == 2
    roll_back()
    roll_back()
    with pytest.raises(BundleError, match="nothing differs from the bundle before"):
        bundles.build(data, path, "2026-10-16", areas, key, made, names)


def test_a_bundle_that_leaves_out_what_is_not_here_is_refused(
    newer: Path, tmp_path: Path, key: SigningKey
) -> None:
    opened = open_bundle(newer)
    opened.packed.close()
    data = newer.parent
    (data / "goods.sqlite").write_bytes((data / "register.sqlite").read_bytes())
    areas, names = {"us/tariff": "2026-10-10"}, ("goods.sqlite", "register.sqlite")
    path = tmp_path / "daily.law"
    bundles.build(data, path, "2026-10-15", areas, key, opened.manifest, names)
    with pytest.raises(BundleError, match="the law in use has another: take 2026-10-14-"):
        take(path)


def test_a_trial_keeps_nothing(newer: Path) -> None:
    seen = []
    take(newer, dry_run=True, look=lambda old, new, folder: seen.append(len(new.names())))
    assert seen == [2]
    assert (in_use(), events()) == ("", 1)
    assert {each.name for each in updating.folder().iterdir()} == {"trusted.tsv"}


WATCHED_CALLS = frozenset(
    {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "shutil.rmtree"}
)
"""Audit events by which an update touches the disk."""


def killed_after(steps: int, path: Path) -> bool:
    """Take a bundle in another process that dies before its nth touch of the disk.

    Returns:
        Whether it came to its end.
    """
    child = os.fork()
    if child == 0:
        left = [steps]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event in WATCHED_CALLS:
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)

        sys.addaudithook(hook)
        take(path)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_an_update_that_is_killed_at_any_step_leaves_the_old_law_or_the_new_one_whole(
    newer: Path,
) -> None:
    def law() -> tuple[str, int]:
        return in_use(), events()

    old, new = ("", 1), (open_bundle(newer).manifest.name, 2)
    seen = []
    for steps in range(1000):
        done = killed_after(steps, newer)
        seen.append(law())
        assert seen[-1] in (old, new), f"killed before step {steps + 1}"
        if done:
            break
        if seen[-1] == new:
            roll_back()
            assert law() == old
    assert seen[-1] == new
    # The law was old for most steps and new after the one that counts.
    assert len(seen) > 20
    assert seen.count(old) > 15


def days(count: int) -> Iterator[str]:
    from datetime import date, timedelta

    for number in range(count):
        yield (date(2026, 10, 15) + timedelta(days=number)).isoformat()


def test_many_daily_bundles_leave_two_on_the_disk(
    newer: Path, tmp_path: Path, key: SigningKey
) -> None:
    take(newer)
    text = DOCUMENTS
    for number, day in enumerate(days(12)):
        text += f"2026-9{number:04}\t{day}\t\tOrder\t\t\tduties\tnone: no\t\tr\t{day}\tprimary\n"
        changed = {**READ, "us/tariff/duty.yaml": LATER, "read/orders.tsv": text}
        take(bundle(tmp_path / f"day{number}", key, day, changed))
    kept = {each.name for each in updating.folder().iterdir() if each.is_dir()}
    assert len(kept) == 2
    assert in_use() in kept
