"""Listed parties: names that were screened, one party whole, and counts by year."""

from typing import Annotated, NotRequired, TypedDict

from detente.answers.shared import Coverage, Heard


class HeardListing(Heard):
    """How an entry stands by what was only announced, where the notice says otherwise."""

    standing: Annotated[str, "How it stands by that: suspended."]
    suspended_until: Annotated[str, "First day on which by that it is no longer suspended."]


class Amendment(TypedDict):
    """A notice that listed an entry or changed it."""

    citation: Annotated[str, "Its citation."]
    on: Annotated[str | None, "Its day."]


class _Listed(TypedDict):
    standing: Annotated[
        str, "How the entry stands on the day: in_force, suspended, ended, not_yet or unknown."
    ]
    listed_on: Annotated[str | None, "The day on which the list says that it was listed."]
    changed_on: Annotated[str | None, "The day of the last change of the entry."]
    removed_on: Annotated[str | None, "First day on which it is no longer listed."]
    suspended_from: Annotated[str | None, "First day on which the listing is suspended."]
    suspended_until: Annotated[str | None, "First day on which it is no longer suspended."]
    announced: Annotated[
        HeardListing | None, "How it stands by what was only announced, where that is otherwise."
    ]
    listed_perhaps_from: Annotated[
        str | None, "A day from which it may have been listed, where the list leaves doubt."
    ]
    standing_unknown_because: Annotated[str | None, "Why its standing is not known."]
    requirement: Annotated[str | None, "Licence requirement, in the words of the list."]
    policy: Annotated[str | None, "Review policy, as one word."]
    policy_text: Annotated[str | None, "Review policy, in the words of the list."]
    programme: Annotated[str | None, "Programmes under which it is listed."]
    citation: Annotated[str | None, "Notices that listed or changed it."]
    list_citation: Annotated[str | None, "Where the list itself stands in the law."]
    source: Annotated[str | None, "Where the entry was read."]
    url: Annotated[str | None, "The same, where it is an address that can be opened."]
    note: Annotated[str | None, "What is to be known beside it."]
    changes: Annotated[list[Amendment], "Notices that listed it or changed it."]
    addresses: Annotated[list[str], "Addresses that the list prints."]


class ListedAs(_Listed):
    """What one list says of a party."""

    list: Annotated[str, "Short name of the list."]
    entry: Annotated[str, "The name under which it stands there."]


class ListedParty(_Listed):
    """A listed party that a name may be, by its list with the strictest consequence."""

    entry: Annotated[str, "The name under which it stands there."]
    list: Annotated[str, "Short name of the list."]
    name: Annotated[str, "The listed name, or other name, that comes closest."]
    score: Annotated[str, "How alike the names are, from 0 to 1."]
    why: Annotated[list[str], "Reasons of the score."]
    requirement_normal: Annotated[str | None, "The licence requirement as one word."]
    countries: Annotated[list[str], "Countries of its addresses, ISO 3166."]
    grade: Annotated[str, "How well the entry is known."]
    since: Annotated[str | None, "The same as `listed_on`."]
    until: Annotated[str | None, "The same as `removed_on`."]


class ScreeningHit(ListedParty):
    """A listed party that a name may be, with every list on which it stands."""

    lists: Annotated[list[ListedAs], "What each list says of it, the strictest first."]


class RelatedParty(TypedDict):
    """A listed party that a name has to do with, without being it."""

    entry: Annotated[str, "The name under which it stands on the list."]
    list: Annotated[str, "Short name of the list."]
    why: Annotated[str, "The brand that both bear, or the relation that the list prints."]
    citation: Annotated[str | None, "Where the list prints it."]
    url: Annotated[str | None, "The list, where it can be opened."]


class ScreenedName(TypedDict):
    """A name with its verdict, and the listed parties that it may be."""

    name: Annotated[str, "The name as it was asked."]
    status: Annotated[
        str,
        "hit, clear, partly, not_screened or unresolved; clear only where every list was read "
        "whole for the day.",
    ]
    reason: Annotated[str | None, "What was not read, where the verdict is not settled."]
    hits: Annotated[list[ScreeningHit], "Listed parties that it may be, the best first."]
    related: Annotated[list[RelatedParty], "Listed parties that it has to do with."]


ListRows = Annotated[list[Coverage], "Each list that the verdict rests on, and how it was read."]
BesideRows = Annotated[list[Coverage], "Lists that were searched too, of which no verdict speaks."]


class Screening(TypedDict):
    """Names with the listed parties that they may be."""

    on: Annotated[str, "The day of the lists."]
    reading: Annotated[str, "law, or announced: by which it is told how a listing stands."]
    results: Annotated[list[ScreenedName], "Names in the order in which they were asked."]
    coverage: ListRows
    beside: BesideRows


class FollowsFromListing(TypedDict):
    """What the register says that standing on a list means."""

    measure: Annotated[str, "Id of the measure."]
    title: Annotated[str, "Its title."]
    limb: Annotated[str, "The provision of it."]
    what: Annotated[str, "What the provision reaches, in words."]
    decision: Annotated[str, "licence or prohibited; empty where it decides nothing."]
    policy: Annotated[str, "Review policy; empty where it has none."]
    everything: Annotated[bool, "Whether it reaches every item, and not some only."]
    citation: Annotated[str, "Where it stands."]
    sources: Annotated[list[str], "Keys of citations."]


class PartyOnList(ListedAs):
    """What one list says of the party, and what follows from it."""

    key: Annotated[str, "Key of the entry."]
    title: Annotated[str, "Title of the list."]
    grade: Annotated[str, "How well the entry is known."]
    follows: Annotated[list[FollowsFromListing], "What standing on this list means on the day."]


class PartyName(TypedDict):
    """A name of a party."""

    text: Annotated[str, "The name."]
    chinese: Annotated[bool, "Whether it is written in Chinese."]
    grade: Annotated[str, "How well it is known; official where a list prints it."]
    read_at: Annotated[str | None, "Where it was read, if no list prints it."]
    lists: Annotated[list[str], "Lists that print it; empty where none does."]


class PartyIdentity(TypedDict):
    """A party as the lists name it."""

    entry: Annotated[str, "The name under which it stands on the strictest list."]
    key: Annotated[str, "Key of that entry."]
    kind: Annotated[str | None, "entity, person, vessel or aircraft, where a list says so."]
    countries: Annotated[list[str], "Countries of its addresses, ISO 3166."]
    names: Annotated[list[PartyName], "Its names."]
    addresses: Annotated[list[str], "Addresses that lists print."]


class PartyDay(TypedDict):
    """Something that happened to a party on a list."""

    on: Annotated[str, "The day."]
    list: Annotated[str, "Short name of the list."]
    what: Annotated[str, "What happened, in words."]
    citation: Annotated[str | None, "The notice."]


class NearParty(TypedDict):
    """A listed party whose name is only like the one asked about."""

    entry: Annotated[str, "The name under which it stands on the list."]
    list: Annotated[str, "Short name of the list."]
    key: Annotated[str, "Key of the entry; it can be asked about."]
    score: Annotated[str, "How alike the names are, from 0 to 1."]
    why: Annotated[str, "Reasons of the score."]


class SharedNameParty(TypedDict):
    """An entry of another list that prints the same name and is not told as the same party."""

    entry: Annotated[str, "The name under which it stands on the list."]
    list: Annotated[str, "Short name of the list."]
    key: Annotated[str, "Key of the entry; it can be asked about."]
    verdict: Annotated[str, "other: another party; open: nothing printed tells."]
    why: Annotated[str, "The verdict in words, and what differs as the lists print it."]


class PartyRecord(TypedDict):
    """One listed party whole."""

    on: Annotated[str, "The day of the lists."]
    reading: Annotated[str, "law, or announced: by which it is told how a listing stands."]
    status: Annotated[str, "found or near; else what screening says of a name without a hit."]
    party: Annotated[PartyIdentity | None, "The party; null where none was found."]
    lists: Annotated[list[PartyOnList], "Every list on which it stands, the strictest first."]
    days: Annotated[list[PartyDay], "What happened to it on the lists, the oldest first."]
    related: Annotated[list[RelatedParty], "Listed parties that it has to do with."]
    owners: Annotated[str | None, "What is held of its owners, in words."]
    namesakes: Annotated[list[SharedNameParty], "Entries of other lists that print a name of it."]
    near: Annotated[list[NearParty], "Parties with a name like it."]
    reason: Annotated[str | None, "What was not read, where the verdict is not settled."]
    coverage: ListRows
    beside: BesideRows


class YearOfList(TypedDict):
    """Entries of a list that were first listed in one year."""

    list: Annotated[str, "Short name of the list."]
    year: Annotated[str | None, "The year; null for entries without a day."]
    entries: Annotated[int, "Entries of today's list that were listed in it."]
    still_listed: Annotated[int, "Those of them whose listing has not ended."]


class ListSummary(TypedDict):
    """A list summed up."""

    list: Annotated[str, "Short name of the list."]
    title: Annotated[str, "Its title; empty for a list of the user's own."]
    entries: Annotated[int, "Entries counted."]
    undated: Annotated[int, "Those of them that carry no day."]
    lacks: Annotated[str, "What the counts do not hold, in words."]


class Listings(TypedDict):
    """How many parties each list added, by year."""

    on: Annotated[str, "The day of the lists."]
    country: Annotated[str | None, "Only entries with an address in this country."]
    companies: Annotated[bool, "Whether people, vessels and aircraft are left out."]
    rows: Annotated[list[YearOfList], "Counts by list and year."]
    lists: Annotated[list[ListSummary], "Each list summed up."]
    coverage: Annotated[list[Coverage], "Each list that was counted, and how it was read."]


class ListedChange(TypedDict):
    """An entry that came, went, was changed, or whose suspension began or ended."""

    name: NotRequired[Annotated[str, "The name of a file that may be it, where one was sent."]]
    what: Annotated[str, "What happened, such as added or no_longer_suspended."]
    on: Annotated[str | None, "First day on which it is so; null where unknown."]
    list: Annotated[str, "Short name of the list."]
    entry: Annotated[str, "The entry's main name."]
    listed_on: Annotated[str | None, "First day on which it was listed; null where unknown."]
    listed_perhaps_from: Annotated[str | None, "First day on which it may have been."]
    changed_on: Annotated[str | None, "Day of its latest change; null where unknown."]
    removed_on: Annotated[str | None, "First day on which it was no longer listed."]
    suspended_from: Annotated[str | None, "First day on which the listing is suspended."]
    suspended_until: Annotated[str | None, "First day on which it is no longer suspended."]
    announced: Annotated[
        HeardListing | None, "How it stands by what was only announced, where that is otherwise."
    ]
    citation: Annotated[str | None, "What listed it."]
    url: Annotated[str | None, "Where that can be read."]


class ListUnread(Coverage):
    """A list that was not read whole for a day."""

    on: Annotated[str, "The day."]


ListDifference = TypedDict(
    "ListDifference",
    {
        "from": Annotated[str, "The earlier day; what came after it is told."],
        "to": Annotated[str, "The later day, the last that is told."],
        "compared": Annotated[list[str], "Lists that are held for both days; others say nothing."],
        "changes": Annotated[list[ListedChange], "By kind of change, list and entry."],
        "coverage": Annotated[list[ListUnread], "Lists that were not read whole for both days."],
    },
)
ListDifference.__doc__ = "Who came, went, was changed or suspended on the lists between two days."


class PartnerDecision(TypedDict):
    """What somebody decided about a partner and a listed party."""

    name: Annotated[str, "The partner's name."]
    country: Annotated[str, "Its country; empty where none was stated."]
    entry: Annotated[str, "The listed name."]
    lists: Annotated[str, "Lists on which it stood."]
    party: Annotated[str, "Key of the listed party."]
    verdict: Annotated[str, "cleared or confirmed."]
    why: Annotated[str, "The reason, as written."]
    by: Annotated[str, "Who decided."]
    decided: Annotated[str, "Day of the decision."]
    until: Annotated[str, "Day on which it ends; empty where none was named."]
    address: Annotated[str, "Address of a row without a name; empty where the name was decided on."]


class PartnerDecisions(TypedDict):
    """Every decision about a partner."""

    decisions: Annotated[list[PartnerDecision], "The oldest first."]
