"""A ship is found in what documents say around it, and a Korean name in the spellings of Seoul."""

from __future__ import annotations

import pytest

from detente.parties.screening.store import Screen

LINES = (
    "M/V {}", "MT {} (IMO 9237539)", "{} IMO 9205067", "{} IMO9205067", "m.v. {} V.23",
    "vessel: {}, flag Panama, IMO 9285756", "MT {} ex ABCDEF", "LPG {}", "Crude tanker {}",
    "Shipped on board MV {} at Nampo", "Per S.S. {} Voy. 7E", "Ocean vessel: {} V. 102E",
    "the tanker {} (IMO: 9205067)", "MV {} voyage 012W",
    "{} at Singapore", "{} discharging at Dalian", "{} ETA Dongying 12 Nov", "{} in ballast",
    "{} loaded at Novorossiysk", "{} 115,000 dwt", "{} built 2003", "{}, Gabon flag", "{} berth 12",
    "VLCC {}", "STS with {}", "nominated vessel {}", "Master of MV {}", "{} call sign UBCD",
)  # fmt: skip
"""Lines of documents that carry a ship."""

SHIPS = ("KEEL", "SKIF-V", "AKOYA GAS", "CHON MA SAN")

KOREAN = {
    "Choi Seong-nam": "CHOE, Song Nam",
    "Jeong Young-soo": "JONG, Yong Su",
    "Ri Myeong Hun": "RI, Myong Hun",
    "Jung Young-soo": "JONG, Yong Su",  # Jung may be Chong, Jeong or Chung, and all are Jong
    "Chong Yong-su": "JONG, Yong Su",  # McCune-Reischauer, which could be Mandarin
    "Yong Su Jung": "JONG, Yong Su",
    "Moon Kyung-hwan": "MUN, Kyong Hwan",  # Moon is a word of English companies
    "Kim Yeo-jung": "KIM, Yo Jong",
    "김여정": "KIM, Yo Jong",
    "리 명훈": "RI, Myong Hun",
    "Cheon Ma San": "CHON MA SAN",  # a ship
}
"""Names of persons, each as a list prints it."""

OF_SEOUL = ("Lee Byung-hun", "Choi Min-sik", "Kim Myung-soo", "Son Heung-min", "Park Chan-wook",
            "Lee Young-ae", "Kim Ji-woo", "Kim Man-chol", "Kim Un-jong", "Kim Song-jin", "김만철",
            "김은정", "김상민", "정경수", "이유진", "노정식", "Pak Yong-su")  # fmt: skip
"""Names of persons, each a letter, a syllable or the order of two from one that a list prints."""


@pytest.mark.once
@pytest.mark.parametrize("line", LINES)
def test_a_ship_is_found_in_a_line_of_a_document(screen: Screen, line: str) -> None:
    for ship in SHIPS:
        found = {each.text for hit in screen.hits(line.format(ship)) for each in hit.entry.names}
        assert ship in found


@pytest.mark.parametrize(
    "name",
    [
        "Keel Tanker Brokers LLC",
        "Keel Cargo Services",
        "Keel Loading Systems GmbH",
        "Keel at Home Ltd",
    ],
)
def test_a_company_that_works_for_ships_is_no_ship(screen: Screen, name: str) -> None:
    assert not [hit for hit in screen.hits(name) if hit.entry.kind == "vessel"]


@pytest.mark.parametrize(("name", "listed"), KOREAN.items())
def test_a_korean_name_is_found_as_seoul_spells_it(screen: Screen, name: str, listed: str) -> None:
    assert listed in {each.text for hit in screen.hits(name) for each in hit.entry.names}


@pytest.mark.parametrize("name", OF_SEOUL)
def test_a_korean_name_that_is_spelled_otherwise_is_no_slip_of_another(
    screen: Screen, name: str
) -> None:
    assert screen.hits(name) == []
