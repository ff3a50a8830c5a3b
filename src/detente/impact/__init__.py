"""What measures do to trade, prices and welfare.

Reach for `equilibrium` when a change is large enough to move wages and incomes, for `partial` when
lines of a schedule are asked about and the rest of the economy may stand still, and for `critical`
when an input is cheap and hard to replace, so that neither of the two would see it.

All three are pure functions of arrays or small tables; rates and flows are arguments.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
