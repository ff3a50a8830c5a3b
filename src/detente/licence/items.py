"""Controlled items of both countries, found by number, by words or by tariff code.

find_items(register, "3A001.b") -> {"hits": [{"by", "item", "title", …, "neighbours": […]}], …}

An item is told with what distinguishes it from those near it: the tests that make it, the
paragraphs beside it, and the entries that its own entry points to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.controls.control_list import ControlList
from detente.controls.facts import in_words
from detente.controls.items import Catalogue, is_code, near_names, normal
from detente.controls.law import law_of, names
from detente.controls.listed import LENGTH, lines_on

if TYPE_CHECKING:
    from detente.answers.licence import ControlledItem, Items, Neighbour
    from detente.controls.control_list import ControlEntry
    from detente.controls.law import ControlLaw, SideControls
    from detente.register.book import Register
    from detente.register.control_terms import ControlItem

MOST = 50
"""Hits that are given at most."""

SHOWN = 300
"""Letters of a text that a hit shows."""

_ECCN = re.compile(r"\b\d[A-E]\d{3}\b")
_DIGITS = re.compile(r"[\d. ]{4,13}")
NO_TABLE = (
    "No open table leads from tariff codes to numbers of the Commerce Control List: a code "
    "suggests items, and the technical description decides."
)


def find_items(register: Register, words: str, limit: int = 20) -> Items:
    """The items that a number, words or a tariff code may mean, the best first.

    Args:
        register: the register.
        words: a control number, words of a description, or four to ten digits of a tariff.
        limit: hits at most.

    Raises:
        ValueError: nothing was asked, or nothing is found; the message names what is near.
    """
    query = words.strip()
    if not query:
        raise ValueError("say which item: a number such as 3A001, words, or a tariff code")
    law = law_of(register)
    if _DIGITS.fullmatch(query) and query.replace(".", "").replace(" ", "").isdigit():
        hits = list(_of_tariff(law, re.sub(r"[. ]", "", query)))
        notes = [NO_TABLE]
    elif is_code(normal(query)):
        hits, notes = list(_of_number(law, normal(query))), []
    else:
        hits, notes = list(_of_words(law, query)), []
    if not hits:
        near = ", ".join(near_names([side.catalogue for side in law.regimes], query))
        raise ValueError(
            f"no controlled item of either country is found for {query!r}"
            + (f": perhaps {near}" if near else ": try fewer words, or a number such as 3A001")
            + (f". {NO_TABLE}" if notes else "")
        )
    most = min(limit, MOST)
    if len(hits) > most:
        notes.append(f"{len(hits) - most} more were found: add a word, or raise --limit.")
    return {"query": query, "hits": hits[:most], "found": len(hits), "notes": notes}


def _lists(law: ControlLaw) -> Iterator[tuple[SideControls, ControlList | None]]:
    """The sides, each with its whole control list where it has one."""
    for side in law.regimes:
        yield side, ControlList() if side.terms.read.control_list else None


def _of_number(law: ControlLaw, number: str) -> Iterator[ControlledItem]:
    for side, control_list in _lists(law):
        entry = control_list.entry(number[:LENGTH]) if control_list else None
        if control_list is not None and entry is not None:
            yield from _entry_rows(side, control_list, entry, number)
        else:
            name = side.catalogue.exact(number) or side.catalogue.find(number)
            if name is not None:
                yield _item_row(side, name)
                yield from (_item_row(side, child) for child in side.catalogue.children(name))


def _entry_rows(
    side: SideControls, control_list: ControlList, entry: ControlEntry, number: str
) -> Iterator[ControlledItem]:
    """The entry or paragraph asked about, then what lies right within it."""
    wanted = number[LENGTH + 1 :]
    texts = control_list.texts(entry.eccn)
    yield _listed_row(side, control_list, entry, wanted, texts)
    lead = f"{wanted}." if wanted else ""
    for paragraph in sorted(texts, key=_order):
        rest = paragraph.removeprefix(lead)
        if paragraph.startswith(lead) and rest and "." not in rest and paragraph != wanted:
            yield _listed_row(side, control_list, entry, paragraph, texts)


def _order(paragraph: str) -> list[tuple[int, str]]:
    # By number and not by text, so that a.10 stands after a.9.
    return [(int(part), "") if part.isdigit() else (0, part) for part in paragraph.split(".")]


def _listed_row(
    side: SideControls,
    control_list: ControlList,
    entry: ControlEntry,
    paragraph: str,
    texts: dict[str, str],
) -> ControlledItem:
    item = f"{entry.eccn}.{paragraph}" if paragraph else entry.eccn
    lines = [line for line in lines_on(control_list, item) if not line.words]
    known = side.catalogue.items.get(item)
    return {
        "by": side.by,
        "item": item,
        "title": _short(texts.get(paragraph, "") if paragraph else entry.heading)
        or f"paragraph .{paragraph} of {entry.eccn}",
        "title_zh": "",
        "of": _short(entry.heading) if paragraph else "",
        "measures": records_naming(side, item, listed=True),
        "reasons": list(
            dict.fromkeys((line.column or line.reason).replace(" ", "") for line in lines)
        ),
        "held_as_of": control_list.day,
        "tests": _tests(known) if known else [],
        "also": list(known.also) if known else [],
        "codes": _codes(side, item),
        "neighbours": list(_neighbours(control_list, entry, paragraph, texts)),
        "code": None,
        "covers": None,
        "grade": None,
        "code_note": None,
    }


def _neighbours(
    control_list: ControlList, entry: ControlEntry, paragraph: str, texts: dict[str, str]
) -> Iterator[Neighbour]:
    """Paragraphs beside one; of an entry, the entries that it points to, with their headings."""
    if paragraph:
        parent = paragraph.rpartition(".")[0]
        lead = f"{parent}." if parent else ""
        for other in sorted(texts, key=_order):
            beside = other.startswith(lead) and "." not in other.removeprefix(lead)
            if beside and other not in (paragraph, parent):
                yield {"item": f"{entry.eccn}.{other}", "title": _short(texts[other])}
        return
    for number in dict.fromkeys(_ECCN.findall(f"{entry.related} {entry.heading}")):
        other_entry = control_list.entry(number)
        if other_entry is not None and number != entry.eccn:
            yield {"item": number, "title": _short(other_entry.heading)}


def _item_row(side: SideControls, name: str) -> ControlledItem:
    """An item that the register itself holds."""
    item = side.catalogue.items[name]
    return {
        "by": side.by,
        "item": name,
        "title": item.title,
        "title_zh": item.title_zh,
        "of": ", ".join(side.catalogue.parents(name)),
        "measures": records_naming(side, name),
        "reasons": [],
        "held_as_of": dict(side.terms.read.items).get(name),
        "tests": _tests(item),
        "also": list(item.also),
        "codes": _codes(side, name),
        "neighbours": list(_siblings(side.catalogue, name)),
        "code": None,
        "covers": None,
        "grade": None,
        "code_note": None,
    }


def _siblings(catalogue: Catalogue, name: str) -> Iterator[Neighbour]:
    for parent in catalogue.parents(name):
        for other in catalogue.children(parent):
            if other != name:
                tests = "; ".join(_tests(catalogue.items[other]))
                title = catalogue.items[other].title
                yield {"item": other, "title": f"{title} ({tests})" if tests else title}


def _tests(item: ControlItem) -> list[str]:
    """What makes the item by its parameters, an alternative each."""
    return [" and ".join(in_words(test) for test in alternative) for alternative in item.when]


def records_naming(side: SideControls, name: str, listed: bool = False) -> list[str]:
    """The records that control an item by name: those that name it, then what it is within.

    Args:
        side: the side whose item it is.
        name: the item, or a finer paragraph than is named.
        listed: whether it stands on the whole control list, which is a record too.
    """
    known = side.catalogue.find(name)
    within = side.catalogue.closure(known) if known else frozenset()
    found = _naming(side, within, known)
    if known and not found:  # a group, or a plain name, that the law does not use
        parts = _parts(side.catalogue, known)
        wider = frozenset[str]().union(*(side.catalogue.closure(each) for each in parts))
        found = _naming(side, wider, known)
    base = side.terms.read.control_list
    return [*found, base] if listed and base else found


def _naming(side: SideControls, items: frozenset[str], first: str | None) -> list[str]:
    """The records that name one of some items; those that name the first come first."""
    found = []
    for measure in side.measures:
        named = {each for provision in measure.provisions for each in names(provision, "items")}
        if items & named:
            found.append((first not in named, measure.id))
    return [measure for _, measure in sorted(found)]


def _parts(catalogue: Catalogue, name: str) -> Iterator[str]:
    """All that lies within an item or that it may be, however deep."""
    may_be = [other for other, _ in catalogue.items[name].may_be]
    for child in (*catalogue.children(name), *may_be):
        yield child
        yield from _parts(catalogue, child)


def _codes(side: SideControls, name: str) -> list[str]:
    """Tariff codes that stand beside an item."""
    return list(
        dict.fromkeys(
            row.code for row in (*side.terms.codes, *side.terms.imports) if row.item == name
        )
    )


def _of_tariff(law: ControlLaw, digits: str) -> Iterator[ControlledItem]:
    for side in law.regimes:
        for row in (*side.catalogue.rows(digits), *side.catalogue.rows_coming_in(digits)):
            yield {
                **_item_row(side, row.item),
                "code": row.code,
                "covers": row.covers,
                "grade": row.grade,
                "code_note": row.note,
            }


def _of_words(law: ControlLaw, query: str) -> Iterator[ControlledItem]:
    """Items whose words hold all words asked for: those of the register first, then the lists."""
    wanted = [word for word in re.split(r"[\s,;]+", query.lower()) if word]
    shown: set[tuple[str, str]] = set()
    for side, control_list in _lists(law):
        for name, item in side.catalogue.items.items():
            text = " ".join((name, item.title, item.title_zh, *item.also)).lower()
            if item.reach == "" and _holds(wanted, text):
                shown.add((side.by, name))
                entry = (
                    control_list.entry(name[:LENGTH]) if control_list and is_code(name) else None
                )
                if control_list is not None and entry is not None:
                    texts = control_list.texts(entry.eccn)
                    yield _listed_row(side, control_list, entry, name[LENGTH + 1 :], texts)
                else:
                    yield _item_row(side, name)
    for side, control_list in _lists(law):
        for row in _in_list(side, control_list, wanted) if control_list else ():
            if (row["by"], row["item"]) not in shown:
                yield row


def _in_list(
    side: SideControls, control_list: ControlList, wanted: list[str]
) -> Iterator[ControlledItem]:
    """Entries by their headings, then paragraphs by their own words and those of their entry."""
    entries = {entry.eccn: entry for entry in control_list.entries()}
    for entry in entries.values():
        if _holds(wanted, entry.heading.lower()):
            yield _listed_row(side, control_list, entry, "", {})
    for each in control_list.all_paragraphs():
        heading, own = entries[each.eccn].heading.lower(), each.text.lower()
        is_hit = each.kind == "item" and _holds(wanted, f"{own} {heading}") and _any(wanted, own)
        # Where the heading holds all the words, its entry is a hit already.
        if is_hit and not _holds(wanted, heading):
            texts = control_list.texts(each.eccn)
            yield _listed_row(side, control_list, entries[each.eccn], each.paragraph, texts)


def _holds(wanted: list[str], text: str) -> bool:
    return all(word in text for word in wanted)


def _any(wanted: list[str], text: str) -> bool:
    return any(word in text for word in wanted)


def _short(text: str) -> str:
    plain = text.replace("“", "").replace("”", "")
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN].rsplit(' ', 1)[0]} …"
