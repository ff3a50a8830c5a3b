"""Names whose words are clipped, lack their vowels or are cut off by a field find who is meant."""

from __future__ import annotations

import time

import pytest

from detente.parties.names.reading.word_readings import lacks_vowels, without_vowels
from detente.parties.screening.store import Screen

SHORTENED = [
    ("Chin. Acad. of Eng. Phys.", "Chinese Academy of Engineering Physics"),
    ("Scient. Studies and Rese. Center", "Scientific Studies and Research Center"),
    ("Moskovskaya Oruzh. Kompa.", "Moskovskaya Oruzheinaya Kompaniya"),
    ("Southwest Insti. of Explo. and Chem. Engin.",
     "Southwest Institute of Explosives and Chemical Engineering"),
    ("PUBL. AKTS. OBSHCH. MECHEL", "PUBLICHNOE AKTSIONERNOE OBSHCHESTVO MECHEL"),
    ("Xinjiang GCL New Enrgy Mtrls Tchnlgy Co., Ltd.",
     "Xinjiang GCL New Energy Materials Technology Co., Ltd."),
    ("High Landers Scntfc Systms", "High Landers Scientific Systems"),
    ("LIMITED LBLTY CMPNY TSIFRA", "LIMITED LIABILITY COMPANY TSIFRA"),
    ("KAZEMIAN, Mhmmd Reza", "KAZEMIAN, Mohammad Reza"),
    ("State Laboratory of Radar Signal Pr", "State Laboratory of Radar Signal Processing"),
    ("PERSIAN GULF BIDBOLAND GAS TRE", "PERSIAN GULF BIDBOLAND GAS TREATING COMPANY"),
    ("JOINT STOCK COMPANY VYBORG SHI", "PUBLIC JOINT STOCK COMPANY VYBORG SHIPYARD"),
    ("LIMITED LIABILITY COMPANY SINARATRA", "LIMITED LIABILITY COMPANY SINARATRANSAUTO"),
    ("KAMENSK URALSKY METALLURGICAL WORKS JOIN",
     "KAMENSK URALSKY METALLURGICAL WORKS JOINT STOCK COMPANY"),
    ("Special Technology Centre Limited Liabil",
     "Special Technology Centre Limited Liability Company"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "listed"), SHORTENED)
def test_a_shortened_name_is_found(written: str, listed: str, screen: Screen) -> None:
    hits = screen.parties(written)
    names = [name.text.casefold() for hit in hits for each in hit.entries for name in each.names]
    assert listed.casefold() in names


OTHERS = [
    "Dr. Kala. Nursing Home",
    "Mrsk Shipping Company Ltd.",
    "Scient. Games Corp.",
    "Obshchestvo s ogranichennoi otvets",  # a legal form, and no name yet
    "Joint Stock Company Research Insti",
    "Scientific and Production Enterpri",
    "North American Van Lines Internatio",
    "Shenzhen SDMC Technology Co., Ltd.",  # an acronym, not a word without vowels
    "Guangzhou Hengda Furniture Manufact",
    "Lynn Byrd", "Wm. Wrigley Jr. Co.", "Geo. Washington Univ.", "Thos. Cook Ltd.",
]  # fmt: skip


@pytest.mark.parametrize("written", OTHERS)
def test_a_shortened_name_of_nobody_listed_is_none(written: str, screen: Screen) -> None:
    assert screen.parties(written) == []


def test_a_hit_says_how_a_shortened_name_was_read(screen: Screen) -> None:
    told = {why for hit in screen.parties("Chin. Acad. of Eng. Phys.") for why in hit.why}
    assert "its shortened words in full" in told
    told = {why for hit in screen.parties("State Laboratory of Radar Signal Pr") for why in hit.why}
    assert "as a listed name that a field cuts off there" in told


@pytest.mark.parametrize(
    ("word", "left", "lacks"),
    [
        ("technology", "tchnlgy", False),
        ("tchnlgy", "tchnlgy", True),
        ("aktsionernoe", "aktsnrn", False),
        ("ltd", "ltd", False),  # too short: acronyms look so
        ("eqpmt", "eqpmt", True),
        ("x2bcd", "x2bcd", False),
    ],
)
def test_the_first_letter_of_a_word_without_vowels_stays(word: str, left: str, lacks: bool) -> None:
    assert without_vowels(word) == left
    assert lacks_vowels(word) is lacks


def test_a_long_line_of_shortened_words_takes_no_time(screen: Screen) -> None:
    """Every word was looked for beside all others: a line of a thousand signs took seconds."""
    words = [f"{each}." for each in ("Zorbl", "Qwert", "Mnopq", "Rstuv", "Wxyza", "Bcdef")]
    line = f"Kazemian Vyborg {' '.join(words * 22)}"
    began = time.process_time()
    screen.parties(line)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("line", ["limitedliabilitypartners", "otvetstvennostyuotvetstv"])
def test_one_word_alone_is_not_cut_off(line: str, screen: Screen) -> None:
    assert screen.parties(line) == []
