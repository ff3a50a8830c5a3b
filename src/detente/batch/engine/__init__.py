"""The same law for millions of entries: entries that the law treats alike are resolved once.

    line class   lines with the same rows in every list
    place class  countries alike in every set of places
    regime       minutes between two changes
    fact pattern    what the tests of the law see of the entry facts

A cell of these four has one *situation*, found by ``resolve``. Those without facts were found when
the package was built (``kept``); another is found when it is first met (``finder``) and remembered.
What is left for each entry is arithmetic on columns, in exact integers. Whatever that arithmetic
does not cover is marked, and the caller takes the single path for it.
"""
