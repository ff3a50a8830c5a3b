"""Graphs for tests: the cases, and holdings written in one line."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from detente.parties.ownership.answer import owners
from detente.parties.ownership.file import programmes_of
from detente.parties.ownership.model import Entity, Holding, Holdings, Seed
from detente.parties.ownership.shares import share_of
from detente.register.book import Register

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "ownership_cases.json").read_text(encoding="utf-8")
)


@cache
def register() -> Register:
    return Register.load()


def holding(owner: str, owned: str, share: str, source: str = "", key: str = "") -> Holding:
    return Holding(owner, owned, share_of(share), source=source, key=key)


def seed(name: str, listing: str) -> Seed:
    where, _, programme = listing.partition(":")
    return Seed(name, where, programmes_of(programme))


def holdings_of(case: dict[str, Any]) -> Holdings:
    return Holdings(
        tuple(holding(*row) for row in case["holdings"]),
        tuple(seed(name, each) for name, found in case["listed"].items() for each in found),
        {each: Entity(each, "", "MY", of) for each, of in case.get("branches", {}).items()},
    )


def answer(held: Holdings, regime: str, on: str = "2026-11-12") -> dict[str, Any]:
    return owners(register(), held, regime, on)


def ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["id"] for row in rows}
