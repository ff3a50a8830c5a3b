"""What a cold answer loads, opens and reads is listed, so that it grows on purpose alone."""

from __future__ import annotations

import pytest

from tools.cold_path import FORMS, cold_path, read_listed

# Another version of Python loads other modules of its own.
pytestmark = pytest.mark.once


@pytest.mark.parametrize("form", FORMS)
def test_a_cold_answer_loads_opens_and_reads_no_more_than_is_listed(form: str) -> None:
    found, listed = cold_path(FORMS[form]), read_listed()[form]
    assert {"detente", "detente.duty.answer"} <= {name for kind, name in found if kind == "module"}
    more = {key: count for key, count in found.items() if count > listed[key]}
    assert not more, "every cold answer would wait for this"
    # Modules of Python itself differ between its releases; all else that is listed is there still.
    gone = {
        key: count
        for key, count in listed.items()
        if count > found[key] and (key[0] != "module" or key[1].startswith("detente"))
    }
    assert not gone, "`python tools/cold_path.py` takes it off the list"
