"""Critical minerals, stage by stage: who makes what part, what is left, who else builds.

Reach for `answer` to ask about a mineral and not about a shipment of it. What no source tells is
unknown and stays so: nothing is drawn between two years or taken from another stage.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
