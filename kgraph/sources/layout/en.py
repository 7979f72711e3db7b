"""The words of English by which the layout of a text is told: labels of speakers, letters, days, clauses.

(Those that a page puts around its text are in ``boilerplate``.) Another language has a module of its own beside this
one.
"""

from __future__ import annotations

from kgraph.model.en import MONTHS, NUMBERS, WEEKDAYS

# Patterns of days, for texts of any case
MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
WEEKDAY = "|".join(WEEKDAYS)
SHORT_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
# What stands between the time and the name in an announcement: "at 6:40 PM Ana Torres".
BEFORE_A_NAME = rf"(?:on|at|[ap]\.?m\b\.?|utc|gmt|z|ces?t|bst|e[sd]t|p[sd]t|{WEEKDAY}|yesterday|today)"

# Who asks and who answers, as labels
ASKERS = frozenset(
    (
        *("q", "question", "questions", "reporter", "reporters", "press", "moderator"),
        *("interviewer", "journalist", "journalists", "questioner"),
    )
)
ANSWERERS = frozenset(("a", "answer"))
# Names of fields and of parts of a text, not of people
NO_NAMES = frozenset(
    (
        *("note", "notes", "update", "background", "context", "summary", "source", "sources", "date", "subject"),
        *("from", "to", "cc", "bcc", "sent", "re", "fw", "fwd", "contact", "place", "time", "location"),
        *("who", "what", "when", "where", "why", "how", "example", "warning", "correction"),
    )
)
FORM_OF_ADDRESS = "mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady"
# Small words within a name: "Chair of the Board", "Ana de la Torre"
IN_A_NAME = "de|la|van|von|al|bin|el"
IN_AN_OFFICE = "of|the|for|and|de|van|von|al|el|bin"
IN_A_BODY = "of|the|for|and|on"
# That somebody is interviewed
INTERVIEW = (
    r"\binterview|\bQ ?& ?A\b|\bquestions and answers\b|\bin conversation\b"
    r"|\b(?:talks?|talked|spoke|speaks) (?:to|with)\b"
)
AFTER_INTERVIEWED = r", (?:the |a |an |who |[a-z])| (?:talks?|talked|spoke|speaks|tells|told)\b"

# Letters
LETTER_FIELD = "from|sent|date|to|cc|bcc|subject|reply-to|sender|organi[sz]ation|message-id"
DAY_FIELDS = ("date", "sent")
WROTE = "wrote|writes|posted|said"
SEPARATOR = (
    r"[-_*= ]{2,}(?:original message|original appointment|forwarded (?:message|by\b.*)|reply message)[-_*= ]*"
    r"|begin forwarded message:"
)

# Resolutions: verbs that begin a clause also before a capital, and what may stand before them
CLAUSE_VERB = (
    "urges|requests|invites|encourages|condemns|commends|directs|asks|thanks"
    "|welcomes|supports|endorses|recognizes|recognises|adopts|approves|rejects|deplores|denounces|authorizes"
    "|authorises|appoints|congratulates|reminds|instructs|notes|recalls|reaffirms"
)
BEFORE_A_CLAUSE_VERB = "Also|Further|Again|[A-Z][a-z]+ly"

# First parts of words that keep their hyphen at the end of a line
HYPHENED = frozenset((*NUMBERS, "non", "pro", "anti", "self", "ex", "well", "cross", "cease", "mid"))
