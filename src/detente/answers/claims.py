"""What was said, by whom, and what the register answers."""

from typing import Annotated, TypedDict

from detente.answers.shared import Cited, Claim, Consulted


class TestedClaim(Claim):
    """A claim, and what the register answers to it."""

    by: Annotated[str, "The side of the speaker: US, CN or both."]
    source: Annotated[str, "The citations in one text."]
    test: Annotated[str | None, "The command that tests it."]
    answer: Annotated[str | None, "What that command answers, in a few words."]
    untested: Annotated[str | None, "Why no command tests it."]


class ClaimsAnswer(TypedDict):
    """Every claim, by the day on which it was made."""

    on: Annotated[str, "The day for tests that name none."]
    known_on: Annotated[str | None, "ClaimsAnswer that were made after this day are left out."]
    reading: Annotated[str, "law, or announced."]
    claims: Annotated[list[TestedClaim], "The claims."]
    register: Consulted


class ClaimsCited(ClaimsAnswer, Cited):
    """Every claim, with citations that can be opened."""
