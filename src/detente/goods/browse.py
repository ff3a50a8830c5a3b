"""The schedule from the top: sections, chapters, headings, and the rows of a heading as printed."""

from __future__ import annotations

from datetime import date
from sqlite3 import Connection

from detente._shapes import TYPE_CHECKING
from detente.goods.codes import CodeError
from detente.goods.everyday import COMPILED
from detente.goods.schedule import COLUMNS, Schedule, StoredLine
from detente.store.files import open_read_only

if TYPE_CHECKING:
    from detente.answers.goods import Browse, HeadingRow, PrintedRow, ScheduleSection
    from detente.goods.lines import Edition

CHAPTER, HEADING = 2, 4

NOTES_UNREAD = (
    "The legal notes of sections and chapters decide classification and are not held: read them in "
    "the schedule before you rely on a heading."
)
NOTES_AT = "https://hts.usitc.gov"


def browse(schedule: Schedule, digits: str, day: date) -> Browse:
    """What stands under some digits on a day.

    Args:
        schedule: the schedule.
        digits: "" for sections and chapters, 2 for the headings of a chapter, 4 for the rows of a
            heading; dots and more digits are passed over.
        day: the day whose edition is shown.

    Raises:
        CodeError: the digits are no chapter or heading of that day; the message says what is.
    """
    edition = schedule.edition_on(day)
    plain = digits.replace(".", "").strip()[:HEADING]
    if plain and (
        not plain.isascii() or not plain.isdigit() or len(plain) not in (CHAPTER, HEADING)
    ):
        raise CodeError(
            f"{digits!r} is neither a chapter nor a heading: write 2 or 4 digits, such as 85 or "
            "8507, or nothing for all chapters"
        )
    database = open_read_only(COMPILED)
    try:
        titles = dict(database.execute("SELECT chapter, title FROM chapters"))
        answer: Browse = {
            "on": day.isoformat(),
            "edition": edition.id,
            "code": plain,
            "sections": [] if plain else _sections(database, titles),
            "chapter": titles.get(plain[:CHAPTER], "") if plain else "",
            "headings": [],
            "rows": [],
            "notes": {"held": False, "text": NOTES_UNREAD, "address": NOTES_AT},
        }
    finally:
        database.close()
    if len(plain) == CHAPTER:
        answer["headings"] = _headings(schedule, edition, plain)
    if len(plain) == HEADING:
        answer["rows"] = _rows(schedule, edition, plain)
    if plain and not answer["headings"] and not answer["rows"]:
        raise CodeError(_missing(schedule, edition, plain))
    return answer


def _sections(database: Connection, titles: dict[str, str]) -> list[ScheduleSection]:
    return [
        {
            "section": section,
            "title": title,
            "chapters": [
                {"chapter": chapter, "title": titles[chapter]}
                for chapter in sorted(titles)
                if first <= chapter <= last
            ],
        }
        for section, title, first, last in database.execute(
            "SELECT section, title, first, last FROM sections ORDER BY first"
        )
    ]


def _headings(schedule: Schedule, edition: Edition, chapter: str) -> list[HeadingRow]:
    """The headings of a chapter with their words."""
    found: dict[str, str] = {}
    for row in _under(schedule, edition, chapter):
        heading = row.code[:HEADING]
        if heading not in found:
            path = schedule.path(row, edition)
            found[heading] = (path[0] if path else row.description).rstrip(":")
    return [{"heading": heading, "text": text} for heading, text in found.items()]


def _rows(schedule: Schedule, edition: Edition, heading: str) -> list[PrintedRow]:
    """Every row of a heading in order, those without a number where they stand."""
    shown: dict[str, int] = {}
    rows: list[PrintedRow] = []
    for row in _under(schedule, edition, heading):
        for name, text in _above(schedule, edition, row):
            if name not in shown:
                depth = shown[name] = len(_above_ids(schedule, edition, name))
                rows.append(_row(depth, "" if ":" in name else name, text, ""))
        if row.code not in shown:
            depth = shown[row.code] = len(_above(schedule, edition, row))
            rows.append(_row(depth, row.code, row.description.rstrip(":"), row.general))
    return rows


def _row(depth: int, code: str, text: str, general: str) -> PrintedRow:
    return {"depth": depth, "code": code, "text": text, "general": general}


def _above(schedule: Schedule, edition: Edition, row: StoredLine) -> list[tuple[str, str]]:
    """Names and words of the rows above a row, the heading first."""
    found: list[tuple[str, str]] = []
    name = row.parent
    while name:
        above = schedule.row_named(name, edition)
        if above is None:
            break
        found.append((name, above[1].rstrip(":")))
        name = above[0]
    return found[::-1]


def _above_ids(schedule: Schedule, edition: Edition, name: str) -> list[str]:
    """Names of the rows above a named row."""
    found: list[str] = []
    above = schedule.row_named(name, edition)
    while above is not None and above[0]:
        found.append(above[0])
        above = schedule.row_named(above[0], edition)
    return found


def _under(schedule: Schedule, edition: Edition, prefix: str) -> list[StoredLine]:
    rows = schedule.database.execute(
        f"SELECT {COLUMNS} FROM lines WHERE code >= ? AND code < ? || '~'"
        " AND first <= ? AND ? < until ORDER BY code",
        (prefix, prefix, edition.number, edition.number),
    )
    return [StoredLine._make(row) for row in rows]


def _missing(schedule: Schedule, edition: Edition, plain: str) -> str:
    """Say that a chapter or heading is not there, and which headings stand beside it."""
    beside = [row["heading"] for row in _headings(schedule, edition, plain[:CHAPTER])]
    if not beside:
        return f"{plain} is not a chapter of {edition.id}: its chapters run from 01 to 98"
    near = sorted(beside, key=lambda each: abs(int(each) - int(plain)))[:6]
    return f"{plain} is not a heading of {edition.id}: beside it stand {', '.join(sorted(near))}"
