"""Lines by day: rates carried down, days between editions, and what an unknown code gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.goods.codes import TariffCode
from detente.goods.lines import IncompleteCode, NoEdition, UnknownCode
from detente.goods.schedule import Schedule

TRUCE = date(2025, 11, 12)


def test_a_rate_on_the_eight_digit_row_reaches_the_ten_digit_row(schedule: Schedule) -> None:
    line = schedule.line("8507.60.00.10", TRUCE)
    assert line.code == TariffCode("8507600010")
    assert (line.general, line.other, line.rate_code) == ("3.4%", "40%", "85076000")
    assert line.description.startswith("Of a kind used as the primary source of electrical power")
    assert line.path[0].startswith("Electric storage batteries")
    assert line.path[-1] == "Lithium-ion batteries"
    assert line.units == ("No.", "kg")
    assert line.headings == ("9903.88.15", "9903.91.01")
    assert line.suffix_checked
    assert line.notes == ()


def test_rows_without_a_code_are_part_of_the_path(schedule: Schedule) -> None:
    line = schedule.line("0101.21.00.10", TRUCE)
    assert line.path == (
        "Live horses, asses, mules and hinnies",
        "Horses",
        "Purebred breeding animals",
    )
    assert (line.description, line.general, line.other) == ("Males", "Free", "Free")


def test_a_lone_statistical_line_carries_its_own_rate(schedule: Schedule) -> None:
    line = schedule.line("0101.30.00.00", TRUCE)
    assert (line.general, line.other, line.rate_code) == ("6.8%", "15%", "0101300000")


def test_an_eight_digit_code_is_answered_by_its_rate_line(schedule: Schedule) -> None:
    line = schedule.line("8507.60.00", TRUCE)
    assert (line.description, line.general) == ("Lithium-ion batteries", "3.4%")
    assert line.suffix_checked


def test_an_eight_digit_code_is_answered_by_its_lone_statistical_line(schedule: Schedule) -> None:
    line = schedule.line("0101.30.00", TRUCE)
    assert line.code.dotted == "0101.30.00"
    assert (line.description, line.rate_code) == ("Asses", "0101300000")


def test_where_no_statistical_lines_are_printed_a_suffix_is_taken_unchecked(
    schedule: Schedule,
) -> None:
    line = schedule.line("9101.11.40.10", TRUCE)
    assert line.general.startswith("51¢ each + 6.25%")
    assert not line.suffix_checked
    assert "prints no statistical lines" in line.notes[0]


def test_a_line_of_2018_comes_from_the_2017_database_and_says_so(schedule: Schedule) -> None:
    line = schedule.line("8507.60.00.20", date(2018, 9, 24))
    assert (line.edition, line.general) == ("hts_2018_july", "3.4%")
    assert not line.suffix_checked
    assert "hts_2018_july" in line.notes[0]
    assert "last two digits of 8507.60.00.20 were not checked" in line.notes[1]


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2017, 6, 30), "1.2%"),  # the first cut, of July 2016
        (date(2017, 7, 1), "0.8%"),
        (date(2018, 6, 30), "0.8%"),
        (date(2018, 7, 1), "0.4%"),  # half of July 2017
        (date(2019, 7, 1), "Free"),
        (date(2023, 6, 1), "Free"),
    ],
)
def test_a_multimeter_was_cut_in_four_equal_steps(schedule: Schedule, day: date, rate: str) -> None:
    assert schedule.line("9030.31.00", day).general == rate


def test_cents_of_the_2017_database_are_written_as_in_the_schedule(schedule: Schedule) -> None:
    # The database prints "1 cents/kg" for live bovine animals.
    line = schedule.line("0102.90.00", date(2017, 3, 1))
    assert (line.general, line.edition, line.notes) == ("1¢/kg", "hts_2017_january", ())


def test_a_suffix_of_2023_is_taken_where_its_first_eight_digits_are_known(
    schedule: Schedule,
) -> None:
    for code, words in (("8507600020", "Other"), ("8507600077", "Lithium-ion batteries")):
        line = schedule.line(code, date(2023, 9, 1))
        assert (line.description, line.general) == (words, "3.4%")
        assert line.edition == "hts_2025_basic"
        assert not line.suffix_checked
        assert "the nearest, hts_2025_basic" in line.notes[0]


def test_the_nomenclature_of_2022_begins_on_27_january(schedule: Schedule) -> None:
    assert schedule.line("8517.12.00", date(2022, 1, 26)).edition == "hts_2019_july"
    assert schedule.line("8517.13.00", date(2022, 1, 27)).edition == "hts_2025_basic"
    with pytest.raises(UnknownCode):
        schedule.line("8517.13.00", date(2022, 1, 26))
    with pytest.raises(UnknownCode):
        schedule.line("8517.12.00", date(2022, 1, 27))


def test_an_unknown_suffix_is_refused_while_the_edition_is_exact(schedule: Schedule) -> None:
    with pytest.raises(UnknownCode, match=r"8507\.60\.00\.77 is not in hts_2025_rev_1"):
        schedule.line("8507.60.00.77", date(2025, 6, 1))


def test_after_the_last_edition_an_unknown_suffix_is_taken_unchecked(schedule: Schedule) -> None:
    # Statistical numbers changed on 1 July 2026, after the last edition at hand.
    with pytest.raises(UnknownCode):
        schedule.line("8507.60.00.77", date(2026, 6, 30))
    line = schedule.line("8507.60.00.77", date(2026, 7, 1))
    assert (line.general, line.suffix_checked) == ("3.4%", False)


def test_a_battery_number_of_2025_names_its_successors_in_2026(schedule: Schedule) -> None:
    assert schedule.line("8507.60.00.20", date(2025, 12, 31)).notes == ()
    with pytest.raises(UnknownCode, match=r"became 8507\.60\.00\.30, 8507\.60\.00\.90") as caught:
        schedule.line("8507.60.00.20", date(2026, 5, 1))
    error = caught.value
    assert {move.to_code for move in error.successors} == {"8507600030", "8507600090"}
    assert {move.grade for move in error.successors} == {"exact"}
    assert [each.code.digits[-2:] for each in error.nearest] == ["10", "30", "90"]


def test_a_number_of_2026_asked_for_in_2025_names_what_it_was(schedule: Schedule) -> None:
    with pytest.raises(UnknownCode, match=r"On earlier days it was 8507\.60\.00\.20\.") as caught:
        schedule.line("8507.60.00.30", date(2025, 5, 1))
    assert [move.from_code for move in caught.value.predecessors] == ["8507600020"]


@pytest.mark.parametrize(
    ("code", "day", "edition"),
    [
        # The numbers of 2026 were seen between 15 January and 13 February: both stand meanwhile.
        ("8507600030", date(2026, 1, 1), "hts_2026_rev_2"),
        ("8507600030", date(2026, 1, 31), "hts_2026_rev_2"),
        ("8507600020", date(2026, 2, 1), "hts_2026_rev_1"),
        ("8507600020", date(2026, 2, 12), "hts_2026_rev_1"),
        # Left out of one edition by mistake and brought back by the next.
        ("7602000035", date(2026, 2, 5), "hts_2026_rev_1"),
        ("4420190000", date(2025, 1, 10), "hts_2025_rev_1"),
    ],
)
def test_where_one_edition_gives_way_to_the_next_both_are_accepted_with_a_note(
    schedule: Schedule, code: str, day: date, edition: str
) -> None:
    line = schedule.line(code, day)
    assert line.edition == edition
    assert f"{TariffCode(code)} stands in {edition}, not in" in line.notes[0]
    assert schedule.edition_on(day).id != edition


def test_the_old_battery_number_ends_when_its_window_ends(schedule: Schedule) -> None:
    with pytest.raises(UnknownCode):
        schedule.line("8507600020", date(2026, 2, 13))


def test_statistical_numbers_of_july_2025_change_on_the_first(schedule: Schedule) -> None:
    assert schedule.line("0901.11.00.45", date(2025, 6, 30)).general == "Free"
    assert schedule.line("0901.11.00.50", date(2025, 7, 1)).general == "Free"
    with pytest.raises(UnknownCode, match=r"0901\.11\.00\.50"):
        schedule.line("0901.11.00.45", date(2025, 7, 1))


def test_fewer_than_eight_digits_list_the_rate_lines(schedule: Schedule) -> None:
    with pytest.raises(IncompleteCode, match="8507 has 4 digits and covers") as caught:
        schedule.line("8507", TRUCE)
    candidates = {each.code.digits for each in caught.value.candidates}
    assert "85076000" in candidates
    assert all(len(digits) == 8 and digits.startswith("8507") for digits in candidates)


def test_a_short_code_that_nothing_begins_with_is_unknown(schedule: Schedule) -> None:
    with pytest.raises(UnknownCode, match="search by words"):
        schedule.line("7700", TRUCE)


def test_a_heading_of_chapter_99_is_not_taken_for_goods(schedule: Schedule) -> None:
    with pytest.raises(UnknownCode, match="heading of chapter 99"):
        schedule.line("9903.88.15", TRUCE)


def test_days_before_2017_have_no_edition(schedule: Schedule) -> None:
    assert schedule.edition_on(date(2017, 1, 1)).id == "hts_2017_january"
    with pytest.raises(NoEdition, match="used from 2017-01-01"):
        schedule.edition_on(date(2016, 12, 31))


def test_days_of_editions_never_run_backwards(schedule: Schedule) -> None:
    starts = [edition.start for edition in schedule.editions]
    assert starts == sorted(starts)
    # 44 exports, the two halves of 2017, and the cuts of July 2018 and 2019
    assert len(schedule.editions) == 44 + 2 + 2


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2025, 2, 3), "hts_2025_basic"),
        (date(2025, 4, 9), "hts_2025_rev_8"),
        (date(2025, 11, 9), "hts_2025_rev_26"),
        (date(2025, 11, 10), "hts_2025_rev_28"),
        (date(2025, 11, 13), "hts_2025_rev_30"),
        (date(2026, 2, 24), "hts_2026_rev_4"),
    ],
)
def test_an_edition_is_used_when_the_law_it_first_shows_takes_effect(
    schedule: Schedule, day: date, edition: str
) -> None:
    assert schedule.edition_on(day).id == edition


def test_a_pass_over_the_edition_agrees_with_single_lines(schedule: Schedule) -> None:
    lines = list(schedule.base_lines(TRUCE))
    codes = [line.code for line in lines]
    assert codes == sorted(codes)
    assert sum(len(code) == 10 for code in codes) == 19_768  # as the export of that day counts
    for line in lines[::211]:
        single = schedule.line(line.code, TRUCE)
        assert (single.general, single.other, single.rate_code, single.units, single.headings) == (
            line.general,
            line.other,
            line.rate_code,
            line.units,
            line.headings,
        )


def test_every_line_of_chapters_1_to_97_has_a_general_rate(schedule: Schedule) -> None:
    for day in (date(2017, 9, 1), date(2025, 6, 1), TRUCE, date(2026, 7, 1)):
        bare = [line.code for line in schedule.base_lines(day) if not line.general]
        assert [code for code in bare if code < "98"] == []


def test_headings_of_chapter_99_are_those_that_the_edition_prints(schedule: Schedule) -> None:
    before = schedule.headings(schedule.edition_on(date(2025, 11, 9)), "9903.01.24")
    after = schedule.headings(schedule.edition_on(date(2025, 11, 10)), "9903.01.24")
    assert [heading.general.rpartition(" + ")[2] for heading in (*before, *after)] == ["20%", "10%"]
    last = schedule.headings(schedule.editions[-1], "9903")
    assert "9903.82.26" in {heading.heading for heading in last}
    assert all(heading.heading.startswith("9903") for heading in last)


def test_a_missing_database_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make data"):
        Schedule(tmp_path / "goods.sqlite")


def test_a_path_with_marks_of_addresses_is_opened(schedule: Schedule, tmp_path: Path) -> None:
    source = Path(schedule.database.execute("PRAGMA database_list").fetchone()[2])
    odd = tmp_path / "100% #1?.sqlite"
    odd.write_bytes(source.read_bytes())
    opened = Schedule(odd)
    assert opened.line("8507600010", TRUCE).general == "3.4%"
    opened.close()


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("8507.60", "Lithium-ion batteries"),  # one rate line, whose words are the subheading's
        ("8507.80", "Other storage batteries:"),  # a row of six digits over several rate lines
        ("8703.23", "Of a cylinder capacity exceeding 1,500 cc but not exceeding 3,000 cc"),
        # a row without a code, over rate lines of which none speaks for the others
        ("8517.12", "Telephones for cellular networks or for other wireless networks"),
        # gone since 2022: as the last edition had it
    ],
)
def test_a_subheading_has_the_words_that_hold_for_all_of_its_lines(
    schedule: Schedule, code: str, last: str
) -> None:
    assert schedule.subheading(code.replace(".", ""))[-1] == last


def test_a_subheading_that_no_edition_has_has_no_words(schedule: Schedule) -> None:
    assert schedule.subheading("851799") == ()
