"""What one answer loads."""

from __future__ import annotations

from tests.test_imports import HEAVY, modules_after


def test_a_licence_answer_loads_no_heavy_library() -> None:
    answer = (
        "from detente.cli.main import main\n"
        "words = 'licence --from CN --to US --item gallium --on 2026-01-01'.split()\n"
        "assert main(words) == 0"
    )
    loaded = modules_after(answer)
    assert "detente" in loaded
    assert not loaded & set(HEAVY)
