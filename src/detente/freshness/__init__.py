"""How new the law is: what was read, what the official indexes list beyond it, bundles of law.

Reach for ``watching.watch`` to go through the indexes and say what nobody read, for ``recording``
to write down what became of a document, and for ``bundles`` and ``updating`` to carry law apart
from code.
"""
