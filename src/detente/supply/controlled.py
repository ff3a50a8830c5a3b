"""Controls of either side on the graph: which flows a licence regime or a ban touches.

A control names items; ``items.tsv`` says which item of which side's control is the product of a
mineral at a stage, and the register says on which day which provision is law. A ban stops all of
what it names, a licence between nothing and all: who gets one was not read. What is touched is told
by tariff code and by flow; the part of the buyer's imports that came from the side that acts is the
most that it can stop, and only a part of it where only a part of the goods is the item.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import rate
from detente.supply.rows import flow_row
from detente.supply.tables import REST, WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.answers import supply as typed
    from detente.register.book import Register
    from detente.register.control_terms import ControlItem
    from detente.register.model import Measure, Provision
    from detente.supply.tables import Mineral, MineralFlow, Minerals, ProductItem

WHOLE, MEANS = "whole", "means"
BANS, FREE = ("prohibited",), "none"
EVERYWHERE = "all"
IN_FORCE = "in_force"


class Buyer(NamedTuple):
    """From where a control is looked at: the country that buys, on a day, as known on another."""

    country: str
    on: str
    known_on: int | None


def controls_on(
    register: Register, tables: Minerals, mineral: Mineral, stages: tuple[str, ...], buyer: Buyer
) -> typed.MineralControls:
    """The provisions that name a mineral's products, with the flows and the industries they touch.

    Args:
        register: the law.
        tables: the figures.
        mineral: which.
        stages: of these stages.
        buyer: who buys, and on which day.
    """
    items = [one for one in tables.items if one.mineral == mineral.key and one.stage in stages]
    groups = ProvisionCodes(register, {})
    rows = [
        _row(register, tables, mineral, buyer, measure, provision, named)
        for measure, provision in _provisions(register, {one.by for one in items})
        if (
            named := [one for one in items if one.by == measure.by and groups.names(provision, one)]
        )
        and _reaches(provision, buyer.country)
    ]
    return {
        "controls": rows,
        "under_controls": [_under(rows, stage) for stage in stages],
        "exposed": [
            {
                "input": each.input,
                "code": each.code,
                "name": each.name,
                "share_of_use": each.share_of_use,
                "value_added_bn": each.value_added_bn,
                "cost_share": each.cost_share,
                "grade": each.grade,
                "note": each.note,
            }
            for each in tables.users
            if each.mineral == mineral.key
        ],
        "controls_note": "Provisions that name a product of this mineral, as recorded. The "
        "register holds the announcements it names, and not the whole of either side's list. Bans "
        "for military users reach every listed item and stop no civil flow by themselves.",
    }


def _provisions(register: Register, sides: set[str]) -> Iterator[tuple[Measure, Provision]]:
    for measure in register.measures():
        if measure.by not in sides:
            continue
        for provision in measure.provisions:
            if provision.control.get("decision") and provision.control.get("items"):
                yield measure, provision


class ProvisionCodes(NamedTuple):
    """What each word of a provision has within it, worked out once a question."""

    register: Register
    known: dict[tuple[str, str], set[str]]

    def names(self, provision: Provision, item: ProductItem) -> bool:
        """Whether a provision names an item: itself, a code above it, or a group that has it."""
        named = provision.control["items"]
        words = [named] if isinstance(named, str) else list(named)  # type: ignore[call-overload]
        return any(item.item in self.within(item.by, str(word)) for word in words)

    def within(self, by: str, word: str) -> set[str]:
        """An item of one side's list, and all that is counted within it."""
        if (by, word) not in self.known:
            terms = {each.name: each for each in self.register.controls[by].items}
            self.known[by, word] = _within(terms, word)
        return self.known[by, word]


def _within(terms: dict[str, ControlItem], name: str) -> set[str]:
    """An item and all that is counted within it: what it has, and codes that begin with its own."""
    found, waiting = set(), [name]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found.add(each)
        if each in terms:
            waiting += terms[each].has
        waiting += [other for other in terms if other.startswith(f"{each}.")]
    return found


def _reaches(provision: Provision, country: str) -> bool:
    """Whether a provision reaches what goes to a country."""
    to = provision.control.get("to")
    places = [to] if isinstance(to, str) else list(to or ())  # type: ignore[call-overload]
    return not places or EVERYWHERE in places or country in places


def _row(
    register: Register,
    tables: Minerals,
    mineral: Mineral,
    buyer: Buyer,
    measure: Measure,
    provision: Provision,
    named: list[ProductItem],
) -> typed.MineralControl:
    from detente.register.views.law_by_day import one_measure

    whole = one_measure(register, measure.id, buyer.on, buyer.known_on)
    shown = next((each for each in whole["limbs"] if each["id"] == provision.id), None)
    state = "not_known_then" if shown is None else shown["state"]
    policy = provision.control.get("policy")
    by_stage = {one.stage: [each for each in named if each.stage == one.stage] for one in named}
    return {
        "measure": measure.id,
        "limb": provision.id,
        "title": provision.title or measure.title,
        "by": measure.by,
        "decision": str(provision.control["decision"]),
        "policy": None if policy is None else str(policy),
        "state": state,
        "since": None if shown is None else shown["since"],
        "until": None if shown is None else shown["until"],
        "days": [
            {"on": each["from"], "state": each["state"]}
            for each in (shown["history"] if shown is not None else ())
        ],
        "to": buyer.country,
        "items": [each.item for each in named],
        "codes": _codes(register, named),
        "stages": [
            _touched(tables, mineral, stage, each, measure.by, buyer.country, state,
                     str(provision.control["decision"]))
            for stage, each in by_stage.items()
        ],
        "sources": [each["citation"] for each in whole["authority"]],
    }  # fmt: skip


def _codes(register: Register, named: Iterable[ProductItem]) -> list[typed.ControlCode]:
    """The tariff codes beside the items; a code suggests an item, its description decides."""
    rows: list[typed.ControlCode] = []
    for item in named:
        terms = {each.name: each for each in register.controls[item.by].items}
        within = _within(terms, item.item)
        rows += [
            {"code": each.code, "schedule": each.schedule, "item": each.item, "covers": each.covers}
            for each in register.controls[item.by].codes
            if each.item in within
        ]
    return rows


def _touched(
    tables: Minerals,
    mineral: Mineral,
    stage: str,
    items: list[ProductItem],
    by: str,
    to: str,
    state: str,
    decision: str,
) -> typed.StageTouched:
    """The flows of one stage that a provision touches, and the most and least that it stops."""
    sent = tables.sent(mineral.key, stage)
    flows = [each for each in sent if each.start == by and each.end in (to, WORLD)]
    share = _share(sent, by, to)
    whole = all(each.covers == WHOLE for each in items)
    means = all(each.covers == MEANS for each in items)
    if means:
        flows = []  # What a product is made with is none of its flows.
    stopped: list[str | None] = [None, None]
    if state != IN_FORCE or means or decision == FREE:
        stopped = ["0", "0"]
    elif share is not None:
        stopped = [rate(share[0] if decision in BANS and whole else Fraction(0)), rate(share[1])]
    return {
        "stage": stage,
        "covers": WHOLE if whole else MEANS if means else "part",
        "notes": [each.note for each in items if each.note],
        "share_of_imports": None if share is None else [rate(each) for each in share],
        "stopped": stopped,
        "flows": [flow_row(tables, each) for each in flows],
    }


def supply_stopped(
    register: Register, tables: Minerals, mineral: Mineral, buyer: Buyer
) -> tuple[Fraction, Fraction]:
    """The part of a country's supply that the controls in force may stop, at least and at most.

        stopped supply = stopped part of its imports x its net import reliance

    Of several stages the one that is stopped most counts: what is stopped there is short after it.

    Raises:
        ValueError: the sources of the imports, or the reliance, are not held.
    """
    stages = tuple(each.key for each in tables.stages[mineral.key])
    under = controls_on(register, tables, mineral, stages, buyer)["under_controls"] or []
    touched = [each for each in under if each["provisions"]]
    stopped = [each["stopped"] for each in touched]
    if not stopped:
        return Fraction(0), Fraction(0)
    reliance = [
        each
        for each in tables.about(mineral.key)
        if each.what == "reliance" and each.country == buyer.country
    ]
    unknown = [each["stage"] for each in touched if None in each["stopped"]]
    if not reliance or unknown:
        missing = f"the sources of its imports at {', '.join(unknown)} are"
        raise ValueError(
            f"what the controls stop of {mineral.name} is not known, since for {buyer.country} "
            f"{missing if unknown else 'its net import reliance is'} not held: write a cut such "
            "as 0.5"
        )
    latest = max(reliance, key=lambda each: each.year)
    low, high = (max(Fraction(ends[side] or 0) for ends in stopped) for side in (0, 1))
    return low * Fraction(latest.low) / 100, high * Fraction(latest.high or 100) / 100


def _share(sent: Iterable[MineralFlow], by: str, to: str) -> tuple[Fraction, Fraction] | None:
    """The part of a country's imports that came from the side that acts, at least and at most.

    Where the table names others only, it is something between nothing and the rest; None where no
    table tells the sources of the imports.
    """
    shares = {
        each.start: Fraction(each.low) / 100
        for each in sent
        if each.measure == "share" and each.end == to
    }
    if not shares:
        return None
    if by in shares:
        return shares[by], shares[by]
    return Fraction(0), shares.get(REST, Fraction(0))


def _under(rows: list[typed.MineralControl], stage: str) -> typed.StageUnderControls:
    """All provisions in force on a stage: the largest of what they stop, not the sum."""
    touched = [
        each
        for row in rows
        for each in row["stages"]
        if each["stage"] == stage and row["state"] == IN_FORCE and row["decision"] != FREE
    ]
    known = [each["stopped"] for each in touched if each["stopped"][1] is not None]
    ends: list[str | None] = [None, None]
    if not touched:
        ends = ["0", "0"]
    elif len(known) == len(touched):
        ends = [rate(max(Fraction(each[side] or 0) for each in known)) for side in (0, 1)]
    return {"stage": stage, "provisions": len(touched), "stopped": ends}
