"""The tariff schedule: lines by words, one line, and the schedule from the top."""

from typing import Annotated, TypedDict

from detente.answers.shared import Coverage


class SearchHit(TypedDict):
    """A line that words may mean."""

    code: Annotated[str, "Digits of its code."]
    text: Annotated[str, "Its own words."]
    path: Annotated[list[str], "Words of what it stands under, the heading first."]
    general: Annotated[str | None, "Its ordinary rate; null where it is not known."]


class TakenFor(TypedDict):
    """An everyday word that the words were taken for."""

    word: Annotated[str, "The word."]
    headings: Annotated[list[str], "Digits that it leads to."]
    source: Annotated[str, "Where that is known from."]
    grade: Annotated[str, "How well."]


class Meaning(TypedDict):
    """What words were taken for."""

    taken_for: Annotated[TakenFor | None, "The everyday word that they hold; null for none."]
    near: Annotated[list[str], "Words that are spelled alike, where nothing was found."]


class SearchResult(Meaning):
    """Lines of a tariff by words."""

    hits: Annotated[list[SearchHit], "The lines, the best first."]


class LineBelow(TypedDict):
    """A line below a code that has several rates."""

    code: Annotated[str, "Digits of its code."]
    general: Annotated[str, "Its ordinary rate."]


class LineTax(TypedDict):
    """A tax on imports beside the duty, as far as the code decides it."""

    tax: Annotated[str, "vat or consumption."]
    percent: Annotated[str, "Its rate in percent; empty where the code does not decide it."]
    asked: Annotated[str, "Another rate that goods of the code may pay; empty for none."]
    note: Annotated[str, "Which goods it is for."]


class GoodsLine(TypedDict):
    """A line of a tariff on a day."""

    code: Annotated[str, "Digits of its code."]
    country: Annotated[str, "Country whose tariff it is, ISO 3166."]
    on: Annotated[str, "The day."]
    edition: Annotated[str | None, "Edition of the schedule; null for a table of rates by day."]
    description: Annotated[str | None, "Its own words; null where they are not held."]
    path: Annotated[list[str], "Words of what it stands under, the heading first."]
    units: Annotated[list[str], "Units of quantity that an entry reports."]
    general: Annotated[str | None, "Its ordinary rate; null where it is not known."]
    special: Annotated[str | None, "Rates under programs, as printed; null where not held."]
    other: Annotated[str | None, "Column 2 rate, as printed; null where there is none."]
    headings: Annotated[list[str], "Headings of chapter 99 that its footnotes name."]
    predecessors: Annotated[list[str], "Codes that it came from."]
    successors: Annotated[list[str], "Codes that it became."]
    state: Annotated[
        str | None, "How the rate of a table by day is known: exact and others; else null."
    ]
    by_line: Annotated[list[LineBelow], "Lines below the code, where they differ."]
    taxes: Annotated[list[LineTax], "Taxes on imports; empty where none are held."]
    coverage: Annotated[
        list[Coverage] | None, "How the table of rates was read; null for an edition of a schedule."
    ]
    notes: Annotated[list[str], "What must be known beside it."]


class Chapter(TypedDict):
    """A chapter."""

    chapter: Annotated[str, "Its two digits."]
    title: Annotated[str, "Its title."]


class ScheduleSection(TypedDict):
    """A section of the schedule."""

    section: Annotated[str, "Its Roman number."]
    title: Annotated[str, "Its title."]
    chapters: Annotated[list[Chapter], "Its chapters."]


class HeadingRow(TypedDict):
    """A heading of a chapter."""

    heading: Annotated[str, "Its four digits."]
    text: Annotated[str, "Its words."]


class PrintedRow(TypedDict):
    """A row of a heading as printed."""

    depth: Annotated[int, "Rows that it stands under."]
    code: Annotated[str, "Digits of its code; empty where it has none."]
    text: Annotated[str, "Its words."]
    general: Annotated[str, "Column 1 general rate, as printed; empty where it has none."]


class LegalNotes(TypedDict):
    """The legal notes of sections and chapters."""

    held: Annotated[bool, "Whether they are held."]
    text: Annotated[str, "What that means."]
    address: Annotated[str, "Where they can be read."]


class Browse(TypedDict):
    """What stands under some digits of the schedule."""

    on: Annotated[str, "The day."]
    edition: Annotated[str, "Edition of the schedule."]
    code: Annotated[str, "The digits asked about; empty for all chapters."]
    sections: Annotated[
        list[ScheduleSection], "Sections with chapters, where no digits were asked."
    ]
    chapter: Annotated[str, "Title of the chapter; empty where none was asked."]
    headings: Annotated[list[HeadingRow], "Headings of a chapter."]
    rows: Annotated[list[PrintedRow], "Rows of a heading."]
    notes: LegalNotes
