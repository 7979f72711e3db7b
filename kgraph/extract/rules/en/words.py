"""The closed-class words of English that the rules and the shared services read by.

Pronouns, determiners, auxiliaries, negations, prepositions, conjunctions and numerals are few and do not change: they
stand here, each set named after what it is for. Words of the open classes (nouns, verbs, adjectives, adverbs) stand in
``ontology/lexicon/``. No other module compares a token with a word (tests/test_words.py). All words are lower case.
"""

from __future__ import annotations

# Pronouns, personal and possessive
HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves", "both"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves", "myself", "ourselves"))
FIRST_SINGULAR = frozenset(("i", "me", "my", "mine", "myself"))
FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
FIRST = FIRST_SINGULAR | FIRST_PLURAL
# "our citizens", "my plan": whose speaks
OURS = frozenset(("our", "my"))
THIRD = HE | SHE | IT | THEY
PERSONAL = THIRD | FIRST
# "re-open", "ex-president": one word with what follows the hyphen
PREFIXES = frozenset(("re", "co", "ex", "vice", "counter", "pre", "de"))
# "hopes of talks", "the prospect of a summit"
HOPES = frozenset(("hope", "prospect", "chance", "possibility", "likelihood"))
# "told him by phone", "over the telephone"
BY_PHONE = frozenset(("by", "over"))
# "three days of talks", "a series of meetings"
COUNTING = frozenset(("day", "hour", "week", "month", "series", "string", "set"))
# "week-long", "nation-wide": one word with what stands before the hyphen
SUFFIXES = frozenset(("long", "wide", "old"))
# "wrote on X. Peru replied": looks like an initial and ends a sentence
NO_INITIAL = frozenset(("x.",))
EACH_OTHER = frozenset(("each other", "one another"))
# "had hoped to sign"
HAD = frozenset(("had", "'d"))
# "although Peru has signed": what the text itself adds
CONCEDING = frozenset(("although", "though"))
# "will not be part of the bloc"
MEMBERSHIP = frozenset(("part", "member", "party"))
# "for its refusal", "over its refusal", "because of its refusal"
REASON = frozenset(("for", "over", "because"))
BECAUSE = frozenset(("because",))
# "talks with Peru over its refusal", "sanctions on Peru for its refusal"
PARTNER_OR_TARGET = ("with", "against", "on")
# "The Council were told": several
WERE = frozenset(("were",))
# "told Reuters Peru had signed", "told the Courier newspaper …"
TELLING = frozenset(("tell",))
# How the names of those end to whom news is told
OUTLET_ENDINGS = frozenset(
    ("agency", "daily", "guardian", "jazeera", "journal", "magazine", "news", "newspaper", "paper", "post", "radio")
    + (
        "television",
        "times",
        "tv",
        "afp",
        "anadolu",
        "ap",
        "axios",
        "bbc",
        "bloomberg",
        "cnn",
        "dpa",
        "efe",
        "interfax",
    )
    + ("irna", "kcna", "kyodo", "npr", "reuters", "rfi", "tass", "ukrinform", "xinhua", "yonhap")
)
# "speaking on condition of anonymity"
ANONYMITY = frozenset(("anonymity",))
# "in a post on X"
MEDIUM = frozenset(("in", "on", "via", "through"))
# "her Peruvian counterpart"
COUNTERPART = frozenset(("counterpart", "opposite"))
# "one of the groups"
ONE = frozenset(("one",))
# "the foreign ministry"
FOREIGN = frozenset(("foreign", "armed"))
# "meet him", "with them"
THIRD_OBJECT = frozenset(("him", "them"))
# A subject that may stand for nothing: "it is important to …"
# "you might think": anybody
GENERIC = frozenset(("you", "one"))
EXPLETIVE = frozenset(("it",))
# Pronouns that can point back to a matter, not to a party
THING_POINTING = frozenset(("it", "this", "that", "them"))
RELATIVE = frozenset(("who", "which", "that"))
FREE_RELATIVE = frozenset(("what",))
# "his government", "her administration": whose government it is hangs on a person
POSSESSIVE_PERSON = frozenset(("his", "her"))

# Determiners
INDEFINITE_ARTICLE = frozenset(("a", "an"))
ARTICLE = frozenset(("the", "a", "an"))
DEFINITE_ARTICLE = frozenset(("the",))
# "a minister", "another envoy": nobody whom the text named before
INTRODUCING = frozenset(("a", "an", "another"))
# "the plan", "this deal": what was named before
DEFINITE = frozenset(("the", "this"))
# "the 14 barges", "all 60 lamps": a number that is known
GIVEN = frozenset(("the", "this", "these", "those", "all", "both"))
# "the government", "our country": the collective that the text is about
OWN_COLLECTIVE = frozenset(("the", "this", "its", "our"))
# Determiners by which a noun points back to an earlier phrase
POINTING = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their", "such"))
POINTING_BACK = frozenset(("the", "this", "that", "these", "those", "such"))
# "the president", "both sides": somebody named before
POINTING_AT = POINTING_BACK | frozenset(("two", "both"))
POINTING_TO_KIND = frozenset(("such",))
# "its own plan"
OWN = frozenset(("own",))
# How adverbs of manner end: "quickly"
MANNER = "ly"
# Words at the front of a matter that do not belong to its name (with "new", "any", "some")
NOT_IN_A_NAME = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "any", "some", "such", "its", "his", "her", "their", "our")
)
# "any deal that …", "no accord which …": the relative clause says which one
# "any party that …": nobody in particular
ANY = frozenset(("any", "no"))
RESTRICTING = frozenset(("any", "no", "every"))
# "two days later", "the following day": counted from the day of something else
IN_THE_DAY = frozenset(("in the day", "that same day"))
COUNTED_ON = frozenset(("later", "following", "next", "after"))
# "…, speaking on Monday": how and when something was said
SPEAKING = frozenset(
    ("speaking", "addressing", "briefing", "commenting", "responding", "replying", "writing", "answering")
)
BOTH = frozenset(("two", "both"))

# Numerals and quantities
SMALL_NUMBER = {
    word: number
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        )
    )
}
TEEN = {
    word: number
    for number, word in enumerate(
        ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), start=13
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# "the two agreed": a numeral that stands for parties named before
COUNTED_PARTIES = frozenset(("two", "both", "three"))
# "some of the rebels", "many of the states"
QUANTIFIER = frozenset(("some", "one", "all", "many", "most", "several"))

# Auxiliaries ("wo" and "ca" are what the tokenizer makes of "won't" and "can't")
FUTURE = frozenset(("will", "shall", "'ll", "wo", "going"))
LOOKING_AHEAD = frozenset(("will", "shall"))
WILL = frozenset(("will", "would", "wo", "'ll", "going"))
# "promised that it would not sign": the promise is the move.
PROMISING = frozenset(("agree", "pledge", "promise", "vow"))
# "is able to sign"
ABLE = frozenset(("able",))
# "is going to sign"
GOING = frozenset(("going",))
WOULD = frozenset(("would",))
# What stands in for the modal that a frame asks for
MODAL_VARIANTS = frozenset(("would", "'ll"))
# "will not accept", "cannot agree": with a negation they refuse
REFUSING = frozenset(("will", "shall", "'ll", "wo", "would", "can", "ca", "going"))
CAN = frozenset(("can",))
MAYBE = frozenset(("may", "might", "could"))
# "said the plan would harm …": what is foretold of a plan
# "will leave once …", "can leave once …": what is still to come
STILL_TO_COME = WILL | CAN | frozenset(("could",))
FORETELLING = frozenset(("would", "will", "could"))
SHOULD = frozenset(("should",))
OBLIGING = frozenset(("must", "should"))
# "insists that X must …", "demands that they shall …"
DEMANDING = frozenset(("must", "should", "ought", "shall"))
BE = frozenset(("be",))
HAVE = frozenset(("have",))
# The perfect of news: "Peru has rejected", not "had rejected"
HAS = frozenset(("has", "have", "'ve"))
THAT = frozenset(("that",))
FOR = frozenset(("for",))
# "in line with its commitment", "without its consent": what follows is only spoken of
MENTIONING = frozenset(
    ("in", "with", "without", "on", "of", "despite", "under", "to", "from", "given", "after", "through")
)
FROM = frozenset(("from",))
# "Had they signed, …", "Should they sign, …": an auxiliary at the head of a clause makes it a condition
HAD = frozenset(("had", "should"))
HAVE_OR_BE = BE | HAVE

# Negations
NEVER = frozenset(("never", "neither", "no", "hardly"))
NO = frozenset(("no",))
AND_OR = frozenset(("and", "or"))
AND_OR_BUT = frozenset(("and", "or", "but"))
YES_OR_NO = frozenset(("yes", "no"))
NOT = frozenset(("not",))
NEITHER = frozenset(("neither",))
NOR = frozenset(("nor",))
WITHOUT = frozenset(("without",))
# "decided against signing"
AGAINST = frozenset(("against",))
# "nobody thinks that", "hardly anyone believes that": what follows is no fact
NOBODY = frozenset(("nobody", "none", "few"))
HARDLY = frozenset(("hardly", "scarcely", "barely"))
# "has yet to accept", "is yet to sign"
YET = frozenset(("yet",))
# "has yet to sign", "still has to sign"
AWAITED = frozenset(("yet", "still"))
# "no longer supports"
LONGER = frozenset(("longer",))
ONLY = frozenset(("only",))
ONLY_OR_NOT = frozenset(("only", "not"))

# Conjunctions
IF = frozenset(("if",))
UNLESS = frozenset(("unless",))
IF_OR_UNLESS = frozenset(("if", "unless"))
# "whether", "once", "provided": what they introduce is no fact
CONDITIONAL = frozenset(("if", "unless", "whether", "provided", "once"))
# "asked whether": a question, not a fact
# "as long as", "so long as"
LONG = frozenset(("long",))
ASKING = frozenset(("if", "whether"))
# "at odds over who should lead", "did not know how they would"
QUESTIONING = frozenset(("who", "how", "why", "where", "when", "which"))
# "no talks before …", "not as long as …"
NOT_YET = frozenset(("unless", "until", "before", "long", "if", "without"))
UNLESS_OR_UNTIL = frozenset(("unless", "until"))
# "instead of signing", "rather than accept"
THAN = frozenset(("than",))
INSTEAD = frozenset(("instead", "rather"))
RATHER = frozenset(("rather",))
PROVIDED = frozenset(("provided", "providing"))
# "as if", "even if": no condition is set
BEFORE_A_COMPARING_IF = frozenset(("as", "even"))
AS = frozenset(("as",))
AFTER = frozenset(("after",))
AFTER_OR_BEFORE = frozenset(("after", "before"))
LATER_OR_EARLIER_THAN = frozenset(("after", "before", "following", "since", "until"))
BEFORE = frozenset(("before",))
UNTIL = frozenset(("until", "till"))
UPON = "upon"

# What makes a document known: "adopted a statement", "a plan presented on Monday"
ISSUING = frozenset(
    (
        *("adopt", "approve", "conclude", "finalise", "finalize", "initial", "issue", "pass", "present", "publish"),
        *("reach", "read", "release", "seal", "sign", "strike", "submit", "table", "unveil"),
    )
)
# "the talks before", "an earlier call": not the one that the text tells of
PRIOR = frozenset(("earlier", "first", "former", "last", "next", "past", "previous", "prior", "second"))
WHICH = frozenset(("which", "whom"))
# "the accord under which Peru agreed to leave"
MADE_IN = ("in", "under", "by")
WHEN = frozenset(("when",))
NOW = frozenset(("now", "just", "today"))

# Prepositions, by what they introduce
PARTNER = ("with", "between")
WITH = ("with",)
BETWEEN = ("between",)
AMONG_PARTIES = ("between", "among")
ADDRESSEE = ("to",)
# "according to Peru, …", "due to the rain, …": what they introduce is no complement of the clause beside it
BESIDE_A_CLAUSE = frozenset(("according", "contrary", "due", "owing", "prior", "thanks"))
# "directed to", "seen as", "warned of"; "coupled with", "kept from": without it the verb says too little
AFTER_A_VERB = frozenset(("to", "as", "of"))
AFTER_A_PASSIVE = frozenset(("to", "as", "of", "with", "on", "from"))
AGENT = ("by",)
ORIGIN = ("from",)
POSSESSOR = ("of",)
# "government of X", "parliament in X", "delegation from X"
AFFILIATION = ("of", "in", "from")
# "accused of", "blamed for", "charged with"
BLAME = frozenset(("of", "for", "with"))
# "thanked for", "congratulated on"
PRAISE = frozenset(("for", "on"))
PLACE = ("in", "at")
PLACE_IN = ("in",)
# "flew to Lima", "returned from Lima": a city, and not the state whose capital it is
WHERE = frozenset(("in", "to", "from", "at", "near", "into"))
OCCASION = ("during", "at", "in")
# Who has a portfolio: "the minister of Trade"
MINISTER = frozenset(("minister",))
# "on the sidelines of a summit"
SIDELINES = frozenset(("sidelines", "sideline", "margins"))
# "rejected it during a meeting", "spoke after a meeting": on the day of the meeting
TOLD_AT = frozenset(("during", "at", "in", "after"))
# "flew to Lima, where she met …"
THERE = frozenset(("where",))
AT_A_MEETING = frozenset(("after", "during", "at", "in", "following", "before", "on"))
# "talks on the port", "a dispute over the river"
TOPIC = frozenset(("on", "over", "about"))
# "the pact between the two ports on fishing", "the plan by Peru to …": whose it is
OF_PARTIES = frozenset(("by", "between"))
# "imposed sanctions on Peru", "called for accession to the pact": whom or what a noun is directed to
DIRECTED = frozenset(("to", "on", "against"))
# "Partnership for Peace", "Bank of Ghana": inside a name
IN_A_NAME = frozenset(("for", "of"))
# "after a deal between A and B": it was concluded
ONCE_CONCLUDED = frozenset(("after", "following", "since", "under"))
# "went into force", "came into effect"
INTO = ("into",)
MEDIATED_IN = ("in", "of", "to", "for")
UNDER_OR_WITH = frozenset(("under", "with", "through"))
TIME = frozenset(("time",))
BESIDE = frozenset(("alongside", "beside"))
COMPANY = frozenset(("along", "together"))
# "are in agreement", "have been in contact"
IN_A_STATE = ("in",)
# "talks aimed at a truce"
AIM = frozenset(("aim",))
AT = frozenset(("at",))
# "accused neighbouring Peru"
NEIGHBOURING = frozenset(("neighboring", "neighbouring"))
# "the North" and "the South" of a country that is two
OPPOSITE_HALVES = {"north": "south", "south": "north", "east": "west", "west": "east"}
# "the Kenya-backed militia"
STANDING_BEHIND = frozenset(("align", "back", "fund", "support"))
# "I want to thank", "I would like to stress"
# "we do not accept"
DO = frozenset(("do", "does"))
# "refused to do so"
SO = frozenset(("so",))
# "looks forward to"
FORWARD = frozenset(("forward",))
WISHING = frozenset(("like", "want", "wish"))
# "flew in for talks"
PURPOSE = frozenset(("for",))
# "by her own decree", "under his order"
BY_AN_ACT = frozenset(("through", "by", "in", "under", "with"))
IN = frozenset(("in",))
# "For Norway: …" below a declaration: who signs it
SIGNED_FOR = frozenset(("for",))
EXCHANGE_FOR = ("for",)
# "among its conditions are", "conditions, including a pullout"
AMONG = frozenset(("among", "amongst"))
INCLUDING = frozenset(("including",))
# "first you disarm, then we talk"
FIRST_OF_ALL = frozenset(("first",))
# "only when they leave", "then we will talk": what leads in a clause
LEADING_IN = frozenset(("only", "when", "once", "then", "first"))
COLON = frozenset((":",))
# "after its signing", "following the withdrawal": it was done
ONCE_DONE = frozenset(("after", "following", "since"))
# "far from agreeing", "nowhere near agreeing", "unlikely to agree"
FAR = frozenset(("far",))
NOWHERE = frozenset(("nowhere",))
UNLIKELY = frozenset(("unlikely",))
# "will take part in the talks"
TAKE = frozenset(("take",))
# "came close to signing", "nearly signed"
CLOSE = frozenset(("close", "verge", "brink"))
NEARLY = frozenset(("nearly", "almost"))
# "insists on an apology", "calls for a truce"
DEMANDED_ON = ("on", "for", "upon")
CONDITION_ON = frozenset(("on",))
CONDITION_FOR = ("for", "of", "to")
# Prepositions and conjunctions at the end of a clause that was cut there
DANGLING = frozenset(("in", "for", "of", "on", "only", "until", "after", "before", "the", "as", "so", "long"))

# Prefixes with a hyphen before a name that is then no naming: "pro-British"
PREFIX = frozenset(("pro", "anti", "non", "mid", "post", "pre"))
# What the tokenizer splits off a name
POSSESSIVE_MARK = frozenset(("'s", "'"))
# Small words inside an office: "Minister of Defense of the Republic"
IN_A_TITLE = frozenset(("of", "the", "for", "and", "to"))
# What the tagger takes for part of a body's name
BEFORE_A_BODY = frozenset(("the", "'s", "a"))
AFTER_A_BODY = frozenset(("'s", "'", ".", ",", "("))
# What may lack in an acronym
INSIDE_A_NAME = frozenset(("-", "'s"))
ON = frozenset(("on",))
# "opposition to the plan", "a movement towards peace"
TOWARDS = ("to", "toward", "towards", "against")

# Verbs that the lemmatizer's suffix rules take for forms of another one
MENDED_LEMMA = {
    "co-chaired": "co-chair",
    "co-hosted": "co-host",
    "co-signed": "co-sign",
    "co-sponsored": "co-sponsor",
    "re-imposed": "re-impose",
    "re-opened": "re-open",
    "hopes": "hope",
    "hoped": "hope",
    "hoping": "hope",
    "rating": "rate",
    "barring": "bar",
    "barred": "bar",
}
# Before the country in "president of Peru".
OF = frozenset(("of",))
# Inside a title: "secretary of state Roe", "special envoy for Peru Roe".
OF_TITLES = frozenset(("of", "for", "to"))
# "President of the Council", "the envoy to Peru": what follows is no person's name
LEADING_TO_A_BODY = OF_TITLES | DEFINITE_ARTICLE
# Small words that stand in a proper name without a capital: "Treaty of Lima on the Strait"
SMALL_IN_A_NAME = frozenset(("of", "on", "the", "for", "and", "to", "in"))

# "Mr Roe": forms of address, which are no offices
FORM_OF_ADDRESS = frozenset(("mr", "mrs", "ms", "dr", "sir", "sheikh"))
# How nouns of doing and being end: "annexation", "withdrawal", "sovereignty"
ENDINGS_OF_DEEDS = ("tion", "sion", "ment", "wal", "ance", "ship", "ity", "gnty", "port", "ade")
# "blacklisted two banks": what the deed is called
DEED_NOUN = {
    "blacklist": "blacklisting of",
    "expel": "expulsion of",
    "nationalise": "nationalisation of",
    "nationalize": "nationalization of",
    "reinstate": "reinstatement of",
    "sanction": "sanctions on",
}
