"""Shipments as rows of a table: a row in, a row out, in the same order, with its status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import refuse_slips
from detente.duty.question import QuestionError
from detente.transaction.assessment import Assessor
from detente.transaction.shipment import ShipmentQuery, shipment_of

if TYPE_CHECKING:
    from detente.answers.assess import VerdictLine
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.transaction.assessment import Assessment

OUTPUT = (
    "status",
    "reason",
    "decision",
    "policy",
    "pay_amount",
    "pay_rate",
    "refundable_amount",
    "party_status",
    "stop",
    "resolve",
    "watch",
    "headings",
    "rules",
    "sha256",
)
"""Columns that the answer adds; ``status`` is one of the four below."""

PLAIN = (
    "code",
    "item",
    "origin",
    "from",
    "destination",
    "on",
    "known_on",
    "value",
    "end_use",
    "base",
    "transfer",
    "deemed_to",
    "stated_by",
)
QUANTITY = ("quantity", "unit")
PARTY = ("party", "party_role", "party_country", "party_address")
PREFIXES = {"fact.": "facts", "param.": "parameters", "content.": "content"}
STOP, RESOLVE, CLEAR, UNRESOLVED = "stop", "resolve", "clear", "unresolved"


def check_shipment_columns(columns: Iterable[str]) -> None:
    """Refuse a table whose columns cannot be a shipment's.

    Raises:
        QuestionError: naming the columns and what to do.
    """
    names = list(columns)
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise QuestionError(f"the column {' and '.join(doubled)} stands twice: keep one")
    if clash := [name for name in names if name in OUTPUT]:
        raise QuestionError(
            f"the column {' and '.join(clash)} has an output column's name: rename it"
        )
    refuse_slips(names, (*PLAIN, *QUANTITY, *PARTY), PREFIXES)
    if not {"code", "item"} & set(names) or "destination" not in names:
        raise QuestionError(
            "the table has no column code or item, or no destination: its first line names them, "
            "such as code,origin,destination,on,value"
        )


def shipment_row(row: Mapping[str, str]) -> ShipmentQuery:
    """The shipment that a row describes.

    Raises:
        QuestionError: a cell cannot be read; the message says what to do.
    """
    values: dict[str, object] = {key: row[key] for key in PLAIN if row.get(key, "").strip()}
    for prefix, key in PREFIXES.items():
        values[key] = {
            name.removeprefix(prefix): cell
            for name, cell in row.items()
            if name.startswith(prefix) and cell.strip()
        }
    number, unit = row.get("quantity", "").strip(), row.get("unit", "").strip()
    if number:
        if not unit:
            raise QuestionError(f"the quantity {number} has no unit: name it under unit", "unit")
        values["quantities"] = {unit: number}
    if row.get("party", "").strip():
        keys = ("name", "role", "country", "address")
        cells = (row.get(name, "").strip() for name in PARTY)
        party = {key: cell for key, cell in zip(keys, cells, strict=True) if cell}
        values["parties"] = [party]
    elif address := row.get("party_address", "").strip():
        raise QuestionError(
            f"the address {address!r} has no name: name who stands there under party", "party"
        )
    return shipment_of(values, "the row")


def assess_rows(
    register: Register, schedule: Schedule, rows: Iterable[Mapping[str, str]], on: str
) -> Iterator[tuple[Assessment | None, dict[str, str]]]:
    """The assessment of each row, None where it cannot be made, and the cells of ``OUTPUT``.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        rows: input rows by column.
        on: the day of a row that names none.
    """
    assessor = Assessor(register, schedule)
    for row in rows:
        try:
            query = shipment_row(row)
            day = query.on or on
            answer = assessor.assess(query.shipment, day, query.known_on)
        except ValueError as error:
            cells = dict.fromkeys(OUTPUT, "")
            yield None, {**cells, "status": UNRESOLVED, "reason": str(error)}
        else:
            yield answer, _cells(answer)


def _cells(answer: Assessment) -> dict[str, str]:
    verdict, duty, licence = answer["verdict"], answer["duty"], answer["licence"]
    total = duty.get("total", {})
    cells = {
        "status": STOP if verdict["stop"] else RESOLVE if verdict["resolve"] else CLEAR,
        "reason": "",
        "decision": licence["decision"],
        "policy": licence["policy"],
        "pay_amount": verdict["amount"],
        "pay_rate": verdict["ad_valorem"],
        "refundable_amount": total.get("refundable_amount"),
        "party_status": "; ".join(each["status"] for each in answer["parties"]),
        **{key: _joined(verdict[key]) for key in ("stop", "resolve", "watch")},
        "headings": ";".join(duty.get("filing", [])),
        "rules": ";".join(f"{x['measure']}/{x['limb']}" for x in licence["rules"]),
        "sha256": answer["sha256"],
    }
    return {key: "" if value is None else str(value) for key, value in cells.items()}


def _joined(lines: list[VerdictLine]) -> str:
    return " | ".join(line["what"] for line in lines)
