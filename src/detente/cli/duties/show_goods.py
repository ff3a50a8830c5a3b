"""The schedule as text: one line of it, and lines found by words."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.goods.codes import TariffCode

if TYPE_CHECKING:
    from detente.answers.goods import Browse, GoodsLine, SearchResult

NOTHING = "No line of the schedule has these words. Try fewer, or the words of customs papers."


def show_line(answer: GoodsLine) -> str:
    """One line: words, rates, footnotes, what it was and became."""
    if answer["edition"] is None:
        return show_partner_line(answer)
    rows = [f"{TariffCode(answer['code']).dotted}, {answer['edition']}"]
    for depth, words in enumerate([*answer["path"], answer["description"] or ""]):
        indent = "  " * (depth + 1)
        rows.append(wrapped(words, indent))
    rows.append(f"  general      {answer['general']}")
    rows.append(f"  special      {answer['special'] or 'none'}")
    rows.append(f"  column 2     {answer['other']}")
    rows.append(f"  units        {', '.join(answer['units']) or 'none'}")
    for codes, label in (
        (answer["headings"], "footnotes"),
        (answer["predecessors"], "was"),
        (answer["successors"], "became"),
    ):
        if codes:
            rows.append(f"  {label:<12} {', '.join(code or 'unknown' for code in codes)}")
    rows.extend(f"  ! {note}" for note in answer["notes"])
    return "\n".join(rows)


def show_hits(answer: SearchResult) -> str:
    """The lines that were found, each with what it stands under."""
    if not answer["hits"]:
        near = f" Did you mean {', '.join(answer['near'])}?" if answer["near"] else ""
        return f"{NOTHING}{near}"
    rows = []
    for hit in answer["hits"]:
        rate = f"  [{hit['general']}]" if hit["general"] else ""
        rows.append(f"{TariffCode(hit['code']).dotted:<14}{hit['text']}{rate}")
        if hit["path"]:
            rows.append(f"{'':14}in {' › '.join(hit['path'])}")
    rows.append("In brackets: the general rate. `detente duty CODE ORIGIN` adds what else applies.")
    return "\n".join(rows)


def show_partner_line(answer: GoodsLine) -> str:
    """A line of another country for a person."""
    rows = [f"{TariffCode(answer['code']).dotted}, tariff of {answer['country']} on {answer['on']}"]
    words = [*answer["path"], *([answer["description"]] if answer["description"] else [])]
    rows += [f"{'  ' * depth}{each}" for depth, each in enumerate(words, start=1)]
    rows.append(f"  ordinary rate  {answer['general'] or 'not known'}")
    rows += [f"  {row['scope']}" for row in answer["coverage"] or ()]
    rows += [
        f"    {TariffCode(each['code']).dotted}  {each['general']}" for each in answer["by_line"]
    ]
    return "\n".join(rows)


def show_under(answer: Browse) -> str:
    """Sections with chapters, a chapter with headings, or a heading with its rows."""
    if answer["sections"]:
        rows = []
        for section in answer["sections"]:
            rows.append(f"ScheduleSection {section['section']}: {section['title']}")
            rows += [f"  {each['chapter']}  {each['title']}" for each in section["chapters"]]
        return "\n".join([*rows, "`detente browse CHAPTER` lists the headings of a chapter."])
    rows = [f"Chapter {answer['code'][:2]}: {answer['chapter']}, {answer['edition']}"]
    rows += [f"  {each['heading']}  {each['text']}" for each in answer["headings"]]
    for row in answer["rows"]:
        code = TariffCode(row["code"]).dotted if row["code"] else ""
        rate = f"  [{row['general']}]" if row["general"] else ""
        rows.append(f"  {code:<14}{'  ' * row['depth']}{row['text']}{rate}")
    return "\n".join([*rows, f"{answer['notes']['text']} {answer['notes']['address']}"])
