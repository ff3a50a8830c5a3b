"""Lines of another country's tariff by words: by its own names, and by those of the subheading."""

from __future__ import annotations

from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.goods.partner_tariff import held_tariff
from detente.goods.search import search

if TYPE_CHECKING:
    from detente.answers.goods import SearchHit
    from detente.goods.partner_tariff import PartnerTariff
    from detente.goods.schedule import Schedule

FROM_ONE = 4
"""Lines of one subheading that a search shows, so that one does not crowd out the others."""


def search_partner(
    country: str, query: str, day: date, limit: int, schedule: Schedule
) -> list[SearchHit]:
    """Lines of another country by words: its own names, then those under matching subheadings.

    The first six digits are the same everywhere, so words of our schedule lead to its lines.
    """
    tariff = held_tariff(country)
    hits: list[SearchHit] = [
        {
            "code": code,
            "text": name,
            "path": list(schedule.subheading(code)),
            "general": _rate(tariff, code, day),
        }
        for code, _, name in tariff.named(query, limit)
    ]
    seen = {hit["code"] for hit in hits}
    found = dict.fromkeys(hit.code.subheading for hit in search(schedule, query, day, 4 * limit))
    # A word may stand in one statistical line of the United States alone: words of the subheading
    # itself, which both countries share, go first.
    wanted = [word.lower() for word in query.split()]
    for subheading in sorted(found, key=lambda code: not _has(schedule.subheading(code), wanted)):
        for code in (tariff.lines(subheading) or [subheading])[:FROM_ONE]:
            if code in seen or len(hits) >= limit:
                continue
            seen.add(code)
            path = list(schedule.subheading(code))
            text = tariff.name(code, "zh") or (path.pop() if path else "")
            general = _rate(tariff, code, day)
            hits.append({"code": code, "text": text, "path": path, "general": general})
    return hits


def _rate(tariff: PartnerTariff, code: str, day: date) -> str | None:
    """The ordinary rate of a line; None where it is not known."""
    percent = tariff.rate(code, day.isoformat()).percent
    return f"{percent}%" if percent else None


def _has(path: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words of a subheading hold every word of a query."""
    text = " ".join(path).lower()
    return all(word in text for word in words)
