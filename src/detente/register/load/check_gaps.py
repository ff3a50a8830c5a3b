"""What gaps touch leads somewhere: each turns answers open, and none points at settled law."""

from __future__ import annotations

from detente.register.load.checks import require_known
from detente.register.load.contents import Contents
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import Gap, GapTouch, Provision

RAISED = ("named", "total", "origin", "always")
"""Ways in which an entry fact is asked of an entry that does not give it."""

COLUMNS = ("general", "special", "other")


def check_gaps(contents: Contents) -> None:
    """Gaps touch known provisions, lists and facts.

    Possible provisions belong to a gap that says so.

    Raises:
        RegisterError: a name leads nowhere, or what is touched would settle its answers anyway.
    """
    for gap in contents.gaps:
        _check_gap(contents, gap, contents.origins[f"gap {gap.id}"])
    gaps = {gap.id: gap for gap in contents.gaps}
    for measure in contents.measures.values():
        for provision in measure.provisions:
            if not provision.possible:
                continue
            if (measure.id, provision.id) not in gaps[provision.possible].touches.provisions:
                contents.origins[f"gap {provision.possible}"].fail(
                    f"{measure.id}/{provision.id} is possible because of this gap, which does not "
                    "touch it",
                    f'Add {{provisions: "{measure.id}/{provision.id}"}} to its `touches`',
                )


def _check_gap(contents: Contents, gap: Gap, origin: YamlNode) -> None:
    for name, word in gap.touches.provisions:
        require_known(origin, "measure", [name], contents.measures)
        provisions = {provision.id: provision for provision in contents.measures[name].provisions}
        require_known(origin, f"provision of {name}", [word], provisions)
        if not (provisions[word].possible == gap.id or _is_unknown(provisions[word])):
            origin.fail(
                f"{name}/{word} is settled law: an answer by it is not open",
                f"Add a provision with `possible: {gap.id}`, "
                "or give a period of it `unknown: true`",
            )
    require_known(origin, "list", gap.touches.lists, contents.lists)
    _check_lists(contents, gap, origin)
    require_known(origin, "entry fact", gap.touches.facts, contents.facts)
    for key in gap.touches.facts:
        fact = contents.facts[key]
        if fact.raised not in RAISED and not fact.goods:
            origin.fail(
                f"{key} is never asked, so nothing is open because of it",
                f"Let the fact be raised as {' or '.join(RAISED)}, or touch something else",
            )
    require_known(origin, "column", gap.touches.columns, dict.fromkeys(COLUMNS))


def _check_lists(contents: Contents, gap: Gap, origin: YamlNode) -> None:
    """Lists that are touched have rows or days of which the state is not in hand."""
    wanted = {name for name in gap.touches.lists if not contents.lists[name].unknown}
    wanted -= {row.list for row in contents.members if row.unknown}
    for name in sorted(wanted):
        origin.fail(
            f"the list {name} is in hand for every day",
            "Mark rows of it, or days, whose state is not known, or touch something else",
        )


def _is_unknown(provision: Provision) -> bool:
    """Whether a provision has an unknown duty on some day."""
    return any(
        period.duty is not None and period.duty.form == "unknown" for period in provision.periods
    )


def unsaid(contents: Contents) -> list[str]:
    """What a whole register leaves unsaid, a sentence each.

    Gaps that say neither what they touch nor why they touch no rate; and duties that are not known
    and that no gap touches.
    """
    found = [
        f"the gap {gap.id} says neither what it touches nor why it is untouched"
        for gap in contents.gaps
        if gap.touches == GapTouch() and not gap.untouched
    ]
    touched = {name for gap in contents.gaps for name in gap.touches.provisions}
    for measure in contents.measures.values():
        for provision in measure.provisions:
            named = (measure.id, provision.id) in touched
            if measure.kind == "measure" and _is_unknown(provision) and not named:
                found.append(f"{measure.id}/{provision.id} has an unknown duty that no gap touches")
    return found
