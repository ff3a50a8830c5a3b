"""What a name of an entry that is kept is: printed, or made of one that is."""

from __future__ import annotations

from detente.parties.lists.model import ALSO, CHINESE, KNOWN, MAIN
from detente.parties.names.comparing import CRAFT, PERSON

SPOKEN = "said"
"""Kind of a name that is a Chinese one written as it is said."""
KNOWN_AS = "known as"
"""Kind of a name in which a brand is written as the other name that it is known by."""
ACRONYM = "acronym"
"""Kind of a name that is the acronym which the list prints in brackets behind the name."""
BARE = "bare"
"""Kind of a name that is a printed one without what stands in brackets."""
UNREAD = "unread"
"""Kind of a name of which one word is not understood; see `names.with_a_word_unread`."""
BODY_ALONE = "body alone"
"""Kind of a name that is a body's without what a list prints around it; see `documents`."""
CROSSED = "crossed"
"""Kind of a name that is a listed brand with the trade that another name of the party has."""
AS_PERSON = "as a person"
"""Kind of a name that may be a person's, where nobody says what the party is."""
OF_KNOWN = frozenset({KNOWN_AS, BARE, BODY_ALONE})
"""How a name is read that is no less known so."""

UNCOUNTED = frozenset({UNREAD, BODY_ALONE, CROSSED, KNOWN, AS_PERSON})
"""Kinds of names whose words another form of the name has, or no list: they do not say how rare a
word is."""
PINYIN = "pinyin"
"""Kind of a name that is a Chinese one in full pinyin, without its legal form."""
ALONE = "brand alone"
"""Kind of a name that is the brand of a company, which tells it where nothing else is asked."""
NO_PATRONYMIC = "no patronymic"
"""Kind of a name that is a person's without the patronymic, which documents seldom write."""
PARTIES = {"vessel": CRAFT, "aircraft": CRAFT, "individual": PERSON}
"""What a party is, by the kind that the list prints."""
INDIVIDUAL = "individual"
"""Kind of an entry that is a person."""
PRINTED = frozenset({MAIN, ALSO, CHINESE})
"""Kinds of names that are written as they are read."""
