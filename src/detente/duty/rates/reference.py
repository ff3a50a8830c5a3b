"""Words that leave a duty rate to another provision, and the facts that settle it.

Reach for this when a rate is not a sum of terms: "The rate applicable to the natural juice in
heading 2009". Nothing here has an amount of its own; each form says what to give instead.
"""

from __future__ import annotations

from functools import cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.rates.form import RateForm

if TYPE_CHECKING:
    import re

_RATE = "rate_from_heading"


class _Reference(NamedTuple):
    """Words that leave the rate to another provision; spacing and hyphens do not count.

    `standard` is the phrase that misprints of it are put back to, empty to keep the words found.
    """

    pattern: str
    facts: tuple[str, ...]
    reason: str
    standard: str = ""


_REFERENCES = (
    _Reference(
        r"therateapplicabletothe\w+inheading\d{4}",
        (_RATE,),
        "the rate is that of the named article: give its subheading or its rate",
    ),
    _Reference(
        r"the(?:duty)?rateprovidedfor\w+in(?:heading[\d.]+|suchsubheading)",
        (_RATE,),
        "the rate is that of the named provision: give its heading or its rate",
    ),
    _Reference(
        r"therateapplicablet[op]eac[hj]garment(?:inthe)+ensembleif(?:separatelyentered|enteredseparately)",
        (_RATE,),
        "each garment pays its own rate: enter the garments one by one, each with its value",
        "The rate applicable to each garment in the ensemble if separately entered",
    ),
    _Reference(
        r"therateapplicabletothearticleofwhichitisan?(?:partor)?accessory",
        (_RATE,),
        "the rate is that of the article it belongs to: give that article's subheading or rate",
    ),
    _Reference(
        r"therateapplicabletothecompleteassembled(?:movement)?",
        (_RATE,),
        "the rate is that of the assembled movement: give its subheading or its rate",
        "The rate applicable to the complete, assembled movement",
    ),
    _Reference(
        r"therateofdutyapplicabletothatarticleinthesetsubjecttothehighestrateofduty",
        (_RATE,),
        "the rate is the highest among the articles of the set: give that article's subheading",
        "The rate of duty applicable to that article in the set "
        "subject to the highest rate of duty",
    ),
    _Reference(
        r"therate(?:applicable)?(?:toeacharticle)?intheabsenceofthis(?:sub)?headingonthecostofsuchparts",
        (_RATE, "cost of such parts"),
        "the rate of the article's own subheading falls on the cost of the parts: give both",
    ),
    _Reference(
        r"therate(?:applicable)?(?:toeacharticle)?intheabsenceofthis(?:sub)?heading",
        (_RATE,),
        "the rate is that of the subheading the article has otherwise: give it or its rate",
    ),
    _Reference(
        r"thedutyrateprovidedinsuchsubheadingminus[\d.]+%",
        (_RATE,),
        "the rate is that of the named subheading less some points: give that rate",
    ),
    _Reference(
        r"(?:nochange|thedutyprovidedintheapplicablesubheading.*)",
        (_RATE,),
        "the rate is that of the article's own subheading: give it or its rate",
    ),
    _Reference(
        r"see(?:additionalu\.s\.note)?\d.*",
        (_RATE,),
        "a note or heading sets the rate: read it and give the subheading or rate it leads to",
    ),
    _Reference(
        r"adutyuponthevalueof.*",
        (_RATE, "value worked on abroad"),
        "the rate of the article's own subheading falls on that value: give both",
    ),
    _Reference(
        r"adutyuponthefullvalue.*",
        (_RATE, "value of United States products"),
        "the rate of the article's own subheading falls on the rest of the value: give both",
    ),
    _Reference(
        r"aduty(?:inlieuof.*?)?equaltothe.*",
        ("duty on like articles", "drawback and tax on exportation"),
        "the duty equals other duties and taxes up to those given back at exportation: give them",
    ),
)


@cache
def _reference_patterns() -> tuple[tuple[re.Pattern[str], _Reference], ...]:
    import re

    return tuple((re.compile(known.pattern), known) for known in _REFERENCES)


def read_reference(text: str) -> RateForm | None:
    """The derived form of words that leave the rate to another provision, else None."""
    squeezed = "".join(c for c in text.lower() if c.isalnum() or c in ".%")
    for pattern, known in _reference_patterns():
        if pattern.fullmatch(squeezed):
            return RateForm(words=known.standard or text, facts=known.facts, reason=known.reason)
    return None
