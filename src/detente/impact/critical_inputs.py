"""Critical inputs that ship: their users, and what others published of the same cases.

The shares of use and the exposed parts are assumptions; each row says which. Estimates of others
stand beside ours and are not made to agree: they define a loss in other ways.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import refuse
from detente.impact.critical import InputCut, NamedInput, Use, answer_input

if TYPE_CHECKING:
    from detente.answers import impact as typed
    from detente.supply.tables import Minerals


def inputs(tables: Minerals) -> list[typed.NamedCriticalInput]:
    """The inputs that ship, each with its mineral, the value of its use and its users."""
    names = dict.fromkeys(each.input for each in tables.users)
    return [
        {
            "input": name,
            "mineral": users[0].mineral,
            "value_bn": users[0].value_bn,
            "users": [each.name for each in users],
        }
        for name in names
        if (users := [each for each in tables.users if each.input == name])
    ]


def find_input(tables: Minerals, word: str) -> str:
    """The input of a name, or of a mineral's name.

    Raises:
        UnknownWordError: there is none; the message offers the nearest, or all.
    """
    wanted = word.strip().casefold().replace(" ", "-")
    known = list(dict.fromkeys(each.input for each in tables.users))
    minerals = {each.mineral: each.input for each in tables.users}
    for names in (dict.fromkeys(known), minerals):
        if wanted in names:
            # An input maps to None here, which stands for its own name.
            return names[wanted] or wanted
    raise refuse(word, known, "a critical input that ships", "input")


def answer_critical(tables: Minerals, name: str, query: InputCut) -> typed.CriticalInput:
    """What a restriction costs the users of an input that ships.

    Raises:
        ImpactError: a number is out of range.
    """
    users = [each for each in tables.users if each.input == name]
    uses = [
        Use(each.name, float(each.value_added_bn), float(each.cost_share), float(each.exposed))
        for each in users
    ]
    answer = answer_input(NamedInput(name, tables.product.unit, uses), query)
    rows: list[typed.IndustryLoss] = [
        {
            **row,
            "code": user.code,
            "share_of_use": user.share_of_use,
            "value_added": user.value_added_bn,
            "exposed": user.exposed,
            "cost_share": user.cost_share,
            "grade": user.grade,
            "note": user.note,
        }
        for row, user in zip(answer["users"], users, strict=True)
    ]
    return {
        **answer,
        "status": "partly",
        "mineral": users[0].mineral,
        "value_bn": users[0].value_bn,
        "value_how": users[0].value_how,
        "users": rows,
        "published": [
            {
                "input": each.input,
                "study": each.study,
                "published": each.published,
                "figure": each.figure,
                "definition": each.definition,
                "low": each.low or None,
                "value": each.value or None,
                "high": each.high or None,
                "unit": each.unit,
                "grade": each.grade,
            }
            for each in tables.published
            if each.input == name
        ],
        "notes": [
            *_too_high(answer, tables, name),
            *answer["notes"],
            "Shares of use and exposed parts are assumptions; value added is of "
            f"{tables.product.year}. Published estimates define a loss in other ways: a full ban, "
            "other years, the whole economy.",
            "A planning aid, not legal advice.",
        ],
    }


MONEY = "bn $"


def _too_high(answer: typed.FileInput, tables: Minerals, name: str) -> list[str]:
    """What is said where others publish a loss that ends below our lower end."""
    return [
        f"{each.study} ends at {each.high} {each.unit} for {each.figure}, below our lower end of "
        f"{answer['lower']}: the exposed parts or shares of cost assumed here are too large, or "
        "the elasticity is too low."
        for each in tables.published
        if each.input == name
        and each.unit == MONEY
        and each.high
        and answer["lower"] is not None
        and float(each.high) < float(answer["lower"])
    ]
