"""How an entry stands on its list on a day, and which of several is the strictest."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from detente.parties.lists.model import ListedEntry

IN_FORCE, SUSPENDED, ENDED, NOT_YET, UNKNOWN = (
    "in_force", "suspended", "ended", "not_yet", "unknown",
)  # fmt: skip
"""``unknown``: the list is held only from a later day on and the entry names no day of its own; or
the entry was published days after it may have taken effect; or its own row says why."""

LISTED = frozenset({IN_FORCE, SUSPENDED})
"""How an entry stands that is on its list, whatever follows from it."""

NOT_LISTED = frozenset({ENDED, NOT_YET})
"""How an entry stands that surely is not on its list, so that nothing follows from it."""

RANKS = {IN_FORCE: 0, SUSPENDED: 1, UNKNOWN: 2}
"""What entries of one party are ordered by before the strictness of their lists: those that have
their consequence today first, those that are not listed last."""


def rank_of(standing: str) -> int:
    """Where an entry that stands so comes; lower is first."""
    return RANKS.get(standing, len(RANKS))


def otherwise(then: str, now: str) -> str:
    """How an entry stands that stood otherwise, such as "suspended (in force before)"."""
    return f"{now} ({then} before)".replace("_", " ")


UNRANKED = 1000
"""Where a list or a policy stands that the order of strictness does not name: after all others."""


def standing_of(entry: ListedEntry, day: str, later: Collection[str] = ()) -> str:
    """How an entry stands on a day.

    Args:
        entry: the entry.
        day: ISO.
        later: lists that are held from a later day on only.
    """
    if entry.maybe_since and entry.maybe_since <= day < entry.since:
        return UNKNOWN
    if day < (entry.since or entry.maybe_since):
        return NOT_YET
    if entry.until and day >= entry.until:
        return ENDED
    if entry.doubt and (not entry.doubt_before or day < entry.doubt_before):
        return UNKNOWN
    if entry.list in later and not entry.since:
        return UNKNOWN
    from_day, until = entry.suspended_from, entry.suspended_until
    if from_day and from_day <= day and (not until or day < until):
        return SUSPENDED
    return IN_FORCE


class Strictness(NamedTuple):
    """Which listing has the stricter consequence; lower is stricter. The numbers are data.

    Attributes:
        lists: by short name of the list.
        policies: by review policy, where one list has several.
    """

    lists: Mapping[str, int]
    policies: Mapping[str, int]

    def of(self, entry: ListedEntry) -> tuple[int, int]:
        """What to order entries by."""
        return (
            self.lists.get(entry.list, UNRANKED),
            self.policies.get(entry.policy, UNRANKED),
        )


UNORDERED = Strictness({}, {})
"""No order of strictness."""
