"""Encode the Commerce Control List, its control lines, the Country Chart and the country groups.

The list is that of one day. A line that names a column of the chart is decided by the chart; one
in words by ``encode/inputs/control_texts.tsv``, which says for each text what destinations it
names, what of it was not read, and which entries a rule of the register decides already. A reason
for control that an entry states and no line carries stays open.
Run it as ``python -m encode.controls.controls``.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from encode.controls.control_scope import scope_of
from encode.goods.schedule import write_table
from encode.program import lines_of_read, write_tables

TARGET = Path("data/controls")
INPUTS = Path(__file__).parents[1] / "inputs"
FOLDER = Path("controls")
READ = tuple(
    FOLDER / name
    for name in (
        "ccl_eccn.csv",
        "ccl_country_chart_columns.csv",
        "ccl_list_based_exceptions.csv",
        "ccl_paragraphs_cat1345.csv.gz",
        "country_chart.csv",
        "country_groups.csv",
        "license_exceptions.csv",
        "country_chart_notes.json",
        "fdp_rules.json",
    )
)
GROUPS = (
    "A:1",
    "A:2",
    "A:3",
    "A:4",
    "A:5",
    "A:6",
    "B",
    "D:1",
    "D:2",
    "D:3",
    "D:4",
    "D:5",
    "E:1",
    "E:2",
)
REASONS = re.compile(r"\b(NS|MT|NP|CB|CC|RS|AT|UN|FC|EI|SI|SL|CW|SS)\b")
WORLDWIDE = "742.6(a)(6)(iii)(A)"
"""The paragraph whose other destinations are in the text and not enforced."""

ENTRIES = (
    "eccn", "category", "group", "series", "jurisdiction", "reasons", "heading", "related", "sta"
)  # fmt: skip
LINES = (
    "eccn", "reason", "column", "to", "open", "state", "ruled", "door", "applies", "but_not",
    "words", "citation", "grade", "text", "note",
)  # fmt: skip
CHART = ("country", "name", "marks", "groups", "footnotes", "pointer", "open_for")
GATES = (
    "items", "to", "headquarters", "leaves", "citation", "why", "series", "reasons", "measures",
    "perhaps"
)  # fmt: skip
OFFER_FACTS = ("code", "items", "to", "fact", "value", "measure", "citation", "why")
CHANGES = ("country", "group", "from", "until", "citation", "grade")
OFFER_RULES = (
    "code", "groups", "kinds", "items", "to", "decides", "why", "reasons", "not_to", "conditions"
)  # fmt: skip
POLICIES = (
    "reason", "column", "series", "to", "end_use", "policy", "citation", "grade", "text"
)  # fmt: skip
DOORS = {
    "advanced_computing": "us-ear-chips",
    "sme": "us-ear-equipment",
    "600_series": "us-ear-600-series",
    "9x515": "us-ear-600-series",
}
"""Measures of the register that say what is subject, by the rule for direct products of 734.9."""

Row = dict[str, str]


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write every table of the control list into `target`; return the number of rows of each."""
    target.mkdir(parents=True, exist_ok=True)
    entries = list(_rows(reference / FOLDER / "ccl_eccn.csv"))
    countries = {row["name"]: row["country"] for row in _kept("chart_countries.tsv")}
    chart = _chart(reference, countries)
    groups = {country: set(row["groups"].split()) for country, row in chart.items()}
    embargoed = _united_nations(chart, groups)
    lines = _lines(reference, entries, groups, embargoed)
    _add_doors(reference, entries, lines)
    counts = {
        "entries.tsv": write_table(target / "entries.tsv", ENTRIES, _entries(entries)),
        "lines.tsv": write_table(target / "lines.tsv", LINES, _cells(lines, LINES)),
        "paragraphs.tsv": write_table(
            target / "paragraphs.tsv", ("eccn", "paragraph", "kind", "text"), _paragraphs(reference)
        ),
        "chart.tsv": write_table(
            target / "chart.tsv",
            CHART,
            _cells(chart.values(), CHART),
        ),
        "exceptions.tsv": write_table(
            target / "exceptions.tsv",
            ("eccn", "code", "offered", "limit", "text"),
            _offers(reference),
        ),
        "policies.tsv": write_table(
            target / "policies.tsv", POLICIES, _policies(groups, embargoed)
        ),
        "group_changes.tsv": write_table(
            target / "group_changes.tsv",
            CHANGES,
            _cells(_kept("group_changes.tsv"), CHANGES),
        ),
        "gates.tsv": write_table(target / "gates.tsv", GATES, _gates(groups, embargoed)),
        "offer_rules.tsv": write_table(
            target / "offer_rules.tsv",
            OFFER_RULES,
            _offer_rules(groups, embargoed),
        ),
        "offer_facts.tsv": write_table(
            target / "offer_facts.tsv",
            OFFER_FACTS,
            _cells(_kept("exception_facts.tsv"), OFFER_FACTS),
        ),
        "sections.tsv": write_table(
            target / "sections.tsv", ("code", "citation", "title"), _sections(reference)
        ),
    }
    _source(reference, target, counts)
    return counts


def _entries(entries: Iterable[Row]) -> Iterator[Sequence[str]]:
    for row in entries:
        itar = "subject to the ITAR" in row["heading"] and not row["reasons_for_control"]
        yield tuple(
            _flat(cell)
            for cell in (
                row["eccn"], row["category"], row["product_group"], row["series"],
                "itar" if itar else "", " ".join(_reasons(row)), row["heading"],
                row["related_controls"], row["sta_special_conditions"],
            )
        )  # fmt: skip


def _reasons(row: Row) -> list[str]:
    # A digit may stand right behind a reason, where no word would end.
    return list(
        dict.fromkeys(REASONS.findall(re.sub(r"(?<=[A-Z])(?=\d)", " ", row["reasons_for_control"])))
    )


def _lines(
    reference: Path, entries: Iterable[Row], groups: Mapping[str, set[str]], embargoed: set[str]
) -> list[Row]:
    """The control lines, those in words with what they name; then what no line carries.

    ``control_added.tsv`` holds what the entry's text or a footnote of the chart says, and no line.
    """
    texts, fixes = _kept("control_texts.tsv"), _kept("control_fixes.tsv")
    splits = {
        (row["eccn"], row["reason"], row["column"]): row for row in _kept("control_splits.tsv")
    }
    fixed = {(row["eccn"], row["reason"]) for row in fixes}
    found: list[Row] = []
    for row in _rows(reference / FOLDER / "ccl_country_chart_columns.csv"):
        if not row["chart_column"] and (row["eccn"], row["reason"]) in fixed:
            continue
        split = splits.get((row["eccn"], row["reason"], row["chart_column"]))
        for line in _line(row, texts, groups, embargoed):
            found += _split(line, split) if split and line["words"] else [line]
    for fix in fixes:
        found.append(
            _row(
                eccn=fix["eccn"], reason=fix["reason"], column=fix["column"],
                to=_places(fix["to"], groups, embargoed), applies="*", words=fix["applies"],
                citation="15 CFR part 774, Supplement No. 1", grade="secondary", text=fix["why"],
            )
        )  # fmt: skip
    found += [_row(**row) for row in _kept("control_added.tsv")]
    carried = {(row["eccn"], row["reason"]) for row in found}
    for entry in entries:
        # Of antiterrorism alone it is known what it reaches: places that are not cleared at all.
        for reason in _reasons(entry):
            if (entry["eccn"], reason) not in carried and reason != "AT":
                found.append(
                    _row(
                        eccn=entry["eccn"], reason=reason, open="all", applies="*",
                        citation="15 CFR part 774, Supplement No. 1", grade="primary",
                        text=f"The entry names {reason} among its reasons, and no line says where.",
                    )
                )  # fmt: skip
    return sorted(found, key=lambda row: row["eccn"])


def _line(
    row: Row, texts: Iterable[Row], groups: Mapping[str, set[str]], embargoed: set[str]
) -> Iterator[Row]:
    """One line of the table; that of a text with destinations of two kinds as two."""
    scope = scope_of(row["eccn"], row["applies_to"])
    if not row["reason"] or row["chart_text"].startswith("CW applies"):
        scope = scope._replace(applies=("*",), words="")
    base = _row(
        eccn=row["eccn"], reason=row["reason"] or "sanctions", column=row["chart_column"],
        applies=" ".join(scope.applies), but_not=" ".join(scope.but_not), words=scope.words,
        citation="15 CFR part 738, Supplement No. 1", grade="primary",
        text=f"{row['applies_to']}: {row['chart_text']}",
    )  # fmt: skip
    if row["chart_column"]:
        yield base
        return
    rule = next(each for each in texts if row["chart_text"].startswith(each["begins"]))
    ruled = row["eccn"] in rule["ruled"].split()
    to = _places(rule["to"], groups, embargoed)
    yield {
        **base, "to": to, "open": _places(rule["open"], groups, embargoed),
        "ruled": "yes" if ruled else "", "citation": rule["citation"], "grade": rule["grade"],
        "note": rule["note"],
    }  # fmt: skip
    if WORLDWIDE in rule["citation"] and not ruled:
        others = f"all less {to}"
        yield {**base, "to": others, "state": "not_enforced", "citation": rule["citation"]}


def _split(line: Row, split: Row) -> Iterator[Row]:
    """A line in words as what it says of whole paragraphs, and of others on a condition.

    ``control_splits.tsv`` holds our reading of single lines: the paragraphs that a line reaches
    without more, and those for which its words say when.
    """
    if split["sure"]:
        yield {**line, "applies": split["sure"], "but_not": split["but_not"], "words": ""}
    if split["perhaps"]:
        yield {**line, "applies": split["perhaps"]}


def _add_doors(reference: Path, entries: Iterable[Row], lines: Iterable[Row]) -> None:
    """Say of each line which measure of the register says what is subject to it.

    Of technology the rule for advanced computing reaches a part alone: it goes with the rest.
    """
    rules = json.loads((reference / FOLDER / "fdp_rules.json").read_text("utf-8"))["rules"]
    items = {rule["id"]: rule.get("itemScopeEccns", ()) for rule in rules}
    series = {row["eccn"]: row["series"] for row in entries}
    secured = {line["eccn"] for line in lines if line["reason"] == "NS"}
    for line in lines:
        named = [
            line["eccn"] if word == "*" else f"{line['eccn']}.{word}"
            for word in line["applies"].split()
        ]
        for rule in ("advanced_computing", "sme"):
            held = [item for item in items[rule] if item[1:2] != "E"]
            if all(any(_within(name, item) for item in held) for name in named):
                line["door"] = DOORS[rule]
        if series[line["eccn"]]:
            line["door"] = DOORS["600_series"]
        line["door"] = line["door"] or ("us-ear-security" if line["eccn"] in secured else "us-ear")


def _within(name: str, item: str) -> bool:
    return name == item or name.startswith(f"{item}.")


def _row(**cells: str) -> Row:
    return {**dict.fromkeys(LINES, ""), **{key: _flat(cell) for key, cell in cells.items()}}


def _places(text: str, groups: Mapping[str, set[str]], embargoed: set[str]) -> str:
    """Countries of a rule's places, in order: codes, groups, ``all`` with what it leaves out."""
    if text.startswith("all"):
        return text
    named, _, less = text.partition(" less ")
    found: set[str] = set()
    for word in named.split():
        if word == "un-embargoed":
            found |= embargoed
        elif word in GROUPS:
            found |= {country for country, held in groups.items() if word in held}
        else:
            found.add(word)
    left = {country for country, held in groups.items() if held & set(less.split())}
    return " ".join(sorted(found - left))


def _united_nations(chart: Mapping[str, Row], groups: Mapping[str, set[str]]) -> set[str]:
    """Where arms embargoes of the United Nations may stand: more than they are, never fewer."""
    marked = {country for country, row in chart.items() if "1" in row["footnotes"].split()}
    return (
        ({country for country, held in groups.items() if "D:5" in held} - {"CN"}) | marked | {"YE"}
    )


def _chart(reference: Path, countries: Mapping[str, str]) -> dict[str, Row]:
    """Marks and groups of each country; of two spellings of one country the marks add up."""
    found: dict[str, Row] = {}
    for row in _rows(reference / FOLDER / "country_chart.csv"):
        columns = [key for key in row if key not in ("country", "footnotes", "note")]
        pointer = json.loads(row["note"])["pointer"] if row["note"] else ""
        notes = json.loads(row["note"])["footnotes"] if row["note"] else row["footnotes"].split(";")
        found[countries[row["country"]]] = {
            "country": countries[row["country"]], "name": row["country"],
            "marks": ";".join(column for column in columns if row[column]), "groups": "",
            "footnotes": " ".join(str(note) for note in notes if note), "pointer": pointer,
        }  # fmt: skip
    for row in _rows(reference / FOLDER / "country_groups.csv"):
        country = countries[row["country"]]
        if country not in found:
            found[country] = {
                **dict.fromkeys(CHART, ""),
                "country": country, "name": row["country"],
            }  # fmt: skip
        held = {*found[country]["groups"].split(), *(each for each in GROUPS if row[each])}
        found[country]["groups"] = " ".join(each for each in GROUPS if each in held)
    footnotes = {row["footnote"]: row["entries"] for row in _kept("chart_footnotes.tsv")}
    for row in found.values():
        named = [
            each for note in row["footnotes"].split() for each in footnotes.get(note, "").split()
        ]
        row["open_for"] = " ".join(dict.fromkeys(named))
    return dict(sorted(found.items()))


def _paragraphs(reference: Path) -> Iterator[Sequence[str]]:
    path = reference / FOLDER / "ccl_paragraphs_cat1345.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["eccn"], row["paragraph"], row["kind"], _flat(row["text"])


def _offers(reference: Path) -> Iterator[Sequence[str]]:
    """Exceptions that an entry speaks of; the limit is that of the entry as a whole, in dollars."""
    for row in _rows(reference / FOLDER / "ccl_list_based_exceptions.csv"):
        whole = re.fullmatch(r"\$([\d,]+)\.?", row["text"].strip())
        limit = whole.group(1).replace(",", "") if whole else ""
        plain = row["text"].strip().rstrip(".").lower()
        offered = {"n/a": "no", "none": "no", "yes": "yes"}.get(plain, "yes" if limit else "part")
        yield row["eccn"], row["exception"], offered, limit, _flat(row["text"])


def _gates(groups: Mapping[str, set[str]], embargoed: set[str]) -> Iterator[Sequence[str]]:
    """Restrictions on all exceptions but a few, with their places as countries."""
    for row in _kept("exception_gates.tsv"):
        for key in ("to", "headquarters"):
            row[key] = _places(row[key], groups, embargoed)
        yield tuple(row[key] for key in GATES)


def _offer_rules(groups: Mapping[str, set[str]], embargoed: set[str]) -> Iterator[Sequence[str]]:
    """What exceptions ask of every item, with their destinations as countries."""
    for row in _kept("exception_rules.tsv"):
        row["to"] = _places(row["to"], groups, embargoed)
        yield tuple(row[key] for key in OFFER_RULES)


def _policies(groups: Mapping[str, set[str]], embargoed: set[str]) -> Iterator[Sequence[str]]:
    """How applications are reviewed, by reason and destination; of the rows that fit the first."""
    for row in _kept("review_policies.tsv"):
        row["to"] = _places(row["to"], groups, embargoed)
        yield tuple(row[key] for key in POLICIES)


def _sections(reference: Path) -> Iterator[Sequence[str]]:
    for row in _rows(reference / FOLDER / "license_exceptions.csv"):
        for code in row["symbols"].split(";"):
            citation = row["section"].replace("C.F.R. § ", "CFR ")
            yield code, citation, row["title"]
    for row in _kept("more_authorizations.tsv"):
        yield row["code"], row["citation"], row["title"]


def _source(reference: Path, target: Path, counts: Mapping[str, int]) -> None:
    lines = [
        "publication: Commerce Control List (Supplement No. 1 to 15 CFR part 774), Country Chart",
        "  (Supplement No. 1 to part 738), country groups (Supplement No. 1 to part 740)",
        "publisher: Bureau of Industry and Security, by the Electronic Code of Federal Regulations",
        "terms: work of the United States government, public domain",
        "address: https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C",
        'day: "2026-07-23"',
        "note: Read through a transcription (NOTICE). One day's state. Paragraphs are held for",
        "  categories 1, 3, 4 and 5.",
        "command: python -m encode.controls.controls",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, READ),
    ]
    (target / "SOURCE.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cells(rows: Iterable[Row], header: Sequence[str]) -> Iterator[Sequence[str]]:
    for row in rows:
        yield tuple(row[key] for key in header)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _kept(name: str) -> list[Row]:
    with (INPUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    sys.exit(write_tables(encode, __doc__, TARGET))
