"""What names are read with, worked out by the build and kept as texts, columns in lines.

To work it out of words and characters anew took a question by name a sixth more of the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.names import (
    LetterTables,
    MendedPhrases,
    NameTables,
    WrittenLetters,
)

COLUMN, CELL, PART = "\x1f", "\n", "\x1e"
"""What stands between columns, between the cells of one, and between the parts of a cell."""

Columns = Sequence[Iterable[str]]


def texts_of(tables: NameTables) -> dict[str, str]:
    """What is worked out of words and characters, a text for each field of the tables."""
    near: dict[str, list[str]] = {}
    for key, word in tables.near.items():
        near.setdefault(word, []).append(key)
    mended: dict[str, list[str]] = {}
    for word, phrases in tables.phrases.items():
        for phrase in phrases:
            mended.setdefault(PART.join(phrase), []).append(word)
    trades = [each for several in tables.trades.values() for each in several]
    columns: dict[str, Columns] = {
        "words": (
            tables.entries,
            *zip(*map(tables.words.__getitem__, tables.entries), strict=True),
        ),
        "han": (tables.han, *zip(*tables.han.values(), strict=True)),
        "near": (near, map(PART.join, near.values())),
        "starts": (tables.starts, map(str, tables.starts.values())),
        "brands": (sorted(tables.brands),),
        "syllables": (sorted(tables.syllables),),
        "phrases": (sorted(mended), (PART.join(sorted(mended[each])) for each in sorted(mended))),
        "phrase_forms": (sorted(tables.phrase_forms),),
        "renamed": (sorted(tables.renamed),),
        "trades": (map(PART.join, (words for words, _ in trades)), (text for _, text in trades)),
        "trade_words": (sorted(tables.trade_words),),
    }
    return {field: COLUMN.join(map(CELL.join, each)) for field, each in columns.items()}


def tables_from(
    texts: Mapping[str, str],
    documents: DocumentWords,
    known: Callable[[], frozenset[str]],
    letters: LetterTables,
    within: Mapping[str, str],
) -> NameTables:
    """What names are read with, of the texts that are kept; the rest as `tables_of` takes it."""
    kept = {
        field: [each.split(CELL) if each else [] for each in text.split(COLUMN)]
        for field, text in texts.items()
    }
    word, kind, canonical = kept["words"]
    words = dict(zip(word, zip(kind, canonical, strict=True), strict=True))
    char, *readings = kept["han"]
    han = dict(zip(char, zip(*readings, strict=True), strict=True))
    near: dict[str, str] = {}
    for meant, keys in zip(*kept["near"], strict=True):
        for key in keys.split(PART):
            near[key] = meant
    return NameTables(
        words, han, near,
        dict(zip(kept["starts"][0], map(int, kept["starts"][1]), strict=True)),
        word, frozenset(kept["brands"][0]), {}, set(), documents,
        frozenset(kept["syllables"][0]), known, letters, _mended(*kept["phrases"]),
        frozenset(kept["phrase_forms"][0]), frozenset(kept["renamed"][0]),
        WrittenLetters(han), within, _trades(*kept["trades"]), frozenset(kept["trade_words"][0]),
    )  # fmt: skip


def _mended(phrases: Iterable[str], words: Iterable[str]) -> MendedPhrases:
    """Phrases that are mended where they are misspelled, by the words of each."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text, several in zip(phrases, words, strict=True):
        phrase = tuple(text.split(PART))
        for word in several.split(PART):
            found.setdefault(word, []).append(phrase)
    return MendedPhrases(found)


def _trades(
    phrases: Iterable[str], canonical: Iterable[str]
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases of a trade by the first word of each, in their order."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for text, phrase in zip(phrases, canonical, strict=True):
        words = tuple(text.split(PART))
        found.setdefault(words[0], []).append((words, phrase))
    return found
