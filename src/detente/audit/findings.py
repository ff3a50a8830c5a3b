"""The reasons for which a declaration differs, and the shape of one difference."""

from __future__ import annotations

from detente._shapes import NamedTuple

REASONS = {
    "another_day": "The rate or heading of another day",
    "after_end": "A duty charged after its end",
    "before_start": "A duty charged before its start",
    "suspended": "A duty charged while it is suspended",
    "gave_way": "A duty charged beside one that it gives way to",
    "missing_layer": "A duty left out",
    "exemption_expired": "An exemption or exclusion claimed outside its days",
    "exemption_not_claimed": "A duty paid on goods that are exempt or excluded",
    "condition_not_met": "An exemption claimed whose condition the stated facts do not meet",
    "wrong_list": "The heading of a list that the goods are not under",
    "not_covered": "A duty that does not cover the goods",
    "other_origin": "A duty of other origins",
    "column_1": "The ordinary duty is wrong or missing",
    "wrong_rate": "A rate that the heading never had",
    "arithmetic": "The rate is right and the amount is not",
    "declared_twice": "A heading declared twice",
    "rounding": "Rounding",
    "content_overlap": "A duty charged on the part under another duty too",
    "content_not_whole": "A duty charged on a part where the whole value is due",
    "whole_not_content": "A duty charged on the whole where only a part is due",
    "cap_on_top": "A cap charged on top of the ordinary duty that it includes",
    "us_content": "The rule on US content",
    "dead_heading": "A heading filed that is no longer, or not yet, in use",
    "missing_heading": "A heading left out that must be filed though it charges nothing",
    "unfounded_exemption": "An exemption heading filed without a duty that it frees from",
    "cap_heading": "The wrong one of a pair of headings with a cap",
    "unknown_heading": "A heading that the register does not know",
    "open_fact": "Right if a fact holds that is not stated",
    "open_law": "Right under another reading of the law",
    "retroactive": "Right as the law was known on the day; a later act reaches back",
    "unexplained": "No reason found",
}
"""Every reason and its title, in no order of weight."""

OWN_REASONS = {"us_content": "us_content"}
"""Facts whose rule has a reason of its own."""


class DeclaredDifference(NamedTuple):
    """One difference: its reason, the headings, declared less owed in cents, and why."""

    reason: str
    headings: tuple[str, ...]
    difference: int | None
    why: str
    sources: tuple[str, ...] = ()
    fact: str = ""
