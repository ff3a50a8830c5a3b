"""The built-in register and a way to ask it in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from detente.licence.answer import LicenceQuery, answer_licence
from detente.register.book import Register

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="session")
def ask(register: Register) -> Ask:
    def asked(start: str, to: str, on: str, **more: Any) -> dict[str, Any]:
        return answer_licence(register, LicenceQuery(start, to, on, **more))

    return asked
