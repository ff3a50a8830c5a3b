"""What the package shows, and what loading it costs."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import detente

# The public face. A name enters or leaves it on purpose, with a line in CHANGELOG.md.
PUBLIC = ("Register", "Shipment", "assess")

HEAVY = ("litestar", "numba", "numpy", "polars", "rich", "yaml")


def modules_after(statement: str) -> set[str]:
    """Run a statement in a bare interpreter and return the top names of what it had loaded."""
    program = f"{statement}\nimport sys\nprint(*sys.modules, file=sys.stderr, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return {name.partition(".")[0] for name in run.stderr.split()}


def test_the_public_face_is_exactly_what_was_agreed() -> None:
    assert sorted(detente.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(detente, name) is not None


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        detente.no_such_name  # noqa: B018


def test_no_room_bears_the_name_of_a_public_function() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(detente.__path__)}
    assert not rooms & set(detente.__all__)


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not modules_after("import detente") & set(HEAVY)


def test_one_answer_from_the_shell_loads_no_heavy_library() -> None:
    answer = (
        "from detente.cli.main import main\n"
        "words = ['duty', '8507.60.00.10', '--origin', 'CN', '--on', '2025-11-12', '--why']\n"
        "assert main(words) == 0"
    )
    loaded = modules_after(answer)
    assert "detente" in loaded
    assert not loaded & set(HEAVY)
