"""Compare the lists with the footnotes of the schedule, and record every disagreement.

A line of the schedule points at the headings that cover it ("See 9903.88.03"). An edition has no
legal day, so lists and footnotes are compared by calendar year. What is left over is decided by
hand in ``disagreements`` of ``lists.yaml``; one that nobody has decided is an error, and so is a
decision about something that agrees.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from encode.list_files import CodeList, Row
from encode.us_lists.editions import Editions

HEADER = ("list", "code", "year", "finding", "decision", "why")
Finding = tuple[str, str, str, str]


def findings(
    lists: Sequence[CodeList], headings: Mapping[str, Sequence[str]], editions: Editions
) -> list[Finding]:
    """List, code, year and what differs, for each list that has headings to compare with."""
    found: set[Finding] = set()
    years = sorted({name[:4] for name in editions.names})
    printed = {
        year: set().union(*(editions.lines[name] for name in editions.names if name[:4] == year))
        for year in years
    }
    for code_list in lists:
        for year in years:
            pointed = {
                code
                for heading in headings.get(code_list.name, ())
                for edition in editions.names
                if edition.startswith(year)
                for code in editions.codes(heading, edition)
            }
            if not pointed and not headings.get(code_list.name):
                continue
            rows = [row for row in code_list.rows if _in_year(row, year)]
            members = {row.code for row in rows if not row.out}
            name = code_list.name
            alone = _without_partner(pointed, members)
            found |= {(name, code, year, "footnote without membership") for code in alone}
            lone = _without_partner(members, pointed)
            found |= {
                (name, code, year, "membership without footnote")
                for code in lone
                # A line of eight digits may be printed as one of ten with two zeros.
                if code in printed[year] or code + "00" in printed[year]
            }
    return sorted(found)


def _in_year(row: Row, year: str) -> bool:
    after = row.start > f"{year}-12-31"
    before = bool(row.until) and row.until <= f"{year}-01-01"
    return not after and not before


def _without_partner(codes: Iterable[str], others: set[str]) -> list[str]:
    """Codes that neither begin with one of the others nor are the beginning of one."""
    beginnings = {other[:size] for other in others for size in (4, 6, 8, 10) if size <= len(other)}
    return [
        code
        for code in codes
        if code not in beginnings
        and not any(code[:size] in others for size in (4, 6, 8) if size < len(code))
    ]


def decided(found: Sequence[Finding], decisions: Sequence[Mapping[str, Any]]) -> str:
    """The committed record.

    Raises:
        ValueError: a disagreement without a decision, or a decision without a disagreement.
    """
    lines = ["\t".join(HEADER)]
    used: set[int] = set()
    undecided = []
    for name, code, year, finding in found:
        for number, decision in enumerate(decisions):
            lists_match = name in decision["lists"]
            codes_match = any(code.startswith(str(start)) for start in decision["codes"])
            if lists_match and codes_match and finding == decision["finding"]:
                used.add(number)
                cells = (name, code, year, finding, decision["decision"], decision["why"])
                lines.append("\t".join(cells))
                break
        else:
            undecided.append(f"{name} {code} {year}: {finding}")
    idle = [str(decisions[n]["codes"]) for n in range(len(decisions)) if n not in used]
    if undecided or idle:
        raise ValueError(
            "Footnotes and lists disagree. Decide in lists.yaml: "
            + "; ".join(undecided[:80])
            + (f". Decisions about nothing: {'; '.join(idle)}" if idle else "")
        )
    return "\n".join(lines) + "\n"
