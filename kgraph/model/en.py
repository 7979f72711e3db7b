"""The words of English that names and dates are compared and told by, below the lexicon and the rules.

Another language has a module of its own beside this one. All words are lower case.
"""

from __future__ import annotations

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS)} | {"a": 1, "an": 1}
# "two days earlier": back from the day that was told before
BACK = frozenset(("before", "earlier", "previous"))
# Words of a name that tell nothing about which matter is meant.
EMPTY = frozenset(
    "a an the this that these those his her its their our my your any some all new own of for to on in at "
    "by with from and or as just such further more other another upcoming proposed potential possible".split()
)
# Nouns that alone do not tell one matter from others.
GENERIC = frozenset(
    "plan proposal offer deal agreement accord pact treaty talk negotiation meeting summit call "
    "conversation draft text document framework measure step decision decree law resolution condition "
    "demand idea initiative process it term".split()
)
# Endings in "s" that make no plural.
SINGULAR_ENDINGS = ("ss", "us", "is")
# Titles before a name, as patterns: their full stop ends no sentence.
TITLES_OF_TWO_LETTERS = "Mr|Ms|Dr|St|Lt|No"
TITLES_OF_THREE_LETTERS = "Mrs|Gen|Sen|Rep|Gov|Col"
