"""One entry audited: shared by the tests of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.audit.answer import Auditor
from detente.audit.entries import entries_of
from detente.audit.report import audit
from detente.goods.schedule import Schedule
from detente.register.book import Register

PLAIN = {"code": "9503.00.00.73", "origin": "CN", "on": "2026-03-01", "value": "1000"}
BATTERY = {"id": "1", "code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": "10000"}


def one(register: Register, schedule: Schedule, *rows: Mapping[str, str], **given: Any) -> Any:
    """The result of the one entry that rows make."""
    answer = audit(Auditor(register, schedule, **given), entries_of(rows))
    assert len(answer["rows"]) == 1
    return answer["rows"][0]
