"""Names in Chinese, Japanese, Korean and Cyrillic letters, without what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.kinds import BRAND, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.cuts import (
    CUT_ADDRESS,
    CUT_BRACKETS,
    CUT_LEAD,
    CUT_NUMBER,
    CUT_PART,
    CUT_ROLE,
    CUT_SHIP,
    ONE_SCRIPT,
)
from detente.parties.names.reading.persons import uncalled
from detente.parties.names.reading.pieces import LONG, SHORTEST, is_place, tells_a_body

HAN = late_pattern(r"[\u3400-\u9fff][\u3400-\u9fff\d（）()·]*")
"""A run of Chinese characters, with what may stand between them."""

ARABIC = late_pattern(r"[\u0620-\u06d3]{2,}(?:\s+[\u0620-\u06d3]+)+")
"""Words in Arabic letters."""

LATIN = late_pattern(r"[^\W\d_]{4}")
"""Letters that are no mere acronym, beside the Chinese ones of a name: TCL集团."""

OF_COMPANIES = late_pattern(
    r"^(.{4,}?(?:有限责任公司|股份有限公司|有限公司|公司|研究所|研究院|大学|学院|厂|株式会社"
    r"|有限会社|合同会社))"
    r"[\s,，;；、:：]*(?:地址|住所)?[\s:：]*(?=\S*?[省市区县路街道号镇都府県區縣號])(?=\S{4,})"
)
"""A Chinese name up to its legal form or kind, where an address follows."""

PART_BEHIND = late_pattern(
    r"^(\S{2,}?(?:公司|大学|(?<!科)学院|研究[所院]|设计院|公安局|中心))\s?((?!第|附属)[^\s,，;；、第]{0,9}"
    r"(?:部|处|科|室|系|学院|支队|大队|中队|分局|仓库|图书馆|车间|分厂|分公司"
    r"|(?:研发|采购|物流|技术|测试)中心|(?<=院)[一二三四五六七八九十]+[所室部]))$"
)
"""A Chinese name up to its legal form or kind, where a part follows: a department, a school."""

ADDRESS_APART = late_pattern(
    r"^([\u4e00-\u9fff（）()]{3,})\s+[\u4e00-\u9fff]+?(?:省|市|区|县|州|路|街|镇|号).*$"
)
"""A Chinese name, and an address behind a blank."""

PART_OF_COMPANY = late_pattern(
    r"^(\S.+?(?:株式会社|有限会社|合同会社|会社|总会社|회사|은행|공사|대학교?|연구소|그룹))\s*"
    r"(?:\S+\s)?\S{0,8}?(?:事業所|事业所|支店|営業所|营业所|工場|工场|本社|支社|事務所|事务所"
    r"|대표부|지사|지점|사무소|본사|공장)$"
)
"""A Japanese or Korean name up to its legal form or kind, where a part follows."""

BEFORE_TOWN = late_pattern(
    r"^(\S.+?(?:株式会社|有限会社|회사|유한회사))\s+[^\s\W\da-z]{1,6}$", re.IGNORECASE
)
"""A Japanese or Korean name up to its legal form, and a town behind a blank."""

ABOUT = late_pattern(r"^(?:关于|有关|就)(.{4,}?)[的之][\u4e00-\u9fff]{2,8}$")
"""A Chinese name that a paper is about (`关于…的询价`)."""

STOCK_BEHIND = late_pattern(
    r"^([\u4e00-\u9fff（）()]{3,}?)[\s(（:：]*(?:S[HZ]|HK)?[.:]?\d{4,6}(?:\.(?:S[HZ]|HK))?[)）]?$"
)
"""A Chinese name, and the number of its shares behind it."""

RUSSIAN_TOWN = late_pattern(r"[\s,]+(?:г|гор|пос|с|д)\.\s?[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?\W*$")
"""A town behind a Russian name, and before it the letters that say that it is one."""

NUMBERED_SHIP = late_pattern(r"^([\u4e00-\u9fff]{2,}\s?\d+|[\u4e00-\u9fff]{3,})[号號轮輪]$")
"""The name of a Chinese ship, and what says that it is one."""

PLACE_IN_BRACKETS = late_pattern(
    r"^([가-힣ァ-ヺー][^()（）\x00-\x7f]{3,})\s*[(（][^()（）\x00-\x7f]{2,4}[)）]$"
)
"""A Korean name, or one in katakana, and a short word in brackets at its end."""

WHOLE_CHINESE = re.compile(r"[\u3400-\u9fff（）()·]{4,}").fullmatch
"""Whether a text is a Chinese name of several characters, with nothing else."""

FOR_PERSON = late_pattern(r"^([\u4e00-\u9fff（）()]{4,})\s+[\u4e00-\u9fff]{1,4}\s*收$")
"""A Chinese name, and who is to have a letter there."""

PART_APART = late_pattern(
    r"^([\u4e00-\u9fff（）()]{4,})\s+([\u4e00-\u9fff]{1,10}(?:部|处|科|室|院|所|中心|厂|车间|仓库))$"
)
"""A Chinese name, and a part of it behind a blank."""


def in_two_scripts(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The Latin and the Chinese name of a party, where a line has one beside the other.

    A single Latin word is no name of its own where the Chinese one says more than a brand: what
    it says of the trade would be lost. Nor are a trade and a legal form: 科技有限公司 is anybody's.
    """
    if text.isascii():
        return
    if (arabic := ARABIC.search(text)) and LATIN.search(text):
        yield arabic[0].strip(), ONE_SCRIPT
    chinese = "".join(HAN.findall(text))
    latin = HAN.sub(" ", text).strip(" ,;.:-/|()（）")
    characters = sum(map(str.isalpha, chinese))
    if characters >= SHORTEST and LATIN.search(latin):
        said = kinds(chinese)
        if LEGAL not in said or not said.isdisjoint((BRAND, PLACE, NUMBER)):
            yield chinese, ONE_SCRIPT
        if characters < LONG or len(latin.split()) > 1:
            yield latin, ONE_SCRIPT


def without_what_follows(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """A name in its own script without what is written behind it.

    That is a department, an address or a town, the number of its shares, or who is to have a
    letter there. A college of a university in another town is one of its own: 电子科技大学成都学院.
    """
    if text.endswith(words.departments):
        department = max((each for each in words.departments if text.endswith(each)), key=len)
        yield text.removesuffix(department), CUT_PART
    if match := ADDRESS_APART.match(text):
        yield match[1], CUT_ADDRESS
    if text.isascii():
        return
    if match := FOR_PERSON.match(text):
        yield match[1], CUT_ADDRESS
    if person := uncalled(text, words):
        yield person, CUT_ROLE
    first, _, rest = text.strip().partition(" ")
    # A trade behind it is of the name: 大华（集团）有限公司 房地产.
    if rest and WHOLE_CHINESE(first) and INDUSTRY not in kinds(rest):
        said = kinds(first)
        branded = BRAND in said and not said.isdisjoint((INDUSTRY, LEGAL))
        if branded or (is_place(kinds(rest)) and tells_a_body(first, kinds)):
            yield first, CUT_PART
    if match := PART_OF_COMPANY.match(text) or BEFORE_TOWN.match(text):
        yield match[1], CUT_PART
    if match := NUMBERED_SHIP.match(text):
        yield match[1], CUT_SHIP
    if match := ABOUT.match(text):
        yield match[1], CUT_LEAD
    if match := STOCK_BEHIND.match(text):
        yield match[1], CUT_NUMBER
    if (shorter := RUSSIAN_TOWN.sub("", text)) != text:
        yield shorter, CUT_ADDRESS
    if match := PLACE_IN_BRACKETS.match(text):
        yield match[1], CUT_BRACKETS
    match = PART_BEHIND.match(text) or PART_APART.match(text)
    if match and not (match[2].endswith("学院") and PLACE in kinds(match[2])):
        yield match[1], CUT_PART
