"""The name of a matter taken apart: what sort of thing it is, whom it names, and the words that tell which one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile

import snowballstemmer

from kgraph.extract.rules.en import words as english
from kgraph.knowledge import Knowledge
from kgraph.link.names import is_role
from kgraph.link.parties import side_of
from kgraph.model.dates import NUMBERS, WEEKDAYS
from kgraph.model.statement import MAX_NAME_WORDS
from kgraph.vocabulary import EntityType

# The sort of what ends a conflict as a whole, and the sorts of what can do so.
SETTLEMENT = "settlement"
_END_OF_STRIFE = "end of strife"
# Sorts of which a negotiation has one, as long as nothing tells another from it.
ONE_OF_A_KIND = frozenset((SETTLEMENT, _END_OF_STRIFE))
CALL = "call"
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_NUMBER = re.compile(r"\d")
# "1,500" is one number.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# From two on: "one" is a pronoun as well.
_NUMBER_WORDS = {word: str(number) for word, number in NUMBERS.items() if number > 1}
# Classes of the lexicon: words behind which a name says what its head belongs to, and words that tell nothing in it.
_PREPOSITION, _FILLER, _BREAK = "name-preposition", "name-filler", "name-break"
_PRONOUN, _AUXILIARY, _MERE = "name-pronoun", "name-auxiliary", "mere-word"
_INSIDE = re.compile(r"\b(?:in|at)\s+$", re.IGNORECASE)
# A quotation mark that closes what the words before it did not open.
_CLOSES_FIRST = re.compile(r'[^"]*[^\s"(]"(?:\s|$)')
# "between the two leaders", "of both sides": who meets is told elsewhere.
THOSE_TWO = re.compile(r"\b(?:between|of|by|with) (?:the two|both(?: the)?) [a-z]+s\b")
# "free trade agreement (FTA)"
ACRONYM = re.compile(r"\s*\(((?=[^()]*[A-Z])[\w.-]{2,8})(?:\)|$)")
# Two names with a hyphen between them ("Peru-Chile").
_JOINED_NAMES = re.compile(r"\b([A-Z][\w.]*)[-–]([A-Z]\w*)")
# "the 2nd summit" is the second.
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
# Marks that a name neither begins nor ends with.
_MARKS = ' ,;:“”"'
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A name of a matter.

    ``sort`` is the class of nouns that its head belongs to, None for others; ``heads`` are the stems that can be its
    head; ``telling`` the stems of all other words that tell which thing is meant; ``parties`` the sides named in it,
    ``owners`` those named before its head ("the Peruvian plan", "Peru's plan"), ``hosts`` those named by a town in
    which it is ("the accord in Lima"), ``numbers`` the numbers, ``weekdays`` the days of the week.
    """

    sort: str | None
    heads: frozenset[str]
    telling: frozenset[str]
    parties: frozenset[str]
    numbers: frozenset[str]
    weekdays: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    is_plural: bool = False
    negated: bool = False

    @cached_property
    def content(self) -> frozenset[str]:
        """Everything beside the head that tells which thing is meant."""
        return self.telling | self.parties | self.numbers

    @cached_property
    def objects(self) -> frozenset[str]:
        """The sides that what is named is about or done to."""
        return self.parties - self.owners - self.hosts

    @cached_property
    def is_bare(self) -> bool:
        """ "the deal": nothing in it tells which one is meant."""
        return not self.content and not self.others

    @cached_property
    def words(self) -> frozenset[str]:
        """What two names are compared by; of a sort that has many words, not which of them it is."""
        return self.content if self.sort is not None else self.content | self.heads


@lru_cache(maxsize=100_000)
def phrase(name: str, knowledge: Knowledge, verbal: bool = False) -> Phrase:
    """A name taken apart; ``verbal`` says that it is a clause, whose head is its verb ("renew the talks"): "lift the
    ban" and "keep the ban" are two matters, though they share a noun.
    """
    name = _about_itself(_parted(ACRONYM.sub("", name), knowledge), knowledge)
    parties, worldwide, rest = _without_parties(THOSE_TWO.sub(" ", name), knowledge)
    words, numbers = _counted([_ORDINALS.get(word, word) for word in _plain_words(rest)], knowledge)
    before = _head_part(words, knowledge)
    verbal = verbal or is_before_verb("".join(words[:1]), knowledge)
    head, sort = _head_and_sort(before, verbal, knowledge)
    sort = _narrowed(sort, words, before, knowledge)
    heads = _heads(head, _content(words, knowledge)[: 0 if sort or verbal else 1], knowledge)
    named_first, worldwide_first, _ = _without_parties(_before_head(name, knowledge), knowledge)
    return Phrase(
        sort=sort,
        heads=heads,
        telling=_telling(words, sort, knowledge) - heads - {sort} | worldwide,
        parties=parties,
        numbers=numbers,
        weekdays=frozenset(words).intersection(WEEKDAYS),
        owners=named_first | worldwide_first if sort == "plan" else named_first,
        hosts=frozenset(_hosts(name, knowledge)),
        others=_of(knowledge, "another-one").intersection(before),
        is_plural=head.endswith("s") and not head.endswith("ss") and head != "talks",
        negated=knowledge.has_word(words, "negation"),
    )


def _content(words: Iterable[str], knowledge: Knowledge) -> list[str]:
    small = _of(knowledge, _FILLER, _PREPOSITION)
    return [word for word in words if word not in small]


def _heads(head: str, first: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """The stems of what can be the head, the first word too where it says something."""
    return frozenset(map(stem, (head, *_not_vague(first, knowledge)))) - {""}


def _telling(words: Iterable[str], sort: str | None, knowledge: Knowledge) -> frozenset[str]:
    """The stems of the words that tell which thing is meant; words for one matter have one stem."""
    alike = _said_alike(knowledge)
    unsaid = _of(knowledge, "telephone-noun") if sort == CALL else frozenset()
    stems = {stem(word) for word in _not_vague(_content(words, knowledge), knowledge) if word not in unsaid}
    return frozenset(alike.get(found, found) for found in stems)


def _plain_words(text: str) -> list[str]:
    words = _WORD.findall(_THOUSANDS.sub("", text))
    return [re.sub(r"['’]s$", "", word.lower().strip(".'’")) for word in words]


def _parted(name: str, knowledge: Knowledge) -> str:
    """ "the Peru-Chile border" names Peru and Chile."""
    meaning = _names(knowledge)[1]

    def parted(match: re.Match[str]) -> str:
        is_state = match[2] in meaning and knowledge.actors[meaning[match[2]]].type == EntityType.State
        return f"{match[1]} {match[2]}" if is_state else match[0]

    return _JOINED_NAMES.sub(parted, name)


def _about_itself(name: str, knowledge: Knowledge) -> str:
    """A name without words before it that leave the matter the same: "three rounds of talks" are talks, "respect the
    truce" is about the truce.
    """
    return _without_series(name, knowledge) or _without_light_verb(name, knowledge) or name


def _without_series(name: str, knowledge: Knowledge) -> str:
    """What a series is of, with what stands before it ("the next three rounds of talks"); nothing without a series."""
    words = name.split()
    plain = [word.lower() for word in words]
    series, prepositions = _of(knowledge, "series-noun"), _of(knowledge, _PREPOSITION)
    before = takewhile(lambda pair: pair[0] not in prepositions, pairwise(plain[:-1]))
    at = next((i for i, (word, following) in enumerate(before) if word in series and following in english.OF), None)
    if at is None:
        return ""
    counts = _is_number("".join(plain[max(0, at - 1) : at]))
    return " ".join(words[: at - 1 if counts else at] + words[at + 2 :])


def _is_number(word: str) -> bool:
    return word in _NUMBER_WORDS or _NUMBER.match(word) is not None


def _without_light_verb(name: str, knowledge: Knowledge) -> str:
    """What a verb that says little is about, nothing where the name begins with none."""
    words = name.split()
    plain = [word.lower() for word in words]
    verbs, prepositions = _of(knowledge, "light-verb"), _of(knowledge, _PREPOSITION)
    start = int(is_before_verb("".join(plain[:1]), knowledge))
    ends = (end for end in (start + 2, start + 1) if " ".join(plain[start:end]) in verbs and plain[end:])
    end = next((end for end in ends if plain[end] not in prepositions), len(words))
    return " ".join(words[end:])


def is_before_verb(word: str, knowledge: Knowledge) -> bool:
    """Whether a verb follows a word in lower case ("must", "to")."""
    return knowledge.is_word("before-verb", word)


@lru_cache(maxsize=64)
def _of(knowledge: Knowledge, *classes: str) -> frozenset[str]:
    """The words of some classes of the lexicon."""
    return frozenset().union(*(knowledge.words.get(name, frozenset()) for name in classes))


def verb_first(name: str, knowledge: Knowledge) -> str:
    """A clause with its verb before its subject: "the ban of May must be lifted" as "lifted the ban of May", "the ban
    would remain in place" as "remain the ban in place". Nothing for what is no such clause ("the ban that must be
    lifted"), and where a pronoun is all of the subject ("there will be a truce").
    """
    words = name.split()
    subject = list(takewhile(lambda word: not _is_modal(word, knowledge), words))
    behind = words[len(subject) :]
    plain = [word.lower() for word in behind]
    verb = next((i for i, word in enumerate(plain) if not _is_before_its_verb(word, knowledge)), 0)
    named = {word.lower() for word in subject}
    if not verb or named <= _of(knowledge, _PRONOUN) or not english.RELATIVE.isdisjoint(named):
        return ""
    negated = [word for word in plain[:verb] if knowledge.is_word("negation", word)]
    return " ".join([*negated, behind[verb], *subject, *behind[verb + 1 :]])


def _is_modal(word: str, knowledge: Knowledge) -> bool:
    """Whether it is "must" or "would"; "May" is a month."""
    return is_before_verb(word, knowledge) and knowledge.is_word(_AUXILIARY, word)


def _is_before_its_verb(word: str, knowledge: Knowledge) -> bool:
    """Whether a word stands between "must" and the verb ("must also be fully lifted")."""
    return knowledge.is_word(_FILLER, word) or _is_adverb(word, knowledge)


def _without_promise(before: list[str], knowledge: Knowledge) -> list[str]:
    """ "agreed to release the prisoners" is about the release."""
    acts = [i for i, word in enumerate(before) if knowledge.is_word("act-sort", knowledge.sorts.get(word, ""))]
    if acts and all(knowledge.is_word("promise", word) for word in before[: acts[0]]):
        return before[acts[0] :]
    return before


def _is_adverb(word: str, knowledge: Knowledge) -> bool:
    return word.endswith("ly") and not knowledge.is_word("no-adverb", word)


def _not_vague(words: Iterable[str], knowledge: Knowledge) -> list[str]:
    """Words without those that, or the singular of which, tell nothing about which thing is meant."""
    vague, no_plural = _of(knowledge, "vague-in-names"), _of(knowledge, "no-plural")
    return [word for word in words if vague.isdisjoint((word, word if word in no_plural else word.removesuffix("s")))]


def _counted(words: list[str], knowledge: Knowledge) -> tuple[list[str], frozenset[str]]:
    """Words without numbers, and the numbers: "six-week" and "six weeks", "six-party" and "six-way" are counted
    alike.
    """
    kept: list[str] = []
    numbers: set[str] = set()
    for word in words:
        count, _, counted = word.partition("-")
        if count in _NUMBER_WORDS or _NUMBER.search(count):
            numbers.add(_NUMBER_WORDS.get(count, count))
            kept += [counted] if counted and not knowledge.is_word("party-counted", counted) else []
        else:
            kept.append(word)
    return kept, frozenset(numbers)


def _head_and_sort(before: list[str], verbal: bool, knowledge: Knowledge) -> tuple[str, str | None]:
    """The head of a phrase, the last word before its first preposition or else the verb that it begins with, and its
    sort.
    """
    before = _without_promise(before, knowledge)
    # "formally end the dispute": the adverb is not what is done.
    verb = next((word for word in before if not _is_adverb(word, knowledge)), "".join(before[:1]))
    act = _act(verb, verbal, knowledge)
    noun = "".join(before[-1:])
    return (verb, act) if verbal or act else (noun, knowledge.sorts.get(noun))


def _act(verb: str, verbal: bool, knowledge: Knowledge) -> str | None:
    """The sort of act that a verb says is done: "halts" in a clause; nobody frees in "free trade agreement"."""
    if verbal:
        return _acts(knowledge).get(verb) or _act_stems(knowledge).get(stem(verb))
    return None if knowledge.is_word("verb-or-adjective", verb) else _acts(knowledge).get(verb)


# All words of a name, and those up to its head.
_Narrow = Callable[[Sequence[str], Sequence[str], Knowledge], bool]


def _has(word_class: str) -> _Narrow:
    """Whether a word of a class stands in a name."""
    return lambda words, before, knowledge: knowledge.has_word(words, word_class)


def _has_before(word_class: str) -> _Narrow:
    """Whether a word of a class stands up to the head."""
    return lambda words, before, knowledge: knowledge.has_word(before, word_class)


def _ends_strife(words: Sequence[str], before: Sequence[str], knowledge: Knowledge) -> bool:
    """ "a resolution of the war"; neither "a resolution of the council" nor "a resolution on the war" is one."""
    behind = words[words.index(before[-1]) + 1 :]
    return behind[:1] in (["of"], ["to"]) and knowledge.has_word(behind, "strife")


# Sorts that other words of a name make another of: of the first rule that holds.
_NARROWER: Mapping[str | None, tuple[tuple[_Narrow, str], ...]] = {
    # What is told to the press is no meeting of those who negotiate.
    "meeting": ((_has_before("press-noun"), "briefing"),),
    # "a permanent agreement" ends the whole conflict.
    "agreement": ((_has_before("final"), SETTLEMENT),),
    "resolution": ((_has_before("final"), SETTLEMENT), (_ends_strife, SETTLEMENT)),
    # A cessation of hostilities is a truce, the end of a war is one of a kind.
    "end": ((_has("truced"), "ceasefire"), (_has("strife"), _END_OF_STRIFE)),
}


def _narrowed(sort: str | None, words: Sequence[str], before: Sequence[str], knowledge: Knowledge) -> str | None:
    """A sort, or what other words of the name make of it."""
    is_noun = sort is not None and not knowledge.is_word("act-sort", sort)
    # What is done by telephone is a call, whatever it is named.
    if is_noun and knowledge.has_word(before, "telephone-noun"):
        return CALL
    rules = _NARROWER.get(sort, ())
    return next((narrow for holds, narrow in rules if holds(words, before, knowledge)), sort)


@lru_cache(maxsize=4)
def _said_alike(knowledge: Knowledge) -> dict[str, str]:
    """The sorts that several words name together, by the stems of these: "sovereignty and territorial integrity" is one
    matter, whichever of the words a text uses.
    """
    sorts = knowledge.words.get("pair-sort", frozenset())
    return {stem(word): sort for sort in sorted(sorts) for word in knowledge.words.get(f"sort-{sort}", ())}


def _before_head(name: str, knowledge: Knowledge) -> str:
    found = _until_preposition(knowledge).match(name)
    return found.group() if found else name


@lru_cache(maxsize=4)
def _until_preposition(knowledge: Knowledge) -> re.Pattern[str]:
    listed = "|".join(sorted(_of(knowledge, _PREPOSITION))) or r"(?!)"
    return re.compile(rf"(?:(?!\b(?:{listed})\b).)*", re.IGNORECASE | re.DOTALL)


def _head_part(words: list[str], knowledge: Knowledge) -> list[str]:
    """The content words before the first preposition that has one before it, or before what was done to the head ("the
    pact concluded in May").
    """
    found: list[str] = []
    for word in words:
        told = found and not all(knowledge.is_word("promise", before) for before in found)
        if told and (knowledge.is_word(_PREPOSITION, word) or word.endswith("ed") and found[-1] in knowledge.sorts):
            break
        if word not in _of(knowledge, _FILLER, _PREPOSITION):
            found.append(word)
    return found


@lru_cache(maxsize=4)
def _acts(knowledge: Knowledge) -> dict[str, str]:
    """The sorts of what is done by their words."""
    acts = _of(knowledge, "act-sort")
    return {form: sort for form, sort in sorted(knowledge.sorts.items()) if sort in acts}


@lru_cache(maxsize=4)
def _act_stems(knowledge: Knowledge) -> dict[str, str]:
    """The same by the stems of their words: verbs are inflected ("halts", "halted")."""
    return {stem(form): sort for form, sort in _acts(knowledge).items()}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of an English word in lower case (Snowball)."""
    return str(_STEMMER.stemWord(word))


def _without_parties(name: str, knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str], str]:
    """The sides of the actors that a name names, those of them that are parties everywhere, and what is left of it."""
    pattern, meaning = _names(knowledge)
    sides = {side_of(meaning[match.group()], knowledge) for match in pattern.finditer(name)}
    worldwide = frozenset(side for side in sides if knowledge.actors[side].worldwide)
    return frozenset(sides) - worldwide, worldwide, pattern.sub(" ", name)


def _hosts(name: str, knowledge: Knowledge) -> Iterable[str]:
    """The sides that a name names by a town alone in which something is."""
    pattern, meaning = _names(knowledge)
    for match in pattern.finditer(name):
        actor = knowledge.actors[meaning[match.group()]]
        if match.group() in (*actor.places, *actor.metonyms) and _INSIDE.search(name[: match.start()]):
            yield side_of(actor.iri, knowledge)


def actors_in(words: str, knowledge: Knowledge) -> list[str]:
    """The known actors that some words name, in order."""
    pattern, meaning = _names(knowledge)
    return [meaning[match.group()] for match in pattern.finditer(words)]


@lru_cache(maxsize=4)
def _names(knowledge: Knowledge) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for all names of known actors, the longest first, and whom each means; bodies of many states tell too
    little.
    """
    meaning: dict[str, str] = {}
    for actor in knowledge.actors.values():
        for name in (actor.label, *actor.aliases, *actor.metonyms, *actor.demonyms, *actor.places):
            meaning.setdefault(name, actor.iri)
    longest_first = sorted(meaning, key=lambda name: (-len(name), name))
    listed = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    # Most places begin no name: a look at the letter spares trying all of them.
    first = "".join(re.escape(letter) for letter in sorted({name[0] for name in meaning}))
    begins = f"(?=[{first}])" if first else ""
    return re.compile(rf"(?<![\w.-]){begins}(?:{listed})(?!\w)"), meaning


@lru_cache(maxsize=4)
def opposites(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """The stems of the words that undo each word, by its stem: to keep a ban undoes lifting it."""
    found: dict[str, frozenset[str]] = {}
    for pair in sorted(knowledge.words.get("opposite", ())):
        one, slash, other = pair.partition("/")
        for word, undoing in ((stem(one), stem(other)), (stem(other), stem(one))) if slash else ():
            found[word] = found.get(word, frozenset()) | {undoing}
    return found


def short_name(name: str, knowledge: Knowledge) -> str:
    """A name of at most eight words: without titles, without what only explains; the name itself where there is no
    better.
    """
    words = _without_pronouns(name.split(), knowledge)
    if len(words) > MAX_NAME_WORDS:
        words = _without_titles(words, knowledge)
    short = _to_clause(words, knowledge)
    if short == words and len(short) <= MAX_NAME_WORDS:
        return " ".join(short).strip(_MARKS) or name
    return _trimmed(_cut(short, knowledge), knowledge) or name


def _cut(words: list[str], knowledge: Knowledge) -> list[str]:
    """At most eight words, up to the last preposition behind the second; what something is of ("the creation of")
    belongs to it.
    """
    if len(words) <= MAX_NAME_WORDS:
        return words
    prepositions = _of(knowledge, _PREPOSITION)
    ends = [i for i, word in enumerate(words[: MAX_NAME_WORDS + 1]) if i > 1 and word.lower() in prepositions]
    whole = [i for i in ends if words[i].lower() not in english.OF]
    return words[: max(whole or ends, default=MAX_NAME_WORDS)]


def own_words(name: str, knowledge: Knowledge) -> str:
    """A name without pronouns before it and without clauses that only explain, however long it is."""
    return _trimmed(_to_clause(_without_pronouns(name.split(), knowledge), knowledge), knowledge) or name


def _without_pronouns(words: list[str], knowledge: Knowledge) -> list[str]:
    small = _of(knowledge, _PRONOUN, _AUXILIARY)
    while len(words) > 1 and words[0].lower().strip(".,;:“”\"'’") in small:
        words = words[1:]
    return words


def _to_clause(words: list[str], knowledge: Knowledge) -> list[str]:
    """Words up to the clause or the apposition that only explains."""
    found: list[str] = []
    for word in words:
        plain = word.lower().strip("“”\"'’(")
        goes_on = bool(found) and found[-1].endswith(",") and plain != "and" and knowledge.is_word(_FILLER, plain)
        if len(found) > 1 and (knowledge.is_word(_BREAK, plain) or goes_on or found[-1].endswith((";", ":"))):
            break
        found.append(word)
    return found


def _without_titles(words: list[str], knowledge: Knowledge) -> list[str]:
    """ "Peruvian President Ana Roe" is Ana Roe: titles before capitalised names, and the country before a title,
    are left out.
    """
    kept: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        title = is_role(word.lower(), knowledge) and following[:1].isupper()
        if title and kept and kept[-1] in _names(knowledge)[1]:
            kept.pop()
        if not title:
            kept.append(word)
    return kept


def _trimmed(words: Iterable[str], knowledge: Knowledge) -> str:
    """Words without the small words and marks that a cut left at the end."""
    kept = list(words)
    small = _of(knowledge, _PREPOSITION, _FILLER)
    while kept and (kept[-1].lower().strip(".,;:") in small or not re.search(r"\w", kept[-1])):
        kept.pop()
    return " ".join(kept).strip(_MARKS)


def is_mere_words(name: str, knowledge: Knowledge) -> bool:
    """Whether nothing but pronouns, auxiliaries and other small words is in a name ("them", "do so", "what it is")."""
    words = {word.lower().strip(".'’") for word in _WORD.findall(name)}
    return words <= _of(knowledge, _FILLER, _PRONOUN, _AUXILIARY, _MERE)


def is_whole(name: str, knowledge: Knowledge) -> bool:
    """Whether a name can be understood alone: neither small words, nor a bare verb or adjective, nor a part of a clause
    that a preposition or a bracket without its partner begins.
    """
    words = [word.lower() for word in _WORD.findall(name)]
    if is_mere_words(name, knowledge) or not _is_balanced(name):
        return False
    if _begins_within(words, knowledge):
        return False
    if len(words) > 1:
        return not _breaks_off(words, knowledge)
    return phrase(name, knowledge).sort is not None or words[0].endswith("s")


def _begins_within(words: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a preposition begins a part of a clause; "to" and "without" begin what can be understood."""
    return words[0] in _of(knowledge, _PREPOSITION) - _of(knowledge, "before-verb", "negation")


def _breaks_off(words: Sequence[str], knowledge: Knowledge) -> bool:
    """ "Turkey must do", "China wants to": what follows was cut."""
    return words[-1] in _of(knowledge, _AUXILIARY, _PREPOSITION)


def _is_balanced(name: str) -> bool:
    pairs = (("(", ")"), ("[", "]"), ("“", "”"))
    even = name.count('"') % 2 == 0 and not _CLOSES_FIRST.match(name)
    return even and all(name.count(left) == name.count(right) for left, right in pairs)
