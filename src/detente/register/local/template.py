"""The template that a new order starts from: every part with a comment, ready to be filled in."""

from __future__ import annotations

import re

_TARIFF = """# {name}: an order, written down. Every line that begins with # may be deleted.
# Check it with `detente register check {name}.yaml`; nothing is kept until `register add`.

# Where it belongs: the side that acts, and tariff, control or ownership.
area: {area}

# Citations that the register lacks. Each is written once and named by its key below.
sources:
  {name}-source:
    citation: "90 Fed. Reg. 00000"
    title: "Title of the notice or order"
    url: "https://www.federalregister.gov/"
    date: "2026-01-31"

records:
  - id: {side}-{name}
    title: Title for a reader, in the words of the field
    by: {by}
    # One of: base, 301, 301_forced_labor, ieepa, 122, 232, 201, other. Quotes around numbers.
    family: "232"
    authority: [{name}-source]
    # A set of places.yaml (china, china-hk, china-hk-mo, all, eu) or ISO codes: [CN, VN].
    places: all

    # Provisions, the most special first: the first that fits the goods, the place and the facts is
    # filed. Exemptions are provisions too, because an entry files their headings. Each names the
    # goods that it frees: without `goods:` it would be filed for every article. Where the order
    # covers all goods, leave `goods:` out of all provisions.
    provisions:
      # goods: quoted codes, or the name of a list; when: tests on entry facts, all must hold
      - id: donation
        heading: "9903.00.02"
        goods: ["8479.50.00"]
        when: {{donation: {{is: true}}}}
      - {{id: main, title: "The goods", heading: "9903.00.01", goods: ["8479.50.00"]}}

    # Events in order of announcement. Each gives provisions periods; `until` is the first day
    # without it, and may be left out. A later event covers an earlier one on its own days.
    events:
      - announced: 2026-01-31
        source: {name}-source
        periods:
          # Duties: add: "25%" | cap: "15%" | free: true | specific: "$0.22/W" |
          #         quota: {{in: "25%", over: "50%"}} | unknown: true
          - {{provision: main, from: 2026-03-01, add: "25%"}}
          - {{provision: donation, from: 2026-03-01, free: true}}

    # Who read the text last, on which day, and how: primary | secondary | background.
    verified: {{day: 2026-01-31, grade: primary}}

# More events on a record that the register has, for an order that changes an old measure:
# amend:
#   - measure: us-301-technology
#     events:
#       - {{announced: 2026-11-05, source: {name}-source, periods: [
#           {{provision: excluded-number, from: 2026-11-10, until: 2027-01-10, free: true}}]}}

# Who gives way to whom; what is not listed adds.
# yields:
#   - {{yielding: us-301-forced-labor, prevailing: {side}-{name}, basis: article,
#      announced: 2026-01-31, from: 2026-03-01, source: {name}-source}}
"""

SIDES = {"us": "US", "cn": "CN"}


def template(area: str, name: str) -> str:
    """A template for an order.

    Args:
        area: such as ``us/tariff``.
        name: small letters, digits and hyphens.

    Raises:
        ValueError: the area or the name is not of this form.
    """
    side, _, room = area.partition("/")
    if side not in SIDES or room not in ("tariff", "control", "ownership"):
        raise ValueError(
            f"{area or 'no area'!r}: write the area before the name, such as us/tariff/{name}"
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise ValueError(f"{name!r}: a name has small letters, digits and hyphens")
    return _TARIFF.format(area=area, name=name, side=side, by=SIDES[side])
