"""Companies covered because of who owns them."""

from typing import Annotated, TypedDict

from detente.answers.shared import Consulted, Coverage

FirstShare = Annotated[str, "The share, a fraction of one, or `unknown`; of a range its lower end."]
UpperShare = Annotated[str | None, "Upper end of a range; null where the share is one number."]
HoldingSources = Annotated[list[str], "Sources of the holding, as the files name them."]

Counted = TypedDict(
    "Counted",
    {
        "owner": Annotated[str, "Id of the owner."],
        "share": FirstShare,
        "share_to": UpperShare,
        "sources": HoldingSources,
        "from": Annotated[str | None, "First day of the holding."],
        "until": Annotated[str | None, "First day on which it is no longer held."],
        "counted": Annotated[str | None, "Part of it that counts, a fraction of one, if not all."],
        "branch": Annotated[bool, "Whether the company is a branch of this owner."],
        "contract_control": Annotated[bool, "Whether the owner controls it by contract."],
    },
)
Counted.__doc__ = "An owner that counts."


class Step(TypedDict):
    """A holding on a way from a listed party to a company."""

    owner: Annotated[str, "Id of the owner."]
    owned: Annotated[str, "Id of what it holds."]
    share: FirstShare
    share_to: UpperShare
    sources: HoldingSources
    kind: Annotated[str, "Of what: share (the equity), votes_share or board_share."]


class OwnedCompany(TypedDict):
    """A company that is covered through owners, or may be."""

    id: Annotated[str, "Its id."]
    name: Annotated[str, "Its name; empty where none was given."]
    country: Annotated[str, "Its country; empty where none was given."]
    tier: Annotated[int, "Holdings between it and a listed party, at the fewest."]
    share: Annotated[list[str], "Lower and upper end of what covered owners hold together."]
    kind: Annotated[str, "What counts: share, votes_share, board_share or contract_control."]
    because: Annotated[list[Counted], "Owners that count."]
    via: Annotated[str | None, "The owner through which it was reached."]
    paths: Annotated[list[list[str]], "Ways down to it, as ids."]
    holdings: Annotated[list[list[Step]], "The same ways, as holdings."]
    requirement: Annotated[str, "What is required of it."]
    share_exact: Annotated[
        list[str] | None,
        "The share as fractions, where no decimal is exact; a sum of more than 1,200 digits is "
        "enclosed, to 78 places.",
    ]
    branch_of: Annotated[str | None, "Id of the company that it is a branch of."]


class LookCloser(TypedDict):
    """Something about a company that wants a look."""

    id: Annotated[str, "Its id."]
    why: Annotated[str, "What, in words."]


class UnmatchedIds(TypedDict):
    """Ids that stand nowhere in the holdings."""

    seeds: Annotated[list[str], "Ids of listed parties."]
    entities: Annotated[list[str], "Ids of companies that were described."]
    perhaps: Annotated[dict[str, list[str]], "Ids of the holdings that are spelled alike."]


class OwnersFound(TypedDict):
    """Who is covered by a rule about owners, but for the verdict in words."""

    regime: Annotated[str, "Name of the rule."]
    status: Annotated[str, "covered, possibly, none, open or not_in_force."]
    title: Annotated[str, "Title of the rule."]
    in_force: Annotated[bool | None, "Whether it is in force; null for no legal test."]
    on: Annotated[str, "The day, or instant, asked about."]
    threshold: Annotated[str, "The share from which it covers, a fraction of one."]
    covered: Annotated[list[OwnedCompany], "Companies that are covered."]
    possibly_covered: Annotated[list[OwnedCompany], "Companies that may be."]
    red_flags: Annotated[list[LookCloser], "What wants a look, and is not a finding."]
    ambiguous: Annotated[list[str], "Ids of companies that hold each other up."]
    unmatched: UnmatchedIds
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "What must be known beside it."]
    register: Consulted


class Owners(OwnersFound):
    """Who is covered by a rule about owners."""

    finding: Annotated[str, "The verdict as a sentence that says what it rests on."]


class OwnerCounts(TypedDict):
    """What was counted."""

    companies: Annotated[int, "Companies that the files name."]
    listed: Annotated[int, "Listed parties among them from which the rule begins, by name."]
    by_country: Annotated[int, "Those from which the rule begins by their country alone."]
    covered: Annotated[int, "Those that are covered through owners."]
    possibly_covered: Annotated[int, "Those that may be."]
    holdings: Annotated[int, "Holdings."]
    with_share: Annotated[int, "Holdings with a share."]


class OwnerReach(TypedDict):
    """How many listed companies stand in the files at all, of the lists as of the day."""

    places: Annotated[list[str], "Countries of the listed companies; empty for all."]
    entries: Annotated[int, "Entries of companies of these places from which the rule begins."]
    open: Annotated[int, "Those of which it is open whether they stood on the day."]
    named_in_files: Annotated[int, "Those that the files name."]
    perhaps_in_files: Annotated[int, "Those that the files may name."]
    in_no_file: Annotated[int, "Those that stand in no file at all."]


class OwnerFile(TypedDict):
    """A file of owners."""

    name: Annotated[str, "Its name."]
    sha256: Annotated[str, "Its hash."]
    rows: Annotated[int, "Its rows."]
    with_share: Annotated[int, "Rows with a share."]
    left_out: Annotated[int, "Rows that could not be read."]
    left_out_first: Annotated[list[str], "The first of those, with the reason."]
    left_out_rows: Annotated[list[str], "All of them, with the reason."]


class HoldingDays(TypedDict):
    """Days of which holdings are told."""

    first: Annotated[str, "The first."]
    last: Annotated[str, "The last."]


class CountedCompany(TypedDict):
    """A company that is counted."""

    company: Annotated[str, "Its name."]
    country: Annotated[str | None, "Its country."]
    share_from: Annotated[str, "What covered owners hold together, at least."]
    share_to: Annotated[str, "The same at most."]
    tier: Annotated[int, "Holdings between it and a listed party, at the fewest."]
    owners: Annotated[str, "Owners that count, with semicolons."]
    sources: Annotated[str, "Rows that say so, with semicolons."]


class OwnersCount(TypedDict):
    """How many companies a rule covers, by files of owners and the lists."""

    on: Annotated[str, "The day."]
    rule: Annotated[str, "Name of the rule."]
    status: Annotated[str, "covered, possibly, none, open or not_in_force."]
    sentence: Annotated[str, "The count in words, with what it is not."]
    counts: OwnerCounts
    reach: OwnerReach
    files: Annotated[list[OwnerFile], "The files."]
    days: Annotated[HoldingDays | None, "Null where no holding has a day."]
    companies: Annotated[list[CountedCompany], "Companies that are covered."]
    possibly: Annotated[list[CountedCompany], "Companies that may be."]
    listed_names: Annotated[list[str], "Listed parties that the files name."]
    by_country: Annotated[list[str], "Companies from which the rule begins by their country."]
    red_flags: Annotated[list[LookCloser], "What wants a look, and is not a finding."]
    ambiguous: Annotated[list[str], "Companies that hold each other up."]
    notes: Annotated[list[str], "What must be known beside it."]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
