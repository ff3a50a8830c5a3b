"""Names to ask: listed ones, written wrongly, and odd ones."""

from __future__ import annotations

import random
import sqlite3

from benchmarks.screening_names import asked
from detente.parties.names.names import LONGEST_NAME
from detente.parties.screening.queries import NameQuery

CHINESE = (
    "華為技術",
    "中芯国际集成电路制造（北京）有限公司",
    "第三十八研究所",
    "浪潮电子信息产业股份有限公司",
)
ODD = (
    "--",
    "12",
    "AT1AS",
    "Ｈｕａｗｅｉ",
    "bank co ltd",
    "Wah Lee",
    "aekaj",
    "aekaj",
    "Peking Chang Cheng",
    "J. Smith",
    "a b quux",
    "Газпром нефть",
    "深圳abc科技12",
    "Ørsted Zorblax",
    "MRS GmbH",
    "Huawey",
    "Beijing Cmpany Tcholo",
    "Military Medical Military Institute of Military Sciences",
    # of three in a row each third of the names has one that is related
    "Huawei Zorblax Quux",
    "Hikvision Zorblax Quux",
    "Dahua Zorblax Quux",
)


def questions(kept: sqlite3.Connection, count: int) -> list[NameQuery]:
    names = [row[0] for row in kept.execute("SELECT text FROM names WHERE kind <> 'said'")]
    draw = random.Random(3)
    found = [
        NameQuery(
            each.text, draw.choice((None, "CN", "IR")), draw.choice((None, "Shenzhen", "北京"))
        )
        for each in asked(names, count)
    ]
    very_long = " ".join(draw.sample(names, 30))[:LONGEST_NAME]
    return found + [NameQuery(name) for name in (*CHINESE, *ODD, very_long)]
