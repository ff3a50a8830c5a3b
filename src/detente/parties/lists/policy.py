"""Licence requirement and review policy in normal words.

The lists print the same policy in dozens of spellings; the original is always kept beside this.
"""

from __future__ import annotations

POLICIES = (
    ("presumption_of_denial", ("presumption of denial", "presumption for denial")),
    ("policy_of_denial", ("policy of denial",)),
    ("case_by_case", ("case-by-case", "case by case", "case-by case", "casa-by-case")),
    ("presumption_of_approval", ("presumption of approval",)),
)
"""Normal word of a policy, and the words that state it."""


def normal_policy(text: str) -> str:
    """The review policy that a list's words state.

    Returns:
        One of the words of `POLICIES`; `mixed` where they state more than one; `see_section` where
        they only point to a section; `` where there are no words.
    """
    low = " ".join(text.lower().split())
    if not low:
        return ""
    found = [word for word, marks in POLICIES if any(mark in low for mark in marks)]
    if len(found) == 1:
        return found[0]
    return "mixed" if found else "see_section"


def normal_requirement(text: str) -> str:
    """What a list's words require a licence for.

    Returns:
        `all_items`, `all_items_with_exceptions`, `ccl_items`, `ccl_and_listed_items` (what a
        supplement lists beside it), `listed_items`; `` without words.
    """
    low = " ".join(text.lower().split())
    if not low:
        return ""
    if "all items subject to the ear" in low:
        carved = ("apart from", "except", "with case-by-case", "may be overcome", "when used in")
        return "all_items_with_exceptions" if any(word in low for word in carved) else "all_items"
    if "ccl" in low or "commerce control list" in low:
        return "ccl_and_listed_items" if "supplement" in low else "ccl_items"
    return "listed_items"
