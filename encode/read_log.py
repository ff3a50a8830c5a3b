"""Fill the tables of what was read: what the register cites, and lists of documents.

Run it where the tables of documents lie::

    python -m encode.read_log REFERENCE [--to register/read]

A document that the register cites was read, as well as the records that cite it say. One that a
later text restates, which was read, or whose title alone says that it changes nothing, is passed
over by a rule of ``read_rules.tsv``, which the row names as its reader. Every other one is unread.
Rows that somebody wrote by hand (``detente register read``) are kept as they are.
"""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from detente.register.documents import Document, first_day
from detente.register.load.documents import COLUMNS, render
from detente.register.load.loader import load_folder
from detente.register.load.tables import read_rows
from encode.program import folders, lines_of_read

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "register"
TARGET = REGISTER / "read"
RULES = Path(__file__).with_name("read_rules.tsv")
UNIVERSE = Path("watch") / "universe"
TABLES = (
    "fr_documents.csv",
    "csms_duties.csv",
    "hts_editions.csv",
    "cn_announcements.csv",
    "other.csv",
)
READER = "the register"
"""Who read what the register cites: its records say on which day and how well."""
BY_HAND = "by hand"
"""Reader of the rules that go before what citations tell."""
DAY = "2026-10-10"
"""The last day of reading of the first filling; rules are dated by it."""
WORDS = 60
"""Letters of a title that stand for a document without a number."""
GRADES = ("conflict", "background", "secondary", "primary")

INDEXES = {
    "USTR": "ustr",
    "President": "president",
    "CBP": "cbp",
    "Commerce/BIS": "commerce",
    "Commerce/ITA": "commerce",
    "Commerce/other": "bis",
    "USITC": "usitc",
    "USITC HTS": "hts",
    "CBP CSMS": "csms",
    "BIS": "bis",
    "CIT": "courts",
    "CAFC": "courts",
    "SCOTUS": "courts",
    "SCTC": "sctc",
    "GACC": "customs-cn",
}
TOPICS = {
    "301": "section-301",
    "trade-act": "section-301",
    "232-process": "section-232",
    "duty": "duty",
    "hts": "schedule",
    "safeguard": "schedule",
    "edition": "edition",
    "court": "court",
    "tariff": "tariff",
    "ear": "control",
    "entity-list": "party-list",
    "uvl": "party-list",
    "meu": "party-list",
    "denial-order": "party-list",
    "1260h": "party-list",
    "covered-list": "party-list",
    "sanctions": "party-list",
    "icts": "control",
    "outbound": "control",
    "china": "context",
    "procurement": "context",
    "exclusion": "cn-tariff",
    "export-control": "cn-control",
    "measure": "cn-control",
}
CHINESE = {"ad", "codes", "vat", "customs", "third-country"}


class Rule(NamedTuple):
    """A row of the rules: what a title, a source and a day settle."""

    source: str
    topic: str
    title: str
    until: str
    effect: str
    touches: str
    grade: str
    reader: str

    def fits(self, document: Document) -> bool:
        """Whether a document falls under it."""
        start = first_day(document.published) if document.published else ""
        return (
            re.fullmatch(self.source, document.source) is not None
            and re.fullmatch(self.topic, document.topic) is not None
            and re.search(self.title, document.title, re.IGNORECASE) is not None
            and not (self.until and start > self.until)
        )


class Cited:
    """What the register cites, by page, number and name, and how well it was read."""

    def __init__(self, register: Path) -> None:
        self.contents = load_folder(register, documents=False)
        self.by_mark: dict[str, list[str]] = {}
        for key, source in self.contents.sources.items():
            marks = _marks(key, f"{source.citation} {source.citation_zh}")
            marks += [f"cite {each}" for each in (source.citation, source.citation_zh) if each]
            for mark in marks:
                self.by_mark.setdefault(mark, []).append(key)

    @cached_property
    def read(self) -> dict[str, tuple[str, str]]:
        """By key, the day and grade of the best record that cites it."""
        found: dict[str, tuple[str, str]] = {}
        for measure in self.contents.measures.values():
            day, grade = measure.verified
            for event in measure.events:
                mine = (day, event.grade or grade)
                for key in event.sources:
                    if key not in found or _rank(found[key][1]) < _rank(mine[1]):
                        found[key] = mine
        return found

    def keys(self, document: Document, stated: str) -> list[str]:
        """The keys under which the register cites a document."""
        known = re.findall(r"\(([\w-]+)\)$", stated)
        text = f"{document.id} {document.citation} {document.title}"
        if document.source in ("csms", "hts"):
            text = document.citation
        marks = _marks(document.id, text)
        # A list quotes the register where it knows nothing else, and says so in brackets.
        marks += [f"cite {each}" for each in (document.citation, _quoted(document.title))]
        found = [key for mark in marks for key in self.by_mark.get(mark, ())]
        found += [key for key in known if key in self.contents.sources]
        return list(dict.fromkeys(found))


def _quoted(title: str) -> str:
    """The citation of the register that a title ends with, in brackets."""
    depth = 0
    for at in range(len(title) - 1, -1, -1):
        depth += (title[at] == ")") - (title[at] == "(")
        if depth == 0:
            return title[at + 1 : -1] if title.endswith(")") else ""
    return ""


def _rank(grade: str) -> int:
    return GRADES.index(grade)


def _marks(key: str, text: str) -> list[str]:
    """What a citation is told by: pages, numbers of orders, of messages, of announcements."""
    marks = [
        f"{volume} FR {page}"
        for volume, page in re.findall(r"\b(\d{2}) (?:FR|Fed\. Reg\.) (\d{3,6})\b", text)
    ]
    marks += [f"P {number}" for number in re.findall(r"Proclamation (\d{4,5})", text)]
    marks += [f"EO {number}" for number in re.findall(r"Executive Order (\d{5})", text)]
    marks += [f"CSMS {number}" for number in re.findall(r"CSMS #? ?(\d{8})", text)]
    marks += [f"FR Doc {number}" for number in re.findall(r"\b(20\d\d-\d{5})\b", text)]
    marks += [f"zh {each}" for each in re.findall(r"\S*(?:公告|令)\d{4}年第\d+号", text)]
    if re.match(r"[a-z][a-z0-9-]+$", key):
        marks.append(f"key {key}")
    return marks


def documents(reference: Path) -> Iterator[tuple[Document, str]]:
    """Every known document that can change the register, and how a list matched it."""
    seen: set[tuple[str, str]] = set()
    for table in TABLES:
        with (reference / UNIVERSE / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                document = _document(row)
                key = (document.source, document.id)
                if key in seen:
                    continue
                seen.add(key)
                yield document, row["cited_by_register"]


def _document(row: dict[str, str]) -> Document:
    source, topic = _index(row), _topic(row)
    if source == "president" and topic in ("duty", "section-232"):
        topic = "tariff"
    title = " ".join(row["title"].replace("(title of the register)", "").split())
    citation = row["citation"].replace(" (page not verified)", "")
    return Document(
        source=source,
        id=row["id"] or citation or f"{row['published']} {shorten(title, WORDS, placeholder='')}",
        published=row["published"],
        effective=row["effective"][:10],
        title=title,
        citation=citation,
        address=row["address"],
        topic=topic,
        effect="",
        touches="",
        reader="",
        day="",
        grade="",
    )


def _index(row: dict[str, str]) -> str:
    source = row["source"]
    if (row["topic"] == "232-process" and source != "President") or source == "Commerce/other":
        return "bis" if "ZTE" in row["title"] or _is_control(row) else "commerce"
    if source in INDEXES:
        return INDEXES[source]
    if source.startswith("MOFCOM") or (source.startswith("CN ") and "MOFCOM" in row["id"]):
        return "mofcom"
    if source in ("DoD", "DoD/FAR", "FCC", "ICTS", "OFAC", "Treasury", "DHS", "GAO", "HOUSE"):
        return "others-us"
    return "mofcom" if source.startswith("CN Drone") else "others-cn"


def _is_control(row: dict[str, str]) -> bool:
    """Whether a document of the Department of Commerce is about exports or investment."""
    return re.search(r"Controls on|Outbound|Denial", row["title"]) is not None


def _topic(row: dict[str, str]) -> str:
    topic, source = row["topic"], row["source"]
    if source == "Commerce/other":
        return "control" if _is_control(row) else "section-232"
    if source == "CBP CSMS":
        return "message"
    if topic in CHINESE:
        return "cn-other"
    if topic in ("register", "list") and _index(row) in ("mofcom", "others-cn"):
        if "Order" in row["id"] and "2026" in row["id"]:
            return "cn-ownership"
        listed = "UEL" in source or re.search(r"Control list|Attention list", row["title"])
        return "cn-party-list" if listed or topic == "list" else "cn-control"
    if source == "SCTC" or source == "GACC":
        return "cn-tariff" if source == "SCTC" else "cn-other"
    if topic == "tariff" and source == "GACC":
        return "cn-other"
    if source == "President" and re.search(r"To Implement|Affordable Beef", row["title"], re.I):
        return "tariff"
    if source == "FCC":
        return "party-list"
    return TOPICS.get(topic, "control" if source in ("BIS", "OFAC") else "context")


def decide(document: Document, stated: str, cited: Cited, rules: Sequence[Rule]) -> Document:
    """A document with what became of it, or as it was."""
    edition = _edition(document)
    if edition:
        effect = f"table: data/goods/us/editions.tsv {edition}"
        return document._replace(effect=effect, reader=READER, day=DAY, grade="primary")
    for rule in rules:
        if rule.reader == BY_HAND and rule.fits(document):
            return _ruled(document, rule)
    keys = [key for key in cited.keys(document, stated) if not _is_by_title(key, cited)]
    if keys:
        days = [cited.read[key] for key in keys if key in cited.read]
        day = max((day for day, _ in days), default=DAY)
        grade = max((grade for _, grade in days), key=_rank, default="background")
        effect = f"source: {', '.join(keys)}"
        return document._replace(effect=effect, reader=READER, day=day, grade=grade)
    by_title = cited.keys(document, stated)
    for rule in () if by_title else rules:
        if rule.fits(document):
            return _ruled(document, rule)
    first = [cited.contents.sources[key].date for key in by_title]
    days_known = [day for day in (*first, document.published) if day]
    return document._replace(published=min(days_known, default=""))


def _ruled(document: Document, rule: Rule) -> Document:
    """A document as a rule has it."""
    made = document._replace(effect=rule.effect, touches=rule.touches)
    if not rule.effect:
        return made
    return made._replace(reader=rule.reader, day=DAY, grade=rule.grade)


def _is_by_title(key: str, cited: Cited) -> bool:
    """Whether the register only knows of a document: an event says that it was not read."""
    events = [e for each in cited.contents.measures.values() for e in each.events]
    mine = [each for each in events if key in each.sources]
    return bool(mine) and all("was not read" in each.note for each in mine)


def _edition(document: Document) -> str:
    """The edition of the schedule that is held, of an edition or its change record."""
    found = re.fullmatch(r"(\d{4})HTS(?:Rev(\d+)|Basic)", document.id)
    if not found:
        return ""
    year, revision = found.groups()
    name = f"hts_{year}_rev_{revision}" if revision else f"hts_{year}_basic"
    rows = (ROOT / "data" / "goods" / "us" / "editions.tsv").read_text(encoding="utf-8")
    return name if f"\n{name}\t" in rows else ""


def rules() -> list[Rule]:
    """The rules, in order."""
    text = RULES.read_text(encoding="utf-8")
    return [Rule(**row.cells) for row in read_rows(text, RULES.name, Rule._fields, ())]


def by_hand(target: Path) -> dict[tuple[str, str], Document]:
    """Rows that somebody decided, and no program."""
    known = {READER, *(rule.reader for rule in rules()), ""}
    found = {}
    for path in sorted(target.glob("*.tsv")):
        for row in read_rows(path.read_text(encoding="utf-8"), path.name, COLUMNS, ()):
            if row.cells["reader"] not in known:
                document = Document(source=path.stem, **row.cells)
                found[document.source, document.id] = document
    return found


def build(reference: Path, register: Path, target: Path) -> dict[str, list[Document]]:
    """The documents of every table, by its name."""
    cited, kept, given = Cited(register), by_hand(target), rules()
    tables: dict[str, list[Document]] = {name: [] for name in cited.contents.read_log.indexes}
    for document, stated in documents(reference):
        key = (document.source, document.id)
        made = kept.pop(key, None) or decide(document, stated, cited, given)
        tables[made.source].append(made)
    for document in kept.values():
        tables[document.source].append(document)
    return tables


SOURCE = """\
publication: 'Lists of documents since 2018: Federal Register, Harmonized Tariff Schedule,
  customs messages, announcements of three authorities of China'
publisher: the authorities that _sources.yaml names
terms: numbers, days, titles and addresses of official documents, facts of public record; works of
  the United States government are in the public domain, official documents of China carry no
  copyright
command: python -m encode.read_log
rows:
"""


def source(reference: Path, tables: dict[str, list[Document]]) -> str:
    """The record of what the tables were made from."""
    rows = "".join(f"  {name}: {len(rows)}\n" for name, rows in tables.items())
    read = lines_of_read(reference, [UNIVERSE / table for table in TABLES])
    return SOURCE + rows + "\n".join(["read:", *read, ""])


def main() -> int:
    """Write the tables and say how many documents of each are read."""
    reference, target = folders(__doc__, TARGET)
    tables = build(reference, REGISTER, target)
    (target / "SOURCE.yaml").write_text(source(reference, tables), encoding="utf-8")
    for name, rows in tables.items():
        (target / f"{name}.tsv").write_text(render(rows), encoding="utf-8")
        unread = [row for row in rows if not row.is_read]
        print(f"{target / name}.tsv: {len(rows):,} documents, {len(unread):,} unread")
    return 0


if __name__ == "__main__":
    sys.exit(main())
