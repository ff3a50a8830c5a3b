"""Whether a memo is the one that was written: it holds, it was changed, or nobody can tell.

A memo's own hash shows a change only of those who did not make the hash anew. So the whole text is
compared: with the memo that the ledger's answer makes, and without such an entry with the memo that
the register at hand makes, where register, lists and version are those that answered then.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.signing import Signed, signed_by
from detente.transaction.memo.ledger import Compared, LedgerRecords, compare, difference
from detente.transaction.memo.memo import memo_of, render
from detente.transaction.memo.reading import MemoStatement, read_memo

if TYPE_CHECKING:
    from detente.answers.memo import MemoFound
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.transaction.assessment import Assessment

__all__ = ["CANNOT_TELL", "CHANGED", "HOLDS", "check_memo", "damaged", "read_memo"]

HOLDS, CHANGED, CANNOT_TELL = "holds", "changed", "cannot_tell"
"""The three outcomes."""

UNDATED = "That it was written at this instant rests on the memo's own word."


class Judgement(NamedTuple):
    """An outcome, why, and the number of the entry that it was compared with."""

    outcome: str
    because: str
    entry: int | None = None


class Again(NamedTuple):
    """A memo's question, asked again.

    Attributes:
        answer: what the register at hand answers; None where the question cannot be asked.
        trouble: why it cannot be asked; "" where it can.
        text: the memo that the answer makes.
        comparable: whether register, lists and version are those that the memo states.
    """

    answer: Assessment | None
    trouble: str
    text: str
    comparable: bool


def check_memo(
    register: Register,
    schedule: Schedule,
    read: MemoStatement,
    records: LedgerRecords | None = None,
) -> MemoFound:
    """A memo beside the ledger's answer, and beside what the register at hand answers.

    Args:
        register: the register that is asked again.
        schedule: the goods schedule that is asked again.
        read: the memo.
        records: the ledger, where there is one.

    Returns:
        ``outcome, signed_by, signer, recorded_as {entry, hash}, because, holds, unchanged, stated,
        computed, ledger, register {memo, at_hand, same, version_memo, version_at_hand}, answer
        {memo, at_hand, same, pay, decision, pay_then, decision_then}``. ``because`` is the reason
        of the outcome in words; ``signed_by`` the public key of a signature that fits, ``signer``
        whose it is, where that is known; ``ledger`` the number of the entry that the memo was
        compared with. ``answer.same`` says whether the register at hand makes this memo, word for
        word; with another register, other lists or another version than the memo's it is None.
    """
    from detente._version import __version__

    again, stated = _ask(register, schedule, read), read.again
    signed = _signed(read)
    found = _by_signature(read, _judge(read, records, again), signed)
    answer = again.answer
    at_hand = answer["register"]["sha256"] if answer is not None else None
    return {
        "outcome": found.outcome,
        "signed_by": signed.key if signed is not None and signed.fits else None,
        "signer": signed.name if signed is not None and signed.fits else None,
        "recorded_as": {"entry": read.attested.entry, "hash": read.attested.hash},
        "because": found.because,
        "holds": found.outcome == HOLDS,
        "unchanged": read.unchanged,
        "stated": read.stated,
        "computed": read.computed,
        "ledger": found.entry,
        "register": {
            "memo": stated.get("register_sha256"),
            "at_hand": at_hand,
            "same": at_hand is not None and stated.get("register_sha256") == at_hand,
            "version_memo": stated.get("version"),
            "version_at_hand": __version__,
        },
        "answer": {
            "memo": stated.get("answer_sha256"),
            "at_hand": answer["sha256"] if answer is not None else None,
            "same": again.text == read.text if again.comparable else None,
            "pay_then": stated.get("pay"),
            "pay": answer["verdict"]["pay"] if answer is not None else None,
            "decision_then": stated.get("decision"),
            "decision": answer["licence"]["decision"] if answer is not None else None,
        },
    }


def damaged(error: ValueError) -> MemoFound:
    """The outcome for a memo that lacks a part that every memo has."""
    because = f"{error}."
    return {
        "outcome": CHANGED,
        "signed_by": None,
        "signer": None,
        "recorded_as": None,
        "because": because,
        "holds": False,
        "unchanged": None,
        "stated": None,
        "computed": None,
        "ledger": None,
        "register": None,
        "answer": None,
    }


def _signed(read: MemoStatement) -> Signed | None:
    """Who signed a memo; None where nobody did."""
    attested = read.attested
    if attested.key is None or attested.signature is None:
        return None
    return signed_by(attested.key, attested.signature, attested.text_of(read.stated))


def _by_signature(read: MemoStatement, found: Judgement, signed: Signed | None) -> Judgement:
    """What a signature adds: one that does not fit shows a change, one of a known key settles."""
    if signed is None or found.outcome == CHANGED:
        return found
    if not signed.fits:
        because = (
            f"its signature is not of the key {signed.key} over this memo: the memo, its entry or "
            "the key was exchanged after it was signed."
        )
        return Judgement(CHANGED, because, found.entry)
    if signed.name is None:
        because = (
            f"It is signed with the key {signed.key}, which nobody here is known to have: "
            "`detente sign know KEY NAME` keeps a key that you have from its owner."
        )
        return found._replace(because=_sentences(found.because, because))
    signer = f"it is signed by {signed.name} ({signed.key}), and was not changed since."
    if found.outcome == HOLDS:
        return found._replace(because=_sentences(found.because, signer.capitalize()))
    day = "That it was written at this instant rests on the signer's word."
    return Judgement(HOLDS, _sentences(signer, found.because.capitalize(), day), found.entry)


def _ask(register: Register, schedule: Schedule, read: MemoStatement) -> Again:
    """Ask a memo's question again, and write the memo of the answer."""
    from detente._version import __version__
    from detente.register.reading import read as by_reading
    from detente.transaction.assessment import Assessor
    from detente.transaction.shipment import shipment_of

    stated, reading = read.again, read.again.get("reading")
    try:
        register = by_reading(register, reading if isinstance(reading, str) else None)
        question = shipment_of(stated["question"], "the memo's question")
        answer = Assessor(register, schedule).assess(
            question.shipment, question.on, question.known_on
        )
    except ValueError as error:
        return Again(None, str(error), "", False)
    comparable = (stated.get("register_sha256"), stated.get("version")) == (
        answer["register"]["sha256"],
        __version__,
    )
    return Again(answer, "", render(memo_of(answer, read.written), read.form), comparable)


def _judge(read: MemoStatement, records: LedgerRecords | None, again: Again) -> Judgement:
    """By the memo's own hash, then by the ledger, then by the register at hand."""
    compared = [] if records is None else compare(read, records.entries)
    first = compared[0].entry.number if compared else None
    if not read.unchanged:
        because = (
            f"its SHA-256 is {read.computed}, and it states {read.stated}: it was changed after "
            "it was written."
        )
        return Judgement(CHANGED, because, first)
    if records is not None and records.chain.faults:
        fault = records.chain.faults[0]
        where = f"entry {fault.number}" if fault.number else "as a whole"
        broken = (
            f"The ledger {records.where} is not evidence, since its chain does not hold ({where}: "
            f"{fault.what})."
        )
        return _by_register(read, again, broken)
    other = _other_ledger(read, records)
    if other:
        return _by_register(read, again, other)
    if not compared:
        none = f"The ledger {records.where} holds no answer to this question." if records else ""
        return _by_register(read, again, none)
    return _by_ledger(read, compared, again)


def _other_ledger(read: MemoStatement, records: LedgerRecords | None) -> str:
    """Why the ledger is not the one that a memo was recorded in; "" where it is, or none is named.

    A ledger that was written anew is whole in itself, and this shows it.
    """
    number, hashed = read.attested.entry, read.attested.hash
    if records is None or number is None:
        return ""
    if records.hash_of(number) == hashed:
        return ""
    return (
        f"The ledger {records.where} is not evidence: the memo was recorded as entry {number} with "
        f"the hash {hashed}, and that entry is not there. It was shortened or written anew, or is "
        "another ledger."
    )


def _by_ledger(read: MemoStatement, compared: list[Compared], again: Again) -> Judgement:
    """What the entries say that the memo leads to, the nearest first."""
    from detente._version import __version__

    nearest = compared[0]
    number = nearest.entry.number
    if nearest.dated:
        because = f"entry {number} of the ledger makes this memo, word for word, and of this day."
        return Judgement(HOLDS, because, number)
    if nearest.same:
        because = (
            f"its answer is that of entry {number} of the ledger, word for word, but that was "
            f"recorded at {nearest.entry.recorded}, and nothing shows that the memo was written at "
            f"{read.written}. A memo that is to prove its day is written and recorded at once: "
            "--memo with --record."
        )
        return Judgement(CANNOT_TELL, because, number)
    named = any(each.bound or each.named for each in compared)
    if not named and again.comparable and again.text == read.text:
        return _by_register(read, again, "The ledger holds another answer to the same question.")
    if not nearest.text or nearest.entry.version != __version__:
        because = (
            f"entry {number} of the ledger was recorded by version {nearest.entry.version}, and "
            f"this is {__version__}, which words its memo otherwise. Verify with that version."
        )
        return Judgement(CANNOT_TELL, because, number)
    stated = difference(read.text, nearest.text)
    return Judgement(CHANGED, f"entry {number} of the ledger makes another memo: {stated}.", number)


def _by_register(read: MemoStatement, again: Again, before: str) -> Judgement:
    """What the register at hand says, where it is the one that answered; `before` stands first."""
    if again.comparable and again.text == read.text:
        because = "the same register, asked again, makes this memo, word for word."
        return Judgement(HOLDS, _sentences(because, before, UNDATED))
    if again.comparable:
        stated = difference(read.text, again.text)
        because = f"the same register, asked again, makes another memo: {stated}."
        return Judgement(CHANGED, _sentences(because, before))
    return Judgement(CANNOT_TELL, _sentences(_missing(read, again), before))


def _missing(read: MemoStatement, again: Again) -> str:
    """What would have to be at hand."""
    from detente._version import __version__

    if again.answer is None:
        return f"its question cannot be asked again here: {again.trouble}."
    stated, at_hand = read.again, again.answer["register"]["sha256"]
    missing = []
    if stated.get("register_sha256") != at_hand:
        missing.append(f"register and lists of SHA-256 {stated.get('register_sha256')}")
    if stated.get("version") != __version__:
        missing.append(f"version {stated.get('version')} of the program")
    return (
        f"it was made by {' and '.join(missing)}, and at hand are {at_hand} and version "
        f"{__version__}. Verify where those are, or beside a ledger that holds the answer."
    )


def _sentences(first: str, *others: str) -> str:
    return " ".join(each for each in (first, *others) if each)
