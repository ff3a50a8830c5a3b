"""Tables of four lines, compiled and read again: every number can be done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.trade.claims import NONE, ClaimKind, Collected
from detente.trade.compile import build_trade
from detente.trade.flows import Flows, FlowWeighting, Partner, TradeFlow
from detente.trade.weights import find_weights

TABLES = {
    "partners.tsv": (
        "partner census name countries within general note",
        "EU|0003|European Union|DE SK||yes|as one",
        "CN|5700|China|CN||no|",
        "SK|4359|Slovakia|SK|EU|yes|",
        "CH|4419|Switzerland|CH LI||no|",
    ),
    "weightings.tsv": (
        "weighting kind destination default flow year title",
        "lines-2024|lines|US|yes|imports|2024|By line",
        "chapters-2017|chapters|US|no|imports|2017|By chapter",
        "out-2017|chapters|CN|no|exports|2017|Out by chapter",
        "out-2024|products|CN|yes|exports|2024|Out by product",
        "world-2024|world|CN|no|exports|2024|Out to all",
    ),
    "chapters.tsv": (
        "flow year partner chapter value duty",
        "imports|2017|CN|85|100|7",
        "imports|2017|CN|95|10|",
        "imports|2016|CN|85|1|0",
        "imports|2017|SK|85|2|0",
        "exports|2017|CN|85|11|",
        "exports|2017|CN|99|4|",
        "exports|2024|*|01|7|",
        "exports|2024|*|85|100|",
        "exports|2024|*|99|4|",
    ),
    "groups.tsv": (
        "flow year partner chapter group percent codes",
        "exports|2024|*|85|batteries|60|8506 850760",
        "exports|2024|*|85|other|40|",
        "exports|2023|*|85|other|100|",
    ),
    "products.tsv": (
        "flow year partner code value",
        "exports|2024|CN|850760|30",
        "exports|2024|CN|010121|20",
        "exports|2023|CN|850760|1",
    ),
    "subheadings.tsv": ("nomenclature code", "2017|850760", "2017|850710", "2012|850720"),
    "lines-2024/EU.tsv": ("code value duty", "8507100000|200|6", "0101210000|50|0"),
    "lines-2024/CN.tsv": (
        "code value duty", "0101210000|0|0", "8507600010|60|3", "8507600020|40|0",
    ),
    "lines-2024/CH.tsv": ("code value duty", "9101110000|8|1"),
    "lines-2024/SK.tsv": ("code value duty", "8507100000|100|3", "8507600010|5|1"),
    "claims/kinds.tsv": (
        "kind partners facts effect from until title source grade without note",
        "pact|CA MX|usmca=true|lowers|2024-01-01|2026-03-01|Claims|somebody|A|8703 87|of value",
        "other|||either|2025-01-01|2026-01-01|Others|another|B||",
    ),
    "claims/months.tsv": (
        "partner code 2024 2025-01 2025-02",
        "CA|8507600010|0|1|",
        "CA|0101210000|0.25|0.9711|0.0001",
        "MX|8507600010||0.5|1",
    ),
    "claims/preferences.tsv": ("partner chapter share", "CA|85|0.3333", "CA|01|0", "MX|85|1"),
    "claims/exclusions.tsv": (
        "code heading share months",
        "8507600010|9903.88.69|0.5|6",
        "8507600020|9903.88.69|0|6",
    ),
    "claims/industries.tsv": ("industry steel aluminum copper", "a|0.5|0.25|0.0025", "b|0|0|1"),
    "claims/contents.tsv": ("code industry", "8507600010|b", "8507600020|a"),
    "claims/parts.tsv": ("prefix share", "8471|0", "8507|0.75"),
    "claims/tracker.tsv": ("day rate", "2025-02-04|0.05", "2025-01-01|0.026570", "2025-03-04|"),
    "claims/collected.tsv": (
        "month partner chapter value duty",
        "2025-02|CN||70|9",
        "2025-01|CN||60|8",
        "2025-01|CN|85|50|7",
        "2025-01|all||600|80",
    ),
}  # fmt: skip
"""Files of a folder of tables: a line of names, and rows whose cells `|` parts."""


def written(folder: Path, **changed: tuple[str, ...]) -> Path:
    for file, (names, *rows) in (TABLES | changed).items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        lines = [names.replace(" ", "\t"), *(row.replace("|", "\t") for row in rows)]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flows]:
    folder = tmp_path_factory.mktemp("trade")
    build_trade(written(folder), folder / "out.sqlite")
    opened = Flows(folder / "out.sqlite")
    yield opened
    opened.close()


def test_lines_come_back_in_order_of_code_and_values_without_what_was_not_traded(
    small: Flows,
) -> None:
    assert small.lines("CN") == [
        TradeFlow("0101210000", 0, 0),
        TradeFlow("8507600010", 60, 3),
        TradeFlow("8507600020", 40, 0),
    ]
    assert small.values("CN") == {"8507600010": 60, "8507600020": 40}


def test_the_pool_adds_the_lines_on_which_partners_at_general_rates_paid(small: Flows) -> None:
    # 850710: 200 + 100 of value and 6 + 3 of duty; 850760 of SK alone, since CN is not general
    assert small.equivalents() == {"8507100000": (300, 9), "8507600010": (5, 1)}


def test_partners_stand_in_order_with_all_that_is_said_of_them(small: Flows) -> None:
    assert small.partners() == (
        Partner("CH", "4419", "Switzerland", ("CH", "LI"), "", False, ""),
        Partner("CN", "5700", "China", ("CN",), "", False, ""),
        Partner("EU", "0003", "European Union", ("DE", "SK"), "", True, "as one"),
        Partner("SK", "4359", "Slovakia", ("SK",), "EU", True, ""),
    )
    found = {country: small.partner_of(country) for country in ("DE", "SK", "CN", "FJ")}
    assert {c: p and p.id for c, p in found.items()} == {
        "DE": "EU", "SK": "SK", "CN": "CN", "FJ": None,
    }  # fmt: skip


def test_sums_of_chapters_products_and_subheadings_are_of_one_flow_year_and_partner(
    small: Flows,
) -> None:
    assert small.chapters("imports", "2017", "CN") == {"85": 100, "95": 10}
    assert small.products("exports", "2024", "CN") == {"010121": 20, "850760": 30}
    assert small.subheadings("2017") == ("850710", "850760")
    assert small.chapters("exports", "2017", "SK") == {}


def test_weightings_stand_in_order_of_name(small: Flows) -> None:
    assert [each.name for each in small.weightings()] == [
        "chapters-2017", "lines-2024", "out-2017", "out-2024", "world-2024",
    ]  # fmt: skip
    assert small.weightings()[1] == FlowWeighting(
        "lines-2024", "lines", "US", True, "imports", "2024", "By line", True
    )


def test_claims_are_whole_parts_of_ten_thousand(small: Flows) -> None:
    claims = small.claims()
    assert claims.periods() == ("2024", "2025-01", "2025-02")
    assert {code: list(shares) for code, shares in claims.lines("CA").items()} == {
        "0101210000": [2500, 9711, 1],
        "8507600010": [0, 10_000, NONE],
    }
    assert list(claims.lines("MX")["8507600010"]) == [NONE, 5000, 10_000]
    assert claims.lines("CN") == {}
    assert claims.chapters("CA") == {"01": 0, "85": 3333}
    assert claims.exclusions() == {"8507600010": 5000}
    # by the metal of the line's industry, not by the order of the two tables
    assert claims.contents() == {"8507600010": (0, 0, 10_000), "8507600020": (5000, 2500, 25)}
    assert claims.parts() == {"8471": 0, "8507": 7500}


def test_kinds_of_claims_keep_their_partners_and_the_codes_left_out(small: Flows) -> None:
    kinds = small.claims().kinds()
    assert list(kinds) == ["other", "pact"]
    assert kinds["pact"] == ClaimKind(
        "pact", ("CA", "MX"), "usmca=true", "lowers", "2024-01-01", "2026-03-01", "Claims",
        "somebody", "A", ("8703", "87"), "of value",
    )  # fmt: skip
    assert (kinds["other"].partners, kinds["other"].without) == ((), ())


def test_the_tracker_and_the_months_collected_are_in_order_of_day(small: Flows) -> None:
    claims = small.claims()
    assert claims.tracker() == (
        ("2025-01-01", "0.026570"), ("2025-02-04", "0.05"), ("2025-03-04", ""),
    )  # fmt: skip
    assert claims.collected("CN") == (Collected("2025-01", 60, 8), Collected("2025-02", 70, 9))
    assert claims.collected("CN", "85") == (Collected("2025-01", 50, 7),)
    assert claims.collected("all") == (Collected("2025-01", 600, 80),)


@pytest.mark.parametrize("share", ["1.0001", "-0.0001", "0.00005"])
@pytest.mark.parametrize("file", ["preferences", "exclusions", "parts"])
def test_a_share_beyond_one_or_of_five_places_is_refused(
    tmp_path: Path, file: str, share: str
) -> None:
    names, row, *_ = TABLES[f"claims/{file}.tsv"]
    cells = dict(zip(names.split(), row.split("|"), strict=True)) | {"share": share}
    folder = written(tmp_path, **{f"claims/{file}.tsv": (names, "|".join(cells.values()))})
    with pytest.raises(ValueError, match=f"'{share}' is not a share from 0 to 1 of four places"):
        build_trade(folder, tmp_path / "out.sqlite")


@pytest.mark.parametrize("code", ["85076000", "850760001", "85076000100"])
def test_a_line_without_ten_digits_is_refused(tmp_path: Path, code: str) -> None:
    folder = written(tmp_path, **{"lines-2024/SK.tsv": ("code value duty", f"{code}|1|0")})
    with pytest.raises(ValueError, match=rf"SK\.tsv: '{code}' has not ten digits"):
        build_trade(folder, tmp_path / "out.sqlite")


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "out.sqlite").write_text("not a database")
    build_trade(written(tmp_path), tmp_path / "out.sqlite")
    opened = Flows(tmp_path / "out.sqlite")
    assert opened.values("SK") == {"8507100000": 100, "8507600010": 5}
    opened.close()


# --- weights --------------------------------------------------------------------------------------


def test_weights_by_line_are_the_lines_traded(small: Flows) -> None:
    weights = find_weights(small, None, "CN", "US")
    assert (weights.name, weights.title, weights.units) == ("lines-2024", "By line", 1)
    assert weights.lines == {"8507600010": 60, "8507600020": 40}
    assert (weights.total, weights.notes, weights.of_group) == (100, (), "")


def test_weights_of_a_group_say_whose_they_are(small: Flows) -> None:
    weights = find_weights(small, None, "CH", "US")
    assert weights.lines == {"9101110000": 8}
    assert weights.of_group == "Switzerland"
    assert weights.title == (
        "By line, of all imports from the group Switzerland and not from CH alone"
    )
    assert weights.notes == (
        "The weights are those of all imports from Switzerland, not of CH alone, and the duties "
        "those on goods of CH.",
    )
    alone = find_weights(small, None, "SK", "US")
    assert (alone.title, alone.notes, alone.of_group) == ("By line", (), "")


def test_a_chapter_is_spread_over_its_lines_and_stands_alone_where_there_is_none(
    small: Flows,
) -> None:
    weights = find_weights(small, "chapters-2017", "CN", "US")
    # 100 x 60/100 and the rest; nothing of 95 is imported by line, and 01 was no chapter of 2017
    assert weights.lines == {"8507600010": 60, "8507600020": 40}
    assert weights.without_line == {"95": 10}
    assert weights.total == 110


def test_what_rounding_takes_from_a_line_goes_to_the_next(small: Flows) -> None:
    weights = find_weights(small, "chapters-2017", "SK", "US")
    # 2 dollars over lines of 100 and 5: 2 x 100 // 105 = 1, and what is left of 2
    assert weights.lines == {"8507100000": 1, "8507600010": 1}


def test_exports_by_chapter_weigh_each_subheading_of_their_year_alike(small: Flows) -> None:
    weights = find_weights(small, "out-2017", "US", "CN")
    # 11 // 2 = 5, and 6
    assert weights.lines == {"850710": 5, "850760": 6}
    assert weights.without_line == {"99": 4}
    assert (weights.name, weights.notes, weights.total) == ("out-2017", (), 15)


def test_exports_by_product_are_the_preset_of_their_destination(small: Flows) -> None:
    weights = find_weights(small, None, "US", "CN")
    assert (weights.name, weights.lines) == ("out-2024", {"010121": 20, "850760": 30})


def test_exports_to_all_weigh_chapters_and_what_no_product_shows_stands_alone(small: Flows) -> None:
    weights = find_weights(small, "world-2024", "US", "CN")
    # 60 percent of 100 on batteries; under the other 40 percent the country bought nothing
    assert weights.lines == {"010121": 7, "850760": 60}
    assert weights.without_line == {"85": 40, "99": 4}
    assert weights.total == 111
    assert "chapter 85 is first divided as published (60% batteries, 40% other)" in weights.rule
