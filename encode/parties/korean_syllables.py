"""Spellings of the Korean syllables of names, each with the syllables that it may be.

    python -m encode.parties.korean_syllables

A syllable is spelled by the Revised Romanization (2000), by McCune-Reischauer (1939), of which
documents leave signs and apostrophes out and write consonants voiced or not, as passports of the
North have it, and as families write their own names. What a spelling may be is every syllable that
any of these gives it. A syllable that the North writes with an `r` that the South drops is one.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

TARGET = Path("data/parties/korean.tsv")

INITIALS = (
    "k g", "kk gg k", "n", "t d", "tt dd", "r l", "m", "p b", "pp bb", "s", "ss s", "", "j ch",
    "jj tch", "ch", "k kh", "t th", "p ph", "h",
)  # fmt: skip
"""How each initial is written, in the order of the alphabet as Unicode has it."""

VOWELS = (
    "a ah", "ae", "ya", "yae", "o eo u", "e", "yo yeo yu you", "ye yeh", "o oh", "wa", "wae",
    "oe oi", "yo", "u oo ou", "wo weo", "we", "wi", "yu yoo", "u eu", "ui eui i ee", "i ee",
)  # fmt: skip
"""How each vowel is written; one of those with an `h` behind it only where nothing follows."""

FINALS = (
    "", "k g", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p b",
    "p", "t s", "t", "ng", "t", "t", "k", "t", "p", "h",
)  # fmt: skip
"""How each final is written."""

SILENT = 11
"""The initial that is not heard; what is said with a `w` is written with one there."""

FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄원천방공"
    "현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용태계피단채봉사부"
)
"""Family names."""

GIVEN = (
    "철수호영명일남성광학혁진정순식룡용국춘옥희화숙경선현훈환준민상만동봉창근금은덕복택태범걸건규균권기"
    "길대도두락란래련렬례록률림무미배백병보비빈삼생서석섭세소송승시신실심아안애양억언여연열엽예완우욱운"
    "웅원월유윤율을음응의익인자재전절점제조종주중지직집찬채천초출충칠탁판팔평표필하한함해행향헌형혜홍황"
    "효후휘흥갑합항겸관교구군궁극년달담당돈력령류리린립말매면모목문발방번벽변부북분사산살설솔슬습장강노나라로오"
)
"""Syllables of given names."""

NORTH, SOUTH = "리림룡량력련렬령례류률륜로라", "이임용양역연열영예유율윤노나"
ONE = dict(zip(NORTH, SOUTH, strict=True))
"""Syllables of the North, as the South writes them at the beginning of a word."""

CUSTOMARY = {
    "이": "lee yi ri rhee rhie li", "박": "park pak bak", "최": "choi choe choy chey",
    "임": "im lim rim yim", "유": "yu yoo ryu ryoo you lyu", "노": "noh roh no ro nho",
    "심": "shim sim", "신": "shin sin", "시": "shi si", "식": "shik sik", "실": "shil sil",
    "허": "huh hur heo ho", "백": "baek paik paek back baik", "안": "ahn an", "한": "han hahn",
    "서": "seo suh so", "손": "son sohn", "조": "jo cho joe", "여": "yeo yo yuh",
    "엄": "um eom om uhm", "우": "u woo wu", "욱": "uk wook ook", "운": "un woon",
    "웅": "ung woong", "원": "won weon", "영": "young yeong yong yung", "용": "yong ryong young",
    "연": "yeon yon yun youn ryon", "양": "yang ryang", "역": "ryok yeok",
    "열": "ryol yeol yol yul", "예": "ye rye", "율": "yul ryul", "윤": "yun yoon youn ryun",
    "나": "na ra rah nah", "오": "o oh", "구": "koo ku gu", "고": "ko go koh", "길": "kil gil",
    "빈": "bin been", "인": "in ihn", "태": "tae thae tai", "배": "bae pae bai",
    "대": "dae tae dai", "재": "jae chae jai", "해": "hae hai", "옥": "ok ock",
    "전": "jon jeon jun chun chon", "범": "bum pom bom beom bohm", "걸": "gol geol kol kul",
    "현": "hyon hyun hyeon hyoun", "숙": "suk sook sug", "국": "kuk guk kook gook",
    "곽": "kwak gwak", "관": "kwan gwan", "광": "kwang gwang", "권": "kwon gwon", "휘": "hwi hui",
    "환": "hwan whan", "택": "taek taik thaek", "철": "chul chol cheol chull",
}  # fmt: skip
"""What families write besides, where the letters alone do not give it."""

APART = {"성": ("sung", "ssung")}
"""Spellings that are left to another syllable: the lists print Sung and Song of two persons."""


def spellings(syllable: str) -> set[str]:
    """The spellings of a syllable, in small letters."""
    number = ord(syllable) - ord("가")
    initial, vowel, final = number // 588, number % 588 // 28, number % 28
    found = set()
    for parts in product(
        INITIALS[initial].split() or [""], VOWELS[vowel].split(), FINALS[final].split() or [""]
    ):
        if final and parts[1].endswith("h"):
            continue
        found.add("".join(parts))
        if initial == SILENT and parts[1] in ("u", "oo"):
            found.add("w" + parts[1] + parts[2])
    return found.union(CUSTOMARY.get(syllable, "").split()).difference(APART.get(syllable, ()))


def main() -> int:
    """Write the table."""
    may_be: dict[str, set[str]] = {}
    for syllable in sorted({*FAMILIES, *GIVEN}):
        for spelling in spellings(syllable) | spellings(ONE.get(syllable, syllable)):
            may_be.setdefault(spelling, set()).add(ONE.get(syllable, syllable))
    families = {ONE.get(each, each) for each in FAMILIES}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write("spelling\tsyllables\tfamilies\n")
        for spelling, syllables in sorted(may_be.items()):
            family = "".join(sorted(syllables & families))
            file.write(f"{spelling}\t{''.join(sorted(syllables))}\t{family}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
