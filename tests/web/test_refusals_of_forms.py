"""What pages of questions refuse, word by word, and that what was given stays in the form."""

from __future__ import annotations

from html import unescape

import pytest

from tests.served import Client, main_of

BATTERY = "code=8507.60.00.10"
ENTRY = "entry_date=2026-08-01&value=100&origin=CN"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            f"/compare?scenario=truce-lapses&{BATTERY}&on=2026-11-11&to_date=2026-11-11",
            "2026-11-11 is not after 2026-11-11. Turn the days round.",
        ),
        (
            f"/compare?scenario=truce-lapses&{BATTERY}&what=all",
            "'all' cannot be compared here. See the form.",
        ),
        ("/compare?scenario=truce-lapses", "code is missing. Give a code of 8 or 10 digits."),
        ("/trees?p.law=60%25", "code is missing. Give a code of 8 or 10 digits."),
        (
            f"/trees?{BATTERY}",
            "No branch has a probability. Write 60% beside one and 40% beside another: they add",
        ),
        (
            # Zero is no branch, however it is written.
            f"/trees?{BATTERY}&p.law=0.0%25&p.truce-lapses=0",
            "No branch has a probability.",
        ),
        (
            f"/trees?{BATTERY}&p.law=60%25&p.truce-lapses=30%25",
            "Probabilities are such as 60%, 0.6 or 3/5, and add up to 100%.",
        ),
        (
            f"/entry?{BATTERY}&entry_date=2026-08-01&entry_date=2026-08-01",
            "entry_date stands twice. Keep one.",
        ),
        (
            f"/entry?{BATTERY}&code=9903.88.03&value=1",
            "value stands 1 time, others 2. Give each of a line's names once for each line,",
        ),
        (
            "/entry?" + "&".join([BATTERY] * 501),
            "501 lines are too many. A page takes ",
        ),
        (
            f"/entry?{BATTERY}&{ENTRY}&format=pdf",
            "'pdf' is not a format of this answer. Write json or csv",
        ),
        (f"/entry?{BATTERY}&valu=1", "valu"),
    ],
)
def test_a_question_that_cannot_be_is_told_with_what_to_do(
    client: Client, path: str, words: str
) -> None:
    response = client.get(path)
    assert response.status_code == 422
    shown = main_of(response.text)
    assert words in shown
    if "8507.60.00.10" in path and not path.startswith("/entry"):
        assert 'value="8507.60.00.10"' in response.text


@pytest.mark.parametrize(
    ("path", "kind", "begins"),
    [
        ("/compare?scenario=truce-lapses&origin=CN&on=2026-11-11&format=csv&", "text/csv", "what,"),
        (
            "/compare?scenario=truce-lapses&origin=CN&on=2026-11-11&format=json&",
            "application/json",
            "{",
        ),
        (
            "/trees?p.law=60%25&p.truce-lapses=40%25&origin=CN&arrive=2026-12-01&format=csv&",
            "text/csv",
            "",
        ),
        (
            "/trees?p.law=60%25&p.truce-lapses=40%25&origin=CN&arrive=2026-12-01&format=json&",
            "application/json",
            "{",
        ),
        (f"/entry?{ENTRY}&format=json&", "application/json", "{"),
        (f"/entry?{ENTRY}&format=csv&", "text/csv", ""),
    ],
)
def test_an_answer_comes_as_a_file_too(client: Client, path: str, kind: str, begins: str) -> None:
    response = client.get(f"{path}{BATTERY}")
    assert response.status_code == 200, main_of(response.text)
    assert response.headers["content-type"].startswith(kind)
    assert response.headers["cache-control"] == "no-store"
    assert response.text.startswith(begins)


MEMO = ("memo.md", b"# A memo without a block\n", "text/markdown")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            ("x.jsonl", b"", "application/jsonl"),
            "The file x.jsonl is empty. Choose one that is not empty, and send the form again.",
        ),
        (
            ("x.csv", b"number,recorded\n", "text/csv"),
            "Send a memo (.md, .html), or an export of a ledger (.jsonl, .csv).",
        ),
        (
            ("x.jsonl", b"{}\n\n", "application/jsonl"),
            "x.jsonl, line 1",
        ),
    ],
)
def test_evidence_that_is_none_is_told_and_judged_neither_way(
    client: Client, file: tuple[str, bytes, str], words: str
) -> None:
    response = client.post("/ledger", files={"file": file})
    assert response.status_code == 422
    shown = main_of(response.text)
    assert words in shown
    assert "holds." not in shown


@pytest.mark.parametrize("what", ["again", "remove"])
def test_a_table_of_partners_that_is_not_kept_is_not_found(asked: Client, what: str) -> None:
    response = asked.post(f"/vendors/0123456789abcdef/{what}")
    assert response.status_code == 404
    assert "No such table is kept." in unescape(response.text)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"encoding": "utf-99"}, "Leave it empty to have it found out."),
        ({"country": "Chna"}, "China"),
        ({"on": "soon"}, "soon"),
    ],
)
def test_how_a_table_of_partners_is_read_is_checked_before_it_waits(
    asked: Client, given: dict[str, str], words: str
) -> None:
    files = {"file": ("v.csv", b"name\nAcme\n", "text/csv")}
    response = asked.post("/vendors", data=given, files=files)
    assert response.status_code == 422
    assert words in unescape(response.text)


@pytest.mark.parametrize(
    ("body", "media", "status", "words"),
    [
        (b"holdings=x", "text/plain", 415, "This is not a form."),
        (b"--b\r\n", "multipart/form-data; boundary=b", 400, "The form broke off or is none."),
        (b"holdngs=x", "application/x-www-form-urlencoded", 422, "holdings"),
        (b"x", "multipart/form-data", 415, "This is not a form."),
    ],
)
def test_a_body_that_is_no_form_of_the_page_is_refused(
    client: Client, body: bytes, media: str, status: int, words: str
) -> None:
    response = client.post("/owners", content=body, headers={"content-type": media})
    assert response.status_code == status
    assert words in unescape(response.text)


def test_the_line_of_a_file_that_is_not_text_is_told(client: Client) -> None:
    files = {"holdings_file": ("h.csv", b"owner,owned,share\nroot,a,60\nr\xffx,b,60\n")}
    response = client.post("/owners", files=files)
    assert response.status_code == 422
    shown = main_of(response.text)
    assert "Line 3 of the file is not utf-8." in shown
    assert "Save it as CSV in UTF-8" in shown


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_file_in_an_encoding_that_is_told_is_read_on_the_pages_of_small_files(
    client: Client, encoding: str
) -> None:
    names = "名称\n华为技术有限公司\n上海某某贸易有限公司\n".encode(encoding)
    screened = client.post("/screen", files={"names_file": ("n.csv", names)})
    assert screened.status_code == 200
    assert "华为技术有限公司" in screened.text
    assert "上海某某贸易有限公司" in screened.text
    holdings = "owner,owned,share\n华为技术,深圳某某科技有限公司,60\n".encode(encoding)
    owners = client.post("/owners", files={"holdings_file": ("h.csv", holdings)})
    assert owners.status_code == 200
    assert "深圳某某科技有限公司" in owners.text
