"""The worlds at hand, asked by name: ``detente.world.list()``, ``detente.world.show("icio2019")``.

What a world is stands in `detente.impact.accounts.worlds`.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
