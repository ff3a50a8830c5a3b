"""Checks of controls: the items, parties, exceptions and places that provisions name are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING
from detente.register.control_terms import BORROWED, DECISIONS, POLICIES
from detente.register.load.checks import require_known
from detente.register.load.contents import Contents
from detente.register.load.yaml_reader import RegisterError
from detente.register.model import Measure, Provision

if TYPE_CHECKING:
    from detente.register.control_terms import ControlTerms

PLACES = ("from", "to", "made_in", "reach", "trade_with", "headquarters", "counts_as", "raised_for")
ROLES = ("end_user", "exporter", "either")


def check_controls(contents: Contents) -> None:
    """The provisions that decide, of every side whose words of control the register holds.

    Raises:
        RegisterError: a provision names what nothing explains.
    """
    for side, terms in contents.controls.items():
        _check_reading(contents, f"{side.lower()}/control/_terms.yaml", terms)
        _check_imports(contents, f"{side.lower()}/control/_imports.tsv", terms)
    for measure in contents.measures.values():
        side, _, room = measure.area.partition("/")
        words = contents.controls.get(side.upper())
        if words is not None and room == "control":
            for provision in measure.provisions:
                if "decision" in provision.control:
                    _check_provision(contents, words, measure, provision)


def _check_reading(contents: Contents, file: str, terms: ControlTerms) -> None:
    """The places, uses and facts by which one side says what of its law was not read."""
    uses = contents.facts["end_use"].words if "end_use" in contents.facts else ()
    known: dict[str, Iterable[str]] = {
        "place": (*contents.places, *contents.countries),
        "end use": uses,
        "entry fact": contents.facts,
        "measure": contents.measures,
        "item": {each.name for each in terms.items},
        "class of parties": {each.name for each in terms.parties},
    }
    for key, names in (
        ("place", [name for each in terms.read.unread for name in each.to]),
        ("end use", [name for each in terms.read.unread for name in each.end_use]),
        ("item", [name for each in terms.read.unread for name in each.but_not]),
        ("class of parties", [name for each in terms.read.unread for name in each.parties]),
        ("entry fact", terms.read.facts),
        ("measure", [each for each in (terms.read.control_list, terms.read.scope) if each]),
    ):
        for name in names:
            if name not in known[key]:
                raise RegisterError(
                    f"register/{file}", 1, f"unknown {key} `{name}` under `read`", "Correct it"
                )


def _check_imports(contents: Contents, file: str, terms: ControlTerms) -> None:
    """The places of whose goods the rows of imports speak."""
    for row in terms.imports:
        for name in filter(None, (row.of, row.asked_of)):
            if name not in contents.places and name not in contents.countries:
                what = f"unknown place `{name}` beside {row.code}"
                raise RegisterError(f"register/{file}", 1, what, "Correct it")


def _check_provision(
    contents: Contents, terms: ControlTerms, measure: Measure, provision: Provision
) -> None:
    origin = contents.origins[measure.id]
    provisions = {each.id for each in measure.provisions}
    known: dict[str, Iterable[str]] = {
        "decision": DECISIONS,
        "policy": (*POLICIES, *BORROWED),
        "role": ROLES,
        "items": (item.name for item in terms.items),
        "but_not": (item.name for item in terms.items),
        "content": (item.name for item in terms.items),
        "parties": (each.name for each in terms.parties),
        "exceptions": (each.name for each in terms.exceptions),
        "instead_of": provisions,
        "under": (*provisions, *contents.measures),
        **dict.fromkeys(PLACES, (*contents.places, *contents.countries)),
    }
    for key, names in known.items():
        words: Mapping[str, object] = dict.fromkeys(names)
        require_known(
            origin, f"word under `{key}` of {provision.id}:", _words(provision, key), words
        )


def _words(provision: Provision, key: str) -> Iterator[str]:
    value = provision.control.get(key)
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from map(str, value)
