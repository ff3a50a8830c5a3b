"""What stands in a list of a house where nobody is named, such as `n/a`, which is no name to keep.

Whoever is asked under such a name would be a hit; see ``document_words`` for what it may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.parties.names.document_words import bare_text

if TYPE_CHECKING:
    from detente.parties.lists.model import ListedEntry
    from detente.parties.names.names import NameTables

SHOWN = 3
"""Texts that are shown at most."""


def without_unnamed(
    entries: Iterable[ListedEntry], tables: NameTables
) -> tuple[list[ListedEntry], list[str]]:
    """Entries without the names that are none, and without those whose main name is none.

    Args:
        entries: as a file has them.
        tables: what names are read with.

    Returns:
        The entries, and in sentences what is not kept.
    """
    nobody = tables.documents.nobody
    kept: list[ListedEntry] = []
    parties: list[str] = []
    others: list[str] = []
    for entry in entries:
        main, *also = entry.names
        if bare_text(main.text) in nobody:
            parties.append(main.text)
            continue
        unnamed = {name for name in also if bare_text(name.text) in nobody}
        if unnamed:
            others += [name.text for name in also if name in unnamed]
            named = tuple(name for name in also if name not in unnamed)
            entry = entry._replace(names=(main, *named))
        kept.append(entry)
    return kept, [*_told(parties, "party", "parties"), *_told(others, "alias", "aliases")]


def _told(texts: Sequence[str], one: str, several: str) -> list[str]:
    if not texts:
        return []
    distinct = list(dict.fromkeys(texts))
    shown = ", ".join(distinct[:SHOWN]) + (", …" if len(distinct) > SHOWN else "")
    was = "was" if len(texts) == 1 else "were"
    stands = "stands" if len(distinct) == 1 else "stand"
    return [
        f"{counted(len(texts), one, several)} {was} not kept: {shown} {stands} in place of a name"
    ]
