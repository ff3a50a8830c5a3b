"""Names as documents carry them: what share is found, and how many innocents alert, by class.

    python -m benchmarks.document_names [--set NAME] [--half tune|held] [--misses CLASS]

The rows are `document_names.tsv`, made by `encode.parties.document_names` before the matcher
was changed; or, with ``--set typed``, `typed_names.tsv`: names as people type them, written by hand
and labelled from the printed lists before the matcher was run on them; or, with ``--set drawn``,
`drawn_names.tsv`: entries drawn by lot from all lists, from each list and kind of party in
proportion to the square root of its entries, and some more of the Chinese ones. How a document
would carry each was written by hand, and so were names that are on no list, before the matcher was
run on them; no party of the two other sets was drawn. ``--set misspelled`` is
`misspelled_names.tsv`, made by `encode.parties.misspelled_names`: a misspelled brand beside a part
of the name, and innocents whose brand is a letter from one that is listed. ``--set officers`` is
`officer_names.tsv`: names as compliance officers type them, of parties in none of the other sets,
written by hand and labelled from the printed lists before the matcher was run on them. Its
innocents are firms of the IEEE's register of makers of network hardware, of usb.ids, of the S&P 500
and of the exchange of Shenzhen, Chinese hospitals and universities, and names that were made up
(`composed`).
``--set buyers`` is `buyer_names.tsv`: names as brokers and buyers paste them from invoices, bills
of lading and vendor masters. Entries that no other set has were drawn by lot from each list, its
countries and kinds of party by the square root of their entries, the Chinese and Hong Kong ones of
the two large lists three times as often; what is asked was written by hand and labelled from the
printed lists before the matcher was run on it. Innocents are `real` firms, schools and persons, of
whom no list prints a name, and names that were made up beside an entry that was drawn (`composed`).
``--set people`` is `people_names.tsv`: people that no other set has, drawn by lot from each list
and its countries by the square root of their entries, as documents carry them (another order, a
title, a patronymic left out, initials, another spelling or alphabet, one of two family names);
beside them common names of people of many cultures, and names made up beside one that was drawn
(`composed`). ``--set strangers`` is `stranger_names.tsv`, innocents alone: firms of the S&P 500 and
of the exchanges of London, Frankfurt, Paris, Tokyo, Seoul, Taipei, Mumbai and China, and
universities (`real`); a drawn company's brand in another city or trade, a letter from it, and names
of a few common words (`composed`). Both were written by hand before the matcher was run on them.
``--set forwarders`` is `forwarder_names.tsv`: names of organizations as forwarders and the desks of
banks write them. Entries of organizations that no other set has were drawn by lot as those of the
buyers; queries and innocents were written by hand before the matcher was run on them.
``--set desks`` is `desk_names.tsv`: entries drawn by lot that no other set has, institutes and
makers, in the classes that were weakest, and firms, schools and persons of whom no list prints a
name; all written by hand before the matcher was run on them, and all looked at since. ``--set
fresh`` is `fresh_names.tsv`, a second such sample, of all lists, and all looked at since, too.
``--set scripts`` is `script_names.tsv`: people, ships, aircraft and some organizations that no
other set has, drawn by lot, as documents carry them, more than a third of them in Arabic, Persian,
Cyrillic, Chinese, Japanese or Korean letters; innocents are real names of people, firms and ships,
many in their own letters, and such as were made up to resemble one drawn (`innocent_near`).
``--set organizations`` is `organization_names.tsv`: entries of organizations that no other set has,
drawn by lot from each list and its countries by the square root of their entries, those of China
and Hong Kong twice as often and 60 more of China. Queries, the subsidiaries of listed parties and
the names of well-known firms, schools and authorities were written by hand before the matcher was
run on them; some of the innocents share a town, a trade or a word with an entry that was drawn.
``--set invoices`` is `invoice_names.tsv`: organizations, people and ships that no other set has,
drawn by lot likewise, as invoices, bills of lading and bank messages carry them, most of them in
the classes that were weakest (slips, transliterations, translations, short forms); innocents are
well-known firms, schools and ships, and common names of people. All was written by hand, and
committed before the matcher was run on it. ``--set reception`` is `reception_names.tsv`: names as
they reach the desk that receives them, of entries that no other set has, drawn by lot, half of them
of China and Hong Kong, a seventh people and ships. A query is a plain name, one with an address or
the words of a form, in Chinese or pinyin, abbreviated, or with a word missing. Innocents are well-
known firms and schools, some that a lot drew from the IEEE's and the LEI register, and a quarter
that resemble an entry that was drawn. It was written by hand, and committed before the matcher was
run on it.
``--set namesakes`` is `namesake_names.tsv`: people, ships, Japanese and Korean names and some
firms that no other set has, drawn by lot from each list and its countries, more of those of Japan,
Korea, Russia, Spanish America, the Arab countries and Iran; beside most of them innocents that
differ in one name, syllable, letter or number (`composed`), and common names of people, ships and
Japanese firms. All was written by hand, and committed before the matcher was run on it; innocents
that a list prints but for the order of words were left out. Halves are drawn by the entry beside
which a row was written. ``--set counterparties`` is `counterparty_names.tsv`: the mix that a
forwarder or a bank meets, half of it Chinese. Entries that no other set has were drawn by lot, and
beside them institutes, makers and acronyms of all entries, which are few and in other sets by other
queries. Innocents are real firms, schools, people and ships, and some `beside` a drawn entry, in
whose half they are. It was written by hand, checked against the printed names and committed before
the matcher was run on it.
``--set consignees`` is `consignee_names.tsv`: names as compliance officers type them, in twelve
classes of about equal shares, half of them Chinese. Entries were drawn by lot as those of the
counterparties, institutes and makers again of all entries, by queries that no other set has. It was
written by hand, checked against the printed names and committed before the matcher was run on it.
A listed row is found when a hit's party has a printed name that the label tells, and *related* when
only a related party has; a subsidiary of a listed party, which is no hit, should be (`related`).
Thresholds and tables may be looked at with the half ``tune`` alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detente.parties.screening import crowd
from detente.parties.screening.screening import NameHit, NameQuery
from detente.parties.screening.store import Screen
from encode.parties.document_names import half as half_of
from encode.parties.document_names import tells
from encode.parties.parties import table

if TYPE_CHECKING:
    from detente.parties.screening.many import Answers

LABELLED = Path(__file__).with_name("labelled")
ROWS = LABELLED / "document_names.tsv"
TYPED = LABELLED / "typed_names.tsv"
DRAWN = LABELLED / "drawn_names.tsv"
MISSPELLED = LABELLED / "misspelled_names.tsv"
OFFICERS = LABELLED / "officer_names.tsv"
BUYERS = LABELLED / "buyer_names.tsv"
PEOPLE = LABELLED / "people_names.tsv"
STRANGERS = LABELLED / "stranger_names.tsv"
FORWARDERS = LABELLED / "forwarder_names.tsv"
DESKS = LABELLED / "desk_names.tsv"
FRESH = LABELLED / "fresh_names.tsv"
SCRIPTS = LABELLED / "script_names.tsv"
ORGANIZATIONS = LABELLED / "organization_names.tsv"
INVOICES = LABELLED / "invoice_names.tsv"
RECEPTION = LABELLED / "reception_names.tsv"
NAMESAKES = LABELLED / "namesake_names.tsv"
COUNTERPARTIES = LABELLED / "counterparty_names.tsv"
CONSIGNEES = LABELLED / "consignee_names.tsv"

TOP = 10
"""Parties that a query is answered with, at most: as many as `detente screen` prints."""

SUBSIDIARY = "related"
"""The class of subsidiaries that are to be told as related, and count among no listed names."""


class Row(NamedTuple):
    """A query: its class, what must be found (empty for an innocent), its half and its source."""

    kind: str
    query: str
    listed: str
    half: str
    source: str


class Outcome(NamedTuple):
    """What became of a query: whether the party was found, what alerted, whether it is related.

    Of an innocent, ``related`` says that some listed party was told as related to it.
    """

    row: Row
    found: bool
    hits: list[NameHit]
    related: bool


def rows(half: str | None = None, path: Path = ROWS) -> list[Row]:
    """The labelled rows of a set with halves and sources, of one half or of both."""
    found = [Row(*cells) for cells in table(path)]
    return [row for row in found if half in (None, row.half)]


def by_hand(path: Path, half: str | None = None) -> list[Row]:
    """The rows of a set written by hand, of one half or of both; halves are drawn as the others."""
    found = [
        Row(kind, query, listed, half_of(listed or query), "editor")
        for kind, query, listed in table(path)
    ]
    return [row for row in found if half in (None, row.half)]


typed, drawn, forwarders, desks, fresh, organizations, scripts, invoices, reception = (
    partial(by_hand, path)
    for path in (
        TYPED,
        DRAWN,
        FORWARDERS,
        DESKS,
        FRESH,
        ORGANIZATIONS,
        SCRIPTS,
        INVOICES,
        RECEPTION,
    )
)
misspelled, officers, buyers, people, strangers, namesakes, counterparties, consignees = (
    partial(rows, path=path)
    for path in (
        MISSPELLED,
        OFFICERS,
        BUYERS,
        PEOPLE,
        STRANGERS,
        NAMESAKES,
        COUNTERPARTIES,
        CONSIGNEES,
    )
)
"""The rows of each other set, as `rows` and `by_hand` take a half."""

SETS: dict[str, Callable[[str | None], list[Row]]] = {
    "documents": rows,
    "typed": typed,
    "drawn": drawn,
    "misspelled": misspelled,
    "officers": officers,
    "buyers": buyers,
    "people": people,
    "strangers": strangers,
    "forwarders": forwarders,
    "desks": desks,
    "fresh": fresh,
    "scripts": scripts,
    "organizations": organizations,
    "invoices": invoices,
    "reception": reception,
    "namesakes": namesakes,
    "counterparties": counterparties,
    "consignees": consignees,
}


def outcomes(answers: Answers, asked: Sequence[Row]) -> Iterator[Outcome]:
    """Rows asked together, by `crowd.answers_of`: each is answered as when it is asked alone."""
    answered = answers([NameQuery(row.query) for row in asked], TOP)
    for row, hits in zip(asked, answered, strict=True):
        if isinstance(hits, str):
            yield Outcome(row, False, [], False)
            continue
        found = bool(row.listed) and any(
            tells(row.listed, (name.text for name in entry.names))
            for hit in hits
            for entry in hit.entries
        )
        beside = [] if found else hits.related
        described = bool(row.listed) and any(
            tells(row.listed, (name.text for name in each.entry.names)) for each in beside
        )
        yield Outcome(row, found, hits, described if row.listed else bool(beside))


def shares(outcome: Iterable[Outcome]) -> dict[str, tuple[int, int, int]]:
    """Rows by class, how many were found (innocents: alerted), how many were related alone."""
    counted: dict[str, tuple[int, int, int]] = {}
    for each in outcome:
        right = each.found if each.row.listed else bool(each.hits)
        whole = "all listed" if each.row.listed else "all innocent"
        for kind in (each.row.kind, *(() if each.row.kind == SUBSIDIARY else (whole,))):
            count, hit, beside = counted.get(kind, (0, 0, 0))
            counted[kind] = count + 1, hit + right, beside + (each.related and not right)
    return counted


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--set", choices=tuple(SETS), default="documents")
    options.add_argument("--half", choices=("tune", "held"))
    options.add_argument("--misses", metavar="CLASS", help="print what went wrong in a class")
    given = options.parse_args()
    described = list(outcomes(crowd.answers_of(Screen()), SETS[given.set](given.half)))
    for half in (given.half,) if given.half else ("tune", "held"):
        print(f"{half}:")
        own = [each for each in described if each.row.half == half]
        for kind, (count, right, beside) in sorted(shares(own).items()):
            what = "alert" if "innocent" in kind else "found"
            more = f", related alone {beside / count:.3f}" if beside else ""
            print(f"  {kind:<18} {count:>5}  {what} {right / count:.3f}{more}")
    for each in described:
        wrong = not each.found if each.row.listed else bool(each.hits)
        if wrong and given.misses in (each.row.kind, "all") and each.row.half == "tune":
            hits = "; ".join(f"{hit.name} {hit.score}" for hit in each.hits[:3])
            print(f"{each.row.kind}: {each.row.query} | {each.row.listed} | {hits}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
