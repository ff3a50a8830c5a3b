"""What questions about whole tables came to: batches, panels, agreement, files looked over."""

from typing import Annotated, TypedDict

from detente.answers.shared import Coverage


class BeyondReading(TypedDict):
    """Rows after the day through which an area of law was read."""

    area: Annotated[str, "The area."]
    through: Annotated[str, "The last day that was read."]
    rows: Annotated[int, "Rows that lie later."]


class BatchDone(TypedDict):
    """What a batch came to, but for its file."""

    rows: Annotated[int, "Rows that were answered."]
    statuses: Annotated[dict[str, int], "Rows by status."]
    announced_rows: Annotated[int, "Rows that owe otherwise by what was only announced."]
    beyond: Annotated[list[BeyondReading], "Rows past what was read, by area."]
    notes: Annotated[list[str], "What was read into cells that stand otherwise in the file."]


class BatchWritten(BatchDone):
    """The duty on every row of a table, written to a file."""

    file: Annotated[str, "The file that was written."]


PanelWritten = TypedDict(
    "PanelWritten",
    {
        "file": Annotated[str, "The file that was written."],
        "rows": Annotated[int, "Rows in it."],
        "origins": Annotated[list[str], "Countries of origin."],
        "from": Annotated[str, "First day."],
        "last": Annotated[str, "Last day."],
        "reviewed_through": Annotated[str, "Day through which the law was read."],
        "coverage": Annotated[list[Coverage], "What the rates rest on."],
    },
)
PanelWritten.__doc__ = "The rates of every line from many origins, written to a file."


class FamilyAgreement(TypedDict):
    """Cells of a family of duties and an origin, counted."""

    family: Annotated[str, "The family of duties."]
    origin: Annotated[str, "The origin."]
    cells: Annotated[int, "Cells that were compared."]
    equal: Annotated[int, "Those that are equal."]
    explained: Annotated[int, "Those that differ by a decided cause."]
    unexplained: Annotated[int, "Those that differ without one."]


class CauseCells(TypedDict):
    """A decided cause of disagreement, with its cells."""

    id: Annotated[str, "Its id."]
    right: Annotated[str, "Who is right."]
    title: Annotated[str, "Its title."]
    why: Annotated[str, "What it is, in words."]
    sources: Annotated[list[str], "Citations."]
    cells: Annotated[dict[str, int], "Cells that it explains, by day; empty for none."]


class UnequalCell(TypedDict):
    """A cell that differs."""

    code: Annotated[str, "Tariff code, with dots."]
    origin: Annotated[str, "Country of origin."]
    on: Annotated[str, "The day."]
    family: Annotated[str, "Family of duties."]
    theirs: Annotated[str | None, "The rate of the other."]
    ours: Annotated[str | None, "Our rate; null where it is not known."]
    status: Annotated[str, "Status of our answer."]
    reason: Annotated[str | None, "Why ours is not known, if it is not."]


class AgreementTotals(TypedDict):
    """All cells together."""

    lines: Annotated[int, "Lines that were given."]
    cells: Annotated[int, "Cells that were compared."]
    equal: Annotated[int, "Those that are equal."]
    explained: Annotated[int, "Those that differ by a decided cause."]
    unexplained: Annotated[int, "Those that differ without one."]
    agreement: Annotated[str, "Part of the cells that are equal."]
    agreement_with_causes: Annotated[str, "The same with those that are explained."]


class RatesAgreement(TypedDict):
    """Another's rates beside ours."""

    peer: Annotated[str, "Name of the other rates."]
    on: Annotated[list[str], "The days."]
    rows: Annotated[list[FamilyAgreement], "By family of duties and origin."]
    causes: Annotated[list[CauseCells], "Decided causes of disagreement."]
    unexplained: Annotated[list[UnequalCell], "The first cells without a cause."]
    totals: AgreementTotals
    coverage: Annotated[list[Coverage], "What our rates rest on."]
    notes: Annotated[list[str], "What must be known beside it."]
    status: Annotated[str, "agrees or differs."]


class ColumnMeaning(TypedDict):
    """What a column of the file was taken to mean."""

    column: Annotated[str, "Its name."]
    meaning: Annotated[str | None, "What it means; null where it was not read."]


class TouchedRows(TypedDict):
    """A record that may touch goods of some rows, beside what they owe."""

    measure: Annotated[str, "Id of the measure."]
    title: Annotated[str, "Its title."]
    rows: Annotated[int, "Rows whose code it may touch."]
    asks: Annotated[list[str], "Questions that settle it."]


class ReasonCounted(TypedDict):
    """Why rows or names are not settled."""

    reason: Annotated[str, "The reason, as it stands in their rows."]
    count: Annotated[int, "Of how many it is the reason."]


class GoodsChecked(TypedDict):
    """Goods of a file that was looked over."""

    rows: Annotated[int, "Rows."]
    by_status: Annotated[dict[str, int], "Rows by status of their answer."]
    reasons: Annotated[list[ReasonCounted], "Why rows are not settled, the 20 most frequent."]
    value: Annotated[str | None, "Dollars of value that are known."]
    duty: Annotated[str | None, "Dollars of duty that are known."]
    without_amount: Annotated[int, "Rows of which no duty in dollars is known."]
    refundable: Annotated[str | None, "Dollars that were never owed."]
    cheaper_by_waiting: Annotated[int, "Rows that owe less on a later day."]
    saved_by_waiting: Annotated[str | None, "Dollars that waiting saves."]
    first_day: Annotated[str | None, "The first such day."]
    origins: Annotated[list[str], "Places that were compared."]
    cheaper_elsewhere: Annotated[int, "Rows that owe less from another place."]
    saved_elsewhere: Annotated[str | None, "Dollars that another place saves."]
    controlled: Annotated[
        int, "Rows whose code may be of a controlled item of where the goods come from."
    ]
    touched: Annotated[int, "Rows whose code some record may touch."]
    touches: Annotated[list[TouchedRows], "Those records."]


class NameListed(TypedDict):
    """A name that may be listed."""

    name: Annotated[str, "The name, as it was given."]
    country: Annotated[str | None, "Its country, if given."]
    address: Annotated[str | None, "Its address, if given; it stands alone where nobody is named."]
    listed: Annotated[str, "The listed parties that it may be."]


class NameRelated(TypedDict):
    """A name that has to do with listed parties, without being one of them."""

    name: Annotated[str, "The name, as it was given."]
    country: Annotated[str | None, "Its country, if given."]
    address: Annotated[str | None, "Its address, if given; it stands alone where nobody is named."]
    related: Annotated[str, "Those parties, with why: a brand that both bear, a printed relation."]


class NamesChecked(TypedDict):
    """Names of a file that was looked over."""

    names: Annotated[int, "Names, each once with where its party is."]
    by_status: Annotated[dict[str, int], "Names by verdict."]
    reasons: Annotated[list[ReasonCounted], "Why names are not settled, the 20 most frequent."]
    hit: Annotated[int, "Names that may be listed."]
    hits: Annotated[list[NameListed], "Those names."]
    related: Annotated[int, "Names that have to do with listed parties."]
    related_to: Annotated[list[NameRelated], "Those names."]


class FileChecked(TypedDict):
    """A file of goods or partners, looked over."""

    on: Annotated[str, "Day of rows that have none."]
    rows: Annotated[int, "Rows."]
    columns: Annotated[list[ColumnMeaning], "What each column was taken to mean."]
    status: Annotated[str, "hit where a name may be listed, else ok or partly."]
    goods: Annotated[GoodsChecked | None, "Null where the file has no goods."]
    parties: Annotated[NamesChecked | None, "Null where the file has no names."]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "What must be known beside it."]
