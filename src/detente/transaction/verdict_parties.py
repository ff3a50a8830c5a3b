"""What names on lists and ownership rules mean for the goods."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_before
from detente.core.figures import long_day, percent
from detente.parties.screening.list_coverage import NOT_SCREENED, PART
from detente.parties.screening.listed.addresses import CALLED
from detente.transaction.party_standing import UNRESOLVED, bears, leaves_open
from detente.transaction.shipment import RECEIVING
from detente.transaction.verdict_lines import (
    DENIED,
    LICENCE,
    PROHIBITED,
    VerdictLines,
    line,
    spaced,
    upper,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.answers.assess import (
        AssessedParty,
        ListingConsequence,
        OwnershipRule,
        PartyHit,
    )
    from detente.answers.owners import Step

_POLICY_WORDS = {
    "mixed": "a licence, reviewed by a policy that differs by item",
    "see_section": "a licence, reviewed as the list's section says",
}


def read_party(
    lines: VerdictLines, party: AssessedParty, headings: Collection[str], requiring: Collection[str]
) -> None:
    """What is known of a party, by its name and by its owners.

    Args:
        lines: the verdict.
        party: what was found of it.
        headings: those of the duties of the goods, on which an ownership rule may bear.
        requiring: countries whose controls ask a licence for these goods, or prohibit them.
    """
    for note in party["notes"]:
        lines.resolve.append(
            line("party", f"{party['name']} was not screened: {note}.", "Screen it by hand.")
        )
    described = set()
    for hit in party["hits"]:  # best first: further entries of one list say the same once more
        key = (hit["list"], hit["standing"])
        if key not in described:
            described.add(key)
            _read_hit(lines, party, hit, requiring)
    for rule in party["owners"]:
        if bears(rule, headings):
            _read_rule(lines, party, rule)
    if party["status"] == UNRESOLVED and any(map(leaves_open, party["owners"])):
        what = f"{party['name']}: who owns it is not settled by what was stated and read."
        lines.resolve.append(line("owner", what, "Name every owner with its share."))
    if party["unsure"] and not any(each["result"] == "covered" for each in party["owners"]):
        what = f"{party['name']}: {'; '.join(party['unsure'])}."
        lines.resolve.append(line("owner", what, "Establish whether it is: a listed owner counts."))


def read_unread(lines: VerdictLines, parties: list[AssessedParty]) -> None:
    """Parties that nothing was found of, where not every list was read for the day."""
    open_ones = [each for each in parties if each["status"] in (PART, NOT_SCREENED)]
    if not open_ones:
        return
    names = "; ".join(f"{each['name']} ({spaced(each['role'])})" for each in open_ones)
    found = "no hit, and not every list was read whole for that day"
    do = "Screen against what was not read: the caveats name it."
    lines.resolve.append(line("party", f"{names}: {found}.", do))


def _read_hit(
    lines: VerdictLines, party: AssessedParty, hit: PartyHit, requiring: Collection[str]
) -> None:
    """A name on a list: what it means for these goods, and how sure the name is."""
    who = f"{party['name']} ({spaced(party['role'])})"
    entry = f"{hit['entry']} on the {hit['list_title']}"
    named, may = f"{who} has the name of {entry}", f"{who} may be {entry}"
    if CALLED.fullmatch(hit["entry"]):
        place = f"stand{{}} at the listed address {'; '.join(hit['addresses'])} ({entry})"
        named, may = f"{who} {place.format('s')}", f"{who} may {place.format('')}"
    sources = [each for each in (hit["citation"],) if each]
    if hit["standing"] == "suspended":
        until = hit["suspended_until"]
        when = f" through {long_day(day_before(until))}" if until else ""
        what = f"{named}; the listing is suspended{when}.{_heard(hit)}"
        again = "Ask again after that day." if until else "Ask again: until when is not told."
        lines.watch.append(line("party", what, again, sources, until))
        return
    if hit["standing"] == "unknown":
        what = f"{named} today; since when it stands there, it does not say."
        do = "Find the day of its listing: before it nothing follows, from it the list does."
        lines.resolve.append(line("party", what, do, sources))
        return
    if hit["standing"] != "in_force":
        return
    weighty = [each for each in hit["consequences"] if each["bears"]]
    means = "; ".join(map(_means, weighty or hit["consequences"])) or "what follows is not modelled"
    listed, heard = _listing(hit), _heard(hit)
    if not hit["same_name"]:
        what = f"{may} (score {hit['score']}: {'; '.join(hit['why'])}).{heard}"
        do = f"Establish whether it is. If so: {means}{listed}."
        lines.resolve.append(line("party", what, do, sources))
    elif any(_stops(each, party, hit, requiring) for each in weighty):
        do = f"Stop, unless it is proven to be another party. {upper(means)}{listed}."
        lines.stop.append(line("party", f"{named}.{heard}", do, sources))
    else:
        do = f"Establish whether it is the same, and what follows: {means}{listed}."
        lines.resolve.append(line("party", f"{named}.{heard}", do, sources))


def _heard(hit: PartyHit) -> str:
    """That the listing stands otherwise by what was only announced, behind a sentence."""
    return f" {hit['announced']['text']}" if hit["announced"] else ""


def _listing(hit: PartyHit) -> str:
    """What the entry itself requires, in the list's own words."""
    if not hit["requirement"]:
        return ""
    policy = f"; review: {hit['policy_text']}" if hit["policy_text"] else ""
    return f". The entry: {hit['requirement']}{policy}".rstrip(".")


def _stops(
    means: ListingConsequence, party: AssessedParty, hit: PartyHit, requiring: Collection[str]
) -> bool:
    """Whether goods cannot go to a listed party, or a licence for it is not to be counted on.

    Of a party that receives the goods the licence answer knows, and may have found that no licence
    is asked; of others it does not.
    """
    if means["decision"] == PROHIBITED:
        return True
    known_free = party["role"] in RECEIVING and hit["by"] not in requiring
    return (hit["policy"] or means["policy"]) in DENIED and not known_free


def _means(means: ListingConsequence) -> str:
    decision = {LICENCE: "licence needed", PROHIBITED: "prohibited"}.get(
        means["decision"] or "", "no decision of its own"
    )
    where = f" ({means['citation']})" if means["citation"] else ""
    return f"{decision}: {means['what']}{where}"


def _read_rule(lines: VerdictLines, party: AssessedParty, rule: OwnershipRule) -> None:
    """An ownership rule: covered and in force, covered once it returns, or open."""
    who = f"{party['name']} ({spaced(party['role'])})"
    title = rule["title"]
    for flag in rule["red_flags"]:
        lines.resolve.append(line("owner", f"{who}: {flag} ({title}).", "", rule["sources"]))
    if rule["result"] == "not_covered":
        return
    share = _held(rule)
    leads = rule["consequence"]
    if rule["requirement"] not in (None, leads):
        leads += f": {_POLICY_WORDS.get(rule['requirement'], rule['requirement'])}"
    if not rule["in_force"]:
        what = f"{who} would be covered by its owners{share}, once this is in force: {title}."
        lines.watch.append(line("owner", what, f"It is {rule['state']} now.", rule["sources"]))
    elif rule["result"] == "possibly_covered":
        what = f"{who} may be covered by its owners{share}: {title}."
        lines.resolve.append(
            line("owner", what, f"Find the missing shares. {upper(leads)}.", rule["sources"])
        )
    else:
        what = f"{who} is covered by its owners{share}: {title}."
        place = lines.stop if _rule_stops(rule) else lines.resolve
        place.append(line("owner", what, f"{upper(leads)}.", rule["sources"]))


def _held(rule: OwnershipRule) -> str:
    """Who holds how much of it, through whom."""
    ways = "; ".join(map(_way, rule["holdings"]))
    return f" ({ways})" if ways else ""


def _way(steps: list[Step]) -> str:
    """A way down: each owner, what it holds, of whom."""
    from detente.parties.ownership.graph import OF_KIND

    words = [steps[0]["owner"]]
    for step in steps:
        share = step["share"]
        held = share if share == "unknown" else percent(share)
        above = f" to {percent(step['share_to'])}" if step["share_to"] else ""
        words.append(f"holds {held}{above}{OF_KIND[step['kind']]} of {step['owned']}")
    return ", which ".join((f"{words[0]} {words[1]}", *words[2:]))


def _rule_stops(rule: OwnershipRule) -> bool:
    """Whether what follows from a rule cannot be met: prohibited, or a licence that is denied."""
    from detente.parties.ownership.requirement import policy_of

    required = policy_of(rule["requirement"] or "")
    return rule["decision"] == PROHIBITED or required in (*DENIED, PROHIBITED)
