"""The shapes of a licence question and of its answer; all immutable."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import NamedTuple
from detente.core.coverage import Coverage
from detente.register.control_terms import DECISIONS as DECISIONS
from detente.register.control_terms import LICENCE as LICENCE
from detente.register.control_terms import NONE as NONE
from detente.register.control_terms import POLICIES as POLICIES

CANDIDATES = "candidates"
"""What is decided where something unknown leaves several decisions."""

NOT_COVERED = "not_covered"
"""What is decided where no rule asks a licence, and rules that may ask one were not read."""

RANKED = (NONE, NOT_COVERED, *DECISIONS[1:])
"""Decisions of an answer, the mildest first."""

LISTING_DAY = "listing_day"
"""What is needed where an entry of a list does not say since when it stands there."""

END_USER, EXPORTER = "end_user", "exporter"


class PartyFinding(NamedTuple):
    """That a party of the transaction belongs to a class that controls name.

    Attributes:
        name: the party as given.
        role: ``end_user`` or ``exporter``.
        word: the class, such as ``EL-FN5``.
        policy: the review policy that the list states for it; empty where it states none.
        entry: the entry that it is, in words.
        citation: where that entry was published.
        since: first day on which it may be listed, as a day number; None for no such bound.
        certain: first day on which it is known to be listed; None for ``since`` itself.
        until: first day on which it no longer is; None for none.
        likely: whether to decide on it; a doubtful finding is an open question only.
    """

    name: str
    role: str
    word: str
    policy: str = ""
    entry: str = ""
    citation: str = ""
    since: int | None = None
    until: int | None = None
    likely: bool = True
    certain: int | None = None


class LicenceQuestion(NamedTuple):
    """What is asked about one transaction.

    Attributes:
        start: ISO country that the goods leave.
        to: ISO country that they go to.
        minutes: the moment on the wall clock of each side.
        item: a control code or a plain name; None when only a tariff code is known.
        code: four to ten digits of a tariff; None when an item is named.
        facts: what else is known, by entry fact, as text.
        made_in: ISO country of origin; None for the country that the goods leave.
        content: shares of the value that are Chinese items, by item, as text.
        headquarters: ISO country of the end user's ultimate parent; None when not known.
        parties: what was found about the parties.
        end_user_known: whether an end user was named at all.
        exporter: name of the exporter; empty when not given.
        screened: roles whose party was screened by its name.
        lists: how each list of parties is held for the day, by role and short name.
        owners_known: whether the owners of the end user were asked about.
        known_on: day number; law announced later is left out. None for all that is known.
        exclude_boundary: count days whose inclusion a text leaves open as not included.
        scheduled: ask what the law read says of later days, as if nothing were ordered since.
    """

    start: str
    to: str
    minutes: Mapping[str, int]
    item: str | None = None
    code: str | None = None
    facts: Mapping[str, str] = {}
    made_in: str | None = None
    content: Mapping[str, str] = {}
    headquarters: str | None = None
    parties: tuple[PartyFinding, ...] = ()
    end_user_known: bool = False
    exporter: str = ""
    screened: frozenset[str] = frozenset()
    lists: Mapping[tuple[str, str], Coverage] = {}
    owners_known: bool = False
    known_on: int | None = None
    exclude_boundary: bool = False
    scheduled: bool = False


class Condition(NamedTuple):
    """One condition of a provision.

    Attributes:
        kind: ``state, from, to, made, headquarters, item, party, content, fact, under``.
        holds: true, false, or None where it cannot be told.
        text: what was asked and found, in words.
        fact: the entry fact that it tests, for ``fact`` and ``content``; for a party that was
            found, the review policy that its entry states.
        ways: facts with a value that would make it hold, where nothing was said of them.
    """

    kind: str
    holds: bool | None
    text: str
    fact: str = ""
    ways: tuple[tuple[str, str], ...] = ()


class FiredProvision(NamedTuple):
    """A provision that fired, or nearly did.

    Attributes:
        by: the side.
        measure: its id.
        provision: the provision's id.
        decision: ``licence``, ``prohibited`` or ``none``.
        policy: review policy, or empty.
        why: the conditions that held, in words; for a near miss the one that did not.
        state: state of the provision at the moment.
        start: minute from which the provision stands as it does.
        until: minute at which that ends; None for none.
        conditions: what an application must show under the policy.
        exceptions: names of licence exceptions that may free it.
        displaced_by: name of the provision that stands in its place; empty for none.
        revived: whether it is in force again after a suspension that ended by its date.
        failed: for a near miss, the condition that failed.
        always: whether it fires whatever the goods turn out to be.
        reviewed_by, review: where the policy of a control list stands, and what it says.
        review_grade: how well that was read.
    """

    by: str
    measure: str
    provision: str
    decision: str
    policy: str
    why: str
    state: str
    start: int | None
    until: int | None
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    displaced_by: str = ""
    revived: bool = False
    failed: Condition | None = None
    always: bool = True
    reviewed_by: str = ""
    review: str = ""
    review_grade: str = ""


class ItemCandidate(NamedTuple):
    """What the goods may be, and what would be decided then.

    ``item`` is None for goods that are none of the items that the code suggests.
    """

    by: str
    item: str | None
    title: str
    decision: str
    policy: str
    needs: tuple[str, ...]
    code: str = ""
    grade: str = ""


class OpenDecision(NamedTuple):
    """A question left open, with decision, policy and strictest decision on each side.

    ``kind`` is ``fact``, ``party``, ``list`` or ``boundary``; ``fact`` names the entry fact. The
    strictest decision is the decision itself, or that of the strictest candidate.
    """

    kind: str
    fact: str
    question: str
    if_true: tuple[str, str, str]
    if_false: tuple[str, str, str]


class RegimeAnswer(NamedTuple):
    """What the law of one side decides.

    ``measures`` are the ids of all that were consulted, ``reached`` the provisions that fire
    or would on another day, ``coverage`` is what the decision rests on.
    """

    by: str
    decision: str
    policy: str
    rules: tuple[FiredProvision, ...]
    nearly: tuple[FiredProvision, ...]
    needs: tuple[str, ...]
    candidates: tuple[ItemCandidate, ...]
    doubts: tuple[OpenDecision, ...]
    notes: tuple[str, ...]
    measures: tuple[str, ...]
    reached: tuple[tuple[str, str], ...]
    coverage: tuple[Coverage, ...] = ()


class LicenceAnswer(NamedTuple):
    """What both sides decide; the stricter decision is the answer.

    Attributes:
        decision: ``none``, ``licence``, ``prohibited``, ``candidates`` or ``not_covered``.
        policy: review policy; empty where no licence is needed or none is stated.
        regimes: the answer of each side.
        facts: the facts as read, those of a named product among them.
    """

    decision: str
    policy: str
    regimes: tuple[RegimeAnswer, ...]
    facts: Mapping[str, str] = {}
