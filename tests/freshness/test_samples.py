"""The readers against saved answers of the indexes themselves, and against answers made to fail."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from detente.freshness.answers import from_addresses, from_folder
from detente.freshness.drafts import edition_changes
from detente.freshness.formats import FORMATS
from detente.freshness.found import FormatError
from detente.freshness.known import Known
from detente.freshness.touching import Touching, amendments
from detente.freshness.watching import watch
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.freshness.officials import Answer, Officials, Service, federal_register, running

pytestmark = pytest.mark.reference

READ = [
    # format, saved answer, documents, the first of them
    ("federal-register", "PARTLY_REAL_fr_search_agency_bis.json", 7, "2026-17231"),
    ("federal-register", "CONSTRUCTED_fr_search_presidential.json", 3, "2026-18839"),
    ("federal-register", "CONSTRUCTED_fr_public_inspection_current.json", 2, "2026-20510"),
    ("federal-register", "REAL_fr_documents_search_fields.json", 5, "2026-19162"),
    ("archive", "REAL_usitc_hts_archive_list_trim.html", 3, "2026HTSRev21"),
    ("releases", "PARTLY_REAL_usitc_releaseList.json", 2, "2025HTSRev28"),
    ("ecfr-versions", "REAL_ecfr_versions_title-1_part-2.json", 3, "1 CFR 2.2 of 2015-12-18"),
    ("sls-changes", "CONSTRUCTED_ofac_sls_changes_history_2026.json", 2, "SLS 501"),
    ("bulletins", "PARTLY_REAL_cbp_csms_widget_0.json", 4, "69302472"),
    ("feed", "CONSTRUCTED_cbp_csms_feed.rss", None, "69302472"),
    ("feed", "REAL_cafc_opinions_feed_trim.xml", 10, None),
    ("feed", "PARTLY_REAL_whitehouse_presidential_actions_feed.xml", 10, None),
    ("links", "PARTLY_REAL_mofcom_list_page.html", 3, "商务部公告2026年第44号"),
    ("links", "PARTLY_REAL_mofcom_list_unit.json", 3, "商务部公告2026年第44号"),
    ("links", "PARTLY_REAL_gacc_list.html", 2, "海关总署公告2026年第121号"),
    ("links", "CONSTRUCTED_sctc_gss_mof_list.html", 2, None),
    ("links", "REAL_ofac_recent_actions_rows.html", 2, "20260904"),
    ("links", "CONSTRUCTED_ustr_press_releases_list.html", 2, None),
]
FAULTS = (
    "FAULT_half_file.json",
    "FAULT_html_instead_of_json.json",
    "FAULT_redesigned.html",
    "FAULT_fr_errors.json",
)


@pytest.fixture(scope="module")
def samples() -> Path:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE is not set")
    return Path(folder, "watch", "samples")


@pytest.mark.parametrize(("form", "name", "count", "first"), READ)
def test_a_saved_answer_is_read(
    samples: Path, form: str, name: str, count: int | None, first: str | None
) -> None:
    found = FORMATS[form]((samples / name).read_text(encoding="utf-8")).found
    assert len(found) == count or (count is None and found)
    assert first is None or found[0].id == first
    assert all(each.title for each in found)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_that_was_made_to_fail_is_refused(samples: Path, form: str, name: str) -> None:
    with pytest.raises(FormatError):
        FORMATS[form]((samples / name).read_text(encoding="utf-8"))


PLACES = {
    "fr-bis.json": "PARTLY_REAL_fr_search_agency_bis.json",
    "fr-president.json": "CONSTRUCTED_fr_search_presidential.json",
    "fr-inspection.json": "CONSTRUCTED_fr_public_inspection_current.json",
    "hts-archive.html": "REAL_usitc_hts_archive_list_trim.html",
    "ecfr-744.json": "CONSTRUCTED_ecfr_versions_title-15_part-744.json",
    "ofac-actions.html": "REAL_ofac_recent_actions_rows.html",
    "csms.json": "PARTLY_REAL_cbp_csms_widget_0.json",
    "whitehouse.rss": "PARTLY_REAL_whitehouse_presidential_actions_feed.xml",
    "mofcom.html": "PARTLY_REAL_mofcom_list_page.html",
    "customs-cn.html": "PARTLY_REAL_gacc_list.html",
}


def test_what_the_register_cites_under_another_name_is_known(samples: Path, tmp_path: Path) -> None:
    for name, sample in PLACES.items():
        (tmp_path / name).write_bytes((samples / sample).read_bytes())
    watching = watch(Register.built_in(), from_folder(str(tmp_path)), "2026-07-01")
    new = {each.found.id for each in watching.unread if not each.known}
    # All 38 others are known: by number, page, order, announcement, or title and day of signature.
    assert new == {
        "2026-99990",
        "15 CFR Supplement No. 4 to Part 744 of 2026-08-24",
        "2026-09-30 商务部办公厅关于做好2027年度汽车和摩托车出口许可申报工作的通知",
    }


AT = {
    ("www.usitc.gov", "/harmonized_tariff_information/hts/archive/list"): (
        "REAL_usitc_hts_archive_list_trim.html"
    ),
    ("hts.usitc.gov", "/reststop/releaseList"): "PARTLY_REAL_usitc_releaseList.json",
    ("ofac.treasury.gov", "/recent-actions"): "REAL_ofac_recent_actions_rows.html",
    ("sanctionslistservice.ofac.treas.gov", "/changes/history/2026"): (
        "CONSTRUCTED_ofac_sls_changes_history_2026.json"
    ),
    ("content.govdelivery.com", "/accounts/USDHSCBP/widgets/USDHSCBP_WIDGET_2/0.json"): (
        "PARTLY_REAL_cbp_csms_widget_0.json"
    ),
    ("www.whitehouse.gov", "/presidential-actions/feed/"): (
        "PARTLY_REAL_whitehouse_presidential_actions_feed.xml"
    ),
    ("cafc.uscourts.gov", "/category/opinion-order/feed/"): "REAL_cafc_opinions_feed_trim.xml",
    ("www.cit.uscourts.gov", "/slip-opinion-2026"): "REAL_cit_slip_opinions_page_trim.html",
    ("www.mofcom.gov.cn", "/zwgk/zcfb/index.html"): "PARTLY_REAL_mofcom_list_page.html",
    ("gss.mof.gov.cn", "/gzdt/zhengcefabu/index.htm"): "CONSTRUCTED_sctc_gss_mof_list.html",
    ("www.customs.gov.cn", "/customs/302249/302266/302267/index.html"): (
        "PARTLY_REAL_gacc_list.html"
    ),
}
"""Where the services have what was saved of them."""


def services(samples: Path) -> dict[str, Service]:
    """The official services, with the saved answers."""

    def page(host: str) -> Service:
        def given(path: str, query: dict[str, list[str]], before: int) -> Answer:
            name = AT.get((host, path))
            return Answer(200, (samples / name).read_bytes()) if name else Answer(404)

        return given

    def code(path: str, query: dict[str, list[str]], before: int) -> Answer:
        if query["part"] == ["744"]:
            name = "CONSTRUCTED_ecfr_versions_title-15_part-744.json"
            return Answer(200, (samples / name).read_bytes())
        return Answer(200, b'{"content_versions": [], "meta": {"title": "15"}}')

    rows = [
        row
        for name in (PLACES["fr-bis.json"], PLACES["fr-president.json"])
        for row in json.loads((samples / name).read_bytes())["results"]
    ]
    inspection = (samples / PLACES["fr-inspection.json"]).read_bytes()
    found = {host: page(host) for host, _ in AT}
    return {
        **found,
        "www.ecfr.gov": code,
        "www.federalregister.gov": federal_register(rows, inspection),
    }


def test_every_address_of_the_settings_is_asked_and_every_saved_answer_is_seen_whole(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officials = Officials(services(samples))
    with running(officials, tmp_path) as where:
        monkeypatch.setenv("HTTPS_PROXY", where.proxy)
        monkeypatch.setenv("SSL_CERT_FILE", str(where.authority))
        reader = from_addresses(pause=0.0)
        watching = watch(Register.built_in(), reader, "2026-07-01", queried_on="2026-10-12")
    faults = {each.watched.file: each.fault for each in watching.seen if each.fault}
    # The saved list of releases is the head of a longer one.
    assert faults == {
        "hts-releases.json": "it has shrunk: 2 where at least 30 stood",
    }
    assert {row.found.id for row in watching.unread if not row.known} == {
        "2026-99990",
        "15 CFR Supplement No. 4 to Part 744 of 2026-08-24",
        "2026-09-30 商务部办公厅关于做好2027年度汽车和摩托车出口许可申报工作的通知",
    }
    assert len(officials.asked) >= len(watching.seen) == 43


def test_the_shrunken_archive_is_a_fault(samples: Path, tmp_path: Path) -> None:
    sample = samples / "FAULT_hts_archive_without_newest_shrunken.html"
    (tmp_path / "hts-archive.html").write_bytes(sample.read_bytes())
    watching = watch(Register.built_in(), from_folder(str(tmp_path)), "2026-07-01")
    faults = {each.watched.file: each.fault for each in watching.seen}
    assert faults["hts-archive.html"] == "it has shrunk: 1 where at least 3 stood"


def test_an_export_shows_the_lines_that_an_edition_changed(samples: Path) -> None:
    export = samples / "REAL_usitc_exportList_2026_rev10_head.json"
    changes = edition_changes(Register.built_in(), Schedule(), export)
    # The sample is the head of the edition that is held: what is in it is unchanged.
    assert {each.what for each in changes} == {"gone"}


def test_the_text_of_a_proclamation_names_what_it_touches(samples: Path) -> None:
    text = (samples / "REAL_whitehouse_action_text.md").read_text(encoding="utf-8")
    touches = {(row.kind, row.name): row.ours for row in Touching(Register.built_in()).of(text)}
    assert touches["proclamation", "Proclamation 11046"]
    (amendment,) = amendments(text)
    assert "deleting the effective date “August 19, 2026”" in amendment


def test_a_known_order_is_not_told_by_an_order_that_it_only_mentions() -> None:
    known = Known(Register.built_in().documents())
    from detente.freshness.found import IndexedDocument

    text = "This order amends Executive Order 14257 of April 2, 2025, as amended, and so on and on."
    assert (
        known.find("president", IndexedDocument("2026-77777", "2026-11-20", "New", text=text))
        is None
    )


@pytest.mark.parametrize(("published", "known"), [("2026-11-01", True), ("2026-11-23", False)])
def test_a_title_is_known_again_within_three_weeks_of_its_day(published: str, known: bool) -> None:
    from detente.freshness.found import IndexedDocument

    document = next(each for each in Register.built_in().documents() if each.title)
    held = Known((document._replace(published="2026-10-11" if known else "2026-11-01"),))
    # 11 October and 21 days is 1 November; 1 November and 22 days is 23 November.
    found = held.find("nowhere", IndexedDocument("none", published, document.title))
    assert (found is not None) is known
