"""What a record says beside its days: instruments, promises, progress, speakers, later notes."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.register.load.events import day_of, texts_of
from detente.register.load.yaml_reader import YamlNode

if TYPE_CHECKING:
    from detente.register.model import AgreedPart, StepTaken, Terms

ATTESTED = ("A", "A-", "B", "B-", "C", "D")
"""How well it is known that a claim was made, the best first."""

TERM_KEYS = (
    "instruments",
    "promised",
    "progress",
    "speaker",
    "role",
    "outlet",
    "attested",
    "words",
    "test",
    "untested",
    "later",
)

OWNERS = {
    "instruments": "agreement",
    "promised": "commitment",
    "progress": "commitment",
    "speaker": "claim",
    "role": "claim",
    "outlet": "claim",
    "attested": "claim",
    "words": "claim",
    "test": "claim",
    "untested": "claim",
}
"""The kind of record to which a key belongs; ``later`` belongs to all."""

VERBS = (
    "reduced",
    "suspended",
    "extended",
    "ceased",
    "stopped",
    "removed",
    "restored",
)
"""What an agreement does to an instrument; they differ in whether anything returns, and what."""


def read_terms(entries: dict[str, YamlNode], kind: str) -> Terms:
    """The terms of a record; empty where it has none.

    Raises:
        RegisterError: a key does not belong to this kind of record, or is written wrongly.
    """
    terms: Terms = {}
    for key in TERM_KEYS:
        if key not in entries:
            continue
        item = entries[key]
        if kind != OWNERS.get(key, kind):
            item.fail(f"`{key}` belongs to a record of kind {OWNERS[key]}", "Take it out")
        terms[key] = _READERS[key](item)  # type: ignore[literal-required]
    if kind == "claim" and "speaker" not in terms:
        entries["id"].fail("a claim has a speaker", "Add `speaker:` with who said it")
    if "test" in terms and "untested" in terms:
        entries["untested"].fail("this claim has a test", "Take out `untested` or `test`")
    return terms


def _instruments(item: YamlNode) -> list[AgreedPart]:
    """What an agreement acts on, each with its verb; ``also`` holds parts that go with it."""
    rows = []
    for each in item.items():
        parts = each.mapping(("of", "verb", "what", "returns", "also"), ("of", "verb", "what"))
        row = _instrument(parts)
        also = parts["also"].items() if "also" in parts else []
        row["also"] = [
            _instrument(part.mapping(("of", "verb", "what", "returns"), ("of", "verb", "what")))
            for part in also
        ]
        rows.append(row)
    return rows


def _instrument(parts: dict[str, YamlNode]) -> AgreedPart:
    of = parts["of"].text()
    measure, slash, provision = of.partition("/")
    if not slash:
        parts["of"].fail(f"`{of}` names no provision", "Write measure/provision")
    return {
        "measure": measure,
        "limb": provision,
        "verb": parts["verb"].word(VERBS),
        "what": parts["what"].text(),
        "returns": parts["returns"].text() if "returns" in parts else "",
    }


def _promised(item: YamlNode) -> list[dict[str, str]]:
    """Quantities over days: what, how much of which unit, from when, until when."""
    rows = []
    for each in item.items():
        parts = each.mapping(("what", "amount", "unit", "from", "until"), ("what",))
        row = dict.fromkeys(("amount", "unit", "from", "until"), "")
        for key, part in parts.items():
            row[key] = day_of(part) if key in ("from", "until") else part.raw.strip()
        rows.append(row)
    return rows


def _progress(item: YamlNode) -> list[StepTaken]:
    """What was found done by a day, and who says so; sources that disagree both stand."""
    rows: list[StepTaken] = []
    for each in item.items():
        parts = each.mapping(("on", "text", "source"), ("on", "text", "source"))
        rows.append(
            {
                "on": day_of(parts["on"]),
                "text": parts["text"].text(),
                "sources": list(texts_of(parts["source"])),
            }
        )
    return rows


def _later(item: YamlNode) -> list[dict[str, str]]:
    """Notes that became known after the record did, each with the day from which it was."""
    rows = []
    for each in item.items():
        parts = each.mapping(("on", "text"), ("on", "text"))
        rows.append({"on": day_of(parts["on"]), "text": parts["text"].text()})
    return rows


_READERS = {
    "instruments": _instruments,
    "promised": _promised,
    "progress": _progress,
    "speaker": YamlNode.text,
    "role": YamlNode.text,
    "outlet": YamlNode.text,
    "attested": lambda item: item.word(ATTESTED),
    "words": YamlNode.text,
    "test": YamlNode.text,
    "untested": YamlNode.text,
    "later": _later,
}
