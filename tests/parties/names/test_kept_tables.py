"""What names are read with comes back from the texts that the build keeps of it."""

from __future__ import annotations

from detente.parties.names.document_words import words_of
from detente.parties.names.kept_tables import tables_from, texts_of
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, PLACE
from detente.parties.names.names import tables_of
from detente.parties.names.spelling import neighbors

WORDS = {
    "technology": (INDUSTRY, "technology"),
    "electronics": (INDUSTRY, "electronics"),
    "science and technology": (INDUSTRY, "science technology"),
    "and": (FILLER, ""),
    "science": (INDUSTRY, "science"),
    "obshchestvo s ogranichennoi otvetstvennostyu": (LEGAL, "llc"),
    "beijing": (PLACE, "beijing"),
    "比亚迪": (BRAND, "byd"),
    "big blue": (BRAND, "ibm"),
}
HAN = {
    "比": ("比", "bi", "bei"),
    "亚": ("亚", "ya", "aa"),
    "迪": ("迪", "di", "dik"),
    "亞": ("亚", "ya", "aa"),
}


def test_tables_are_those_that_were_kept() -> None:
    made = tables_of(WORDS, HAN, neighbors(WORDS), words_of(()), within={"hong kong": "CN"})
    kept = tables_from(texts_of(made), made.documents, made.known, made.letters, made.within)
    phrases = {word: sorted(each) for word, each in made.phrases.items()}
    assert {word: sorted(each) for word, each in kept.phrases.items()} == phrases
    tables = {"phrases": phrases, "trades": made.trades, "starts": made.starts, "near": made.near}
    assert {name for name, table in tables.items() if table} == tables.keys()
    assert kept._replace(phrases=made.phrases) == made
