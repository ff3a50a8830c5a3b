"""What ``detente panel`` says of the file it wrote."""

from __future__ import annotations

import sys

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted

if TYPE_CHECKING:
    from detente.answers.tables import PanelWritten
    from detente.questions.request import QuestionRequest


def end(ask: QuestionRequest, done: PanelWritten) -> None:
    """Say on standard error how many rows there are, and what of them is not settled."""
    from detente.core.coverage import READ
    from detente.duty.answer import horizon

    origins = counted(len(done["origins"]), "origin")
    print(f"{counted(done['rows'], 'row')}: {origins}", file=sys.stderr)
    if done["last"] > done["reviewed_through"]:
        print(horizon(done["reviewed_through"], done["last"]), file=sys.stderr)
    for row in done["coverage"]:
        if row["state"] != READ:
            print(f"not settled, {row['what']}: {row['scope']}", file=sys.stderr)
