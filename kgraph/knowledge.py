"""Reads the ontology folder into plain values: frames, word classes, actors, issues.

A user's own folder (``--knowledge DIR``) is read on top of the shipped one: the frames, words and actors of its Turtle
files add to what is there, and its ``confidence.json`` tells how often its user's readers are right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph

from kgraph.errors import KnowledgeError
from kgraph.identifiers import DIGEST_CHARACTERS, content_digest
from kgraph.namespaces import NEG, iri, local_name
from kgraph.vocabulary import EntityType, Relation

Properties = dict[str, list[str]]
# What a user's own folder may hold beside Turtle files: what ``kgraph calibrate`` fitted.
CONFIDENCE_FILE = "confidence.json"
# The words of each language ("en.ttl", "en-matters.ttl"), and what is named alike in all of them.
KNOWLEDGE_FILES = ("lexicon/*.ttl", "actors.ttl", "issues.ttl")
_LEXICON = "lexicon"
_ENGLISH = "en"
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Frame:
    """One way of wording a relation; see the reading guide at the head of lexicon/en.ttl."""

    id: str
    relation: Relation
    lemma: str
    pos: str
    slots: tuple[str, ...]
    particle: str | None = None
    reading: str | None = None
    support_nouns: frozenset[str] = frozenset()
    support_adjectives: frozenset[str] = frozenset()
    excluded_objects: frozenset[str] = frozenset()
    complement_verbs: frozenset[str] = frozenset()
    object_class: str | None = None
    actor_class: str | None = None
    content_slots: tuple[str, ...] = ()
    requires_modal: str | None = None
    object_is_trigger: bool = False
    negated: bool = False

    @property
    def is_meeting_by_itself(self) -> bool:
        """Whether the word is a meeting without a noun that says so: "meet", not "hold"."""
        return self.relation is Relation.meets and not self.support_nouns

    @property
    def specificity(self) -> int:
        """How much the frame demands; the most demanding frame that fits wins."""
        return (
            4 * bool(self.support_nouns or self.support_adjectives)
            + 3 * bool(self.particle)
            + 2 * bool(self.complement_verbs or self.excluded_objects)
            + bool(self.object_class)
        )


@dataclass(frozen=True)
class Office:
    """An office held from one ISO day to another (``until`` None: still held when the file was written)."""

    title: str
    since: str
    until: str | None


@dataclass(frozen=True)
class KnownActor:
    """An actor of the actors file.

    ``places`` lie in the state, ``based_in`` is the state in which a movement is; ``worldwide`` are those that take
    part in negotiations everywhere, ``is_medium`` those that report on them.
    """

    iri: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    gender: str | None = None
    member_of: tuple[str, ...] = ()
    acts_for: str | None = None
    offices: tuple[Office, ...] = ()
    same_as: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    based_in: str | None = None
    worldwide: bool = False
    is_medium: bool = False


@dataclass(frozen=True)
class Issue:
    """A subject of negotiations, with the words and phrases that betray it."""

    iri: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """How often statements are right, as fitted to annotated texts that these readers had read.

    ``weights`` are those of a logistic model, by feature; ``floors`` tell by readers the confidence that what only they
    read must reach.
    """

    readers: frozenset[str]
    weights: dict[str, float]
    floors: dict[str, float]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything the extractor is told beforehand.

    ``frames`` go by lemma and part of speech, ``words`` by word class, ``conditions`` by cue and kind (marker,
    exchange, dependence) and tell the pattern that must hold; ``version`` is a digest of the files it came from;
    ``fit`` is the user's own, None where there is none; ``folder`` is the user's folder that was read on top. Two
    loads are never equal, so that what is derived from one can be cached by it.
    """

    frames: dict[tuple[str, str], tuple[Frame, ...]]
    words: dict[str, frozenset[str]]
    conditions: dict[tuple[str, str], str]
    bounds: dict[str, str]
    actors: dict[str, KnownActor]
    issues: tuple[Issue, ...]
    version: str
    fit: Fit | None = None
    folder: Path | None = None

    def in_language(self, language: str) -> Knowledge:
        """The same with the words of another language in place of those of English; without words where it has no
        lexicon."""
        return _loaded(self.folder, language)

    @cached_property
    def condition_words(self) -> frozenset[str]:
        """Every word that can have to do with a condition."""
        return frozenset(form for form, _ in self.conditions) | self.words.get("condition-noun", frozenset())

    @cached_property
    def sorts(self) -> dict[str, str]:
        """The sort of thing that a noun or verb stands for, by its form: "deal" is a word for an agreement."""
        prefix = "sort-"
        return {
            form: name.removeprefix(prefix)
            for name, forms in self.words.items()
            if name.startswith(prefix)
            for form in forms
        }

    def is_word(self, word_class: str, word: str) -> bool:
        """Whether ``word`` (a lower-case lemma or form) belongs to the word class."""
        return word in self.words.get(word_class, _NO_WORDS)

    def has_word(self, words: Iterable[str], *word_classes: str) -> bool:
        """Whether one of some words (lower-case lemmas or forms) belongs to one of the word classes."""
        given = tuple(words)
        return any(not self.words.get(name, _NO_WORDS).isdisjoint(given) for name in word_classes)


def shipped_folder() -> Path:
    """Where the ontology that comes with the program lies."""
    return Path(str(files("kgraph.ontology")))


def knowledge_files(extra: Path | None = None) -> list[Path]:
    """The files that knowledge is read from: the shipped ones, then those of a folder of the user's own."""
    return [*_shipped_files(), *(own_files(extra.resolve()) if extra is not None else ())]


def _shipped_files() -> list[Path]:
    return [path for pattern in KNOWLEDGE_FILES for path in sorted(shipped_folder().glob(pattern))]


def own_files(folder: Path) -> list[Path]:
    """The files of a user's own folder that are read: Turtle, and what was fitted; none where there is no folder."""
    return sorted(path for path in folder.glob("*") if path.suffix == ".ttl" or path.name == CONFIDENCE_FILE)


def load_knowledge(extra: Path | None = None, language: str = _ENGLISH) -> Knowledge:
    """The shipped knowledge, with the files of ``extra`` read on top; of the shipped lexicons that of one language, so
    that no word of another fires in its texts.

    Raises KnowledgeError for a file that is not valid, and when ``extra`` holds none.
    """
    return _loaded(extra, language)


def _loaded(extra: Path | None, language: str) -> Knowledge:
    own = own_files(extra.resolve()) if extra is not None else []
    if extra is not None and not own:
        raise KnowledgeError(
            f"{extra}: no .ttl file found; --knowledge takes a folder with Turtle files or a {CONFIDENCE_FILE}"
        )
    paths = (*_shipped_files(), *own)
    return _load(paths, content_digest(b"".join(path.read_bytes() for path in paths)), extra, language)


@lru_cache(maxsize=4)
def _load(paths: tuple[Path, ...], sha256: str, extra: Path | None, language: str) -> Knowledge:
    fitted = [path for path in paths if path.name == CONFIDENCE_FILE]
    subjects = read_subjects(path for path in paths if path not in fitted and _is_of_language(path, language))
    return Knowledge(
        frames=_frames(subjects),
        words=_words(subjects),
        conditions=_conditions(subjects),
        bounds=_bounds(subjects),
        actors=_actors(subjects),
        issues=_issues(subjects),
        version=sha256[:DIGEST_CHARACTERS],
        fit=read_fit(fitted[0]) if fitted else None,
        folder=extra,
    )


def _is_of_language(path: Path, language: str) -> bool:
    """Whether a file is no shipped lexicon, or that of a language."""
    return path.parent != shipped_folder() / _LEXICON or path.stem.partition("-")[0] == language


def read_fit(path: Path) -> Fit:
    """What was fitted; raises KnowledgeError for anything else."""
    try:
        found = json.loads(path.read_bytes())
        weights, floors = (
            {str(name): float(value) for name, value in found[part].items()} for part in ("weights", "floors")
        )
        return Fit(readers=frozenset(map(str, found["readers"])), weights=weights, floors=floors)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KnowledgeError(f"{path}: is not what `kgraph calibrate` writes: {error!r}") from error


def read_subjects(paths: Iterable[Path]) -> dict[str, Properties]:
    """What Turtle files say, by subject and predicate, in the files' order.

    Raises KnowledgeError for what is not Turtle.
    """
    subjects: dict[str, Properties] = {}
    for path in paths:
        try:
            for triple in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE):
                values = subjects.setdefault(str(getattr(triple.subject, "value", "")), {})
                values.setdefault(triple.predicate.value, []).append(str(getattr(triple.object, "value", "")))
        except SyntaxError as error:
            raise KnowledgeError(f"{path}: not valid Turtle: {error}") from error
    return subjects


def _of_class(subjects: dict[str, Properties], name: str) -> Iterable[tuple[str, Properties]]:
    wanted = NEG + name
    return ((subject, values) for subject, values in subjects.items() if wanted in values.get(iri("rdf:type"), ()))


def _many(values: Properties, curie: str) -> tuple[str, ...]:
    return tuple(values.get(iri(curie), ()))


def _one(values: Properties, curie: str) -> str | None:
    found = values.get(iri(curie))
    return found[0] if found else None


def _text(values: Properties, curie: str, otherwise: str = "") -> str:
    return _one(values, curie) or otherwise


def _holds(values: Properties, curie: str) -> bool:
    return _one(values, curie) == "true"


def _frames(subjects: dict[str, Properties]) -> dict[tuple[str, str], tuple[Frame, ...]]:
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for subject, values in _of_class(subjects, "Frame"):
        relation, lemma, pos = _one(values, "neg:evokes"), _one(values, "neg:lemma"), _one(values, "neg:partOfSpeech")
        if not (relation and lemma and pos):
            raise KnowledgeError(f"{subject}: a frame needs neg:evokes, neg:lemma and neg:partOfSpeech")
        frame = Frame(
            id=local_name(subject),
            relation=_relation(subject, local_name(relation)),
            lemma=lemma,
            pos=pos,
            slots=tuple(_text(values, "neg:slots").split()),
            particle=_one(values, "neg:particle"),
            reading=_one(values, "neg:reading"),
            support_nouns=frozenset(_many(values, "neg:supportNoun")),
            support_adjectives=frozenset(_many(values, "neg:supportAdjective")),
            excluded_objects=frozenset(_many(values, "neg:excludedObject")),
            complement_verbs=frozenset(_many(values, "neg:complementVerb")),
            object_class=_one(values, "neg:objectClass"),
            actor_class=_one(values, "neg:actorClass"),
            content_slots=_many(values, "neg:contentSlot"),
            requires_modal=_one(values, "neg:requiresModal"),
            object_is_trigger=_holds(values, "neg:objectSlotIsTrigger"),
            negated=_holds(values, "neg:negated"),
        )
        index[lemma, pos].append(frame)
    return {key: tuple(sorted(frames, key=lambda f: (-f.specificity, f.id))) for key, frames in index.items()}


def _relation(subject: str, name: str) -> Relation:
    try:
        return Relation(name)
    except ValueError as error:
        known = ", ".join(Relation)
        raise KnowledgeError(f"{subject}: neg:evokes names no relation: {name}; the relations are {known}") from error


def _words(subjects: dict[str, Properties]) -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for _, values in _of_class(subjects, "WordClass"):
        for name in _many(values, "skos:notation"):
            classes[name].update(_many(values, "neg:form"))
    return {name: frozenset(forms) for name, forms in classes.items()}


def _conditions(subjects: dict[str, Properties]) -> dict[tuple[str, str], str]:
    return {
        (_text(v, "neg:form"), _text(v, "neg:partOfSpeech")): _text(v, "neg:pattern", "plain")
        for _, v in _of_class(subjects, "ConditionCue")
    }


def _bounds(subjects: dict[str, Properties]) -> dict[str, str]:
    return {_text(v, "neg:form"): _text(v, "neg:bound") for _, v in _of_class(subjects, "BoundCue")}


def _actors(subjects: dict[str, Properties]) -> dict[str, KnownActor]:
    found = {}
    for kind in (EntityType.Person, EntityType.State, EntityType.Organization, EntityType.Group):
        for subject, values in _of_class(subjects, kind):
            offices = [subjects.get(node, {}) for node in _many(values, "org:hasMembership")]
            found[subject] = KnownActor(
                iri=subject,
                type=kind,
                label=_text(values, "skos:prefLabel", local_name(subject)),
                aliases=_many(values, "skos:altLabel"),
                metonyms=_many(values, "neg:metonym"),
                demonyms=_many(values, "neg:demonym"),
                gender=_one(values, "schema:gender"),
                member_of=_many(values, "org:memberOf"),
                acts_for=_one(values, "neg:actsFor"),
                offices=tuple(
                    Office(_text(o, "neg:office"), _text(o, "neg:from"), _one(o, "neg:until")) for o in offices
                ),
                same_as=_many(values, "skos:exactMatch"),
                places=_many(values, "schema:containsPlace"),
                based_in=_one(values, "neg:basedIn"),
                is_medium=iri("schema:NewsMediaOrganization") in _many(values, "rdf:type"),
                worldwide=_holds(values, "neg:worldwide"),
            )
    return found


def _issues(subjects: dict[str, Properties]) -> tuple[Issue, ...]:
    found = [
        Issue(subject, _text(values, "skos:prefLabel"), _many(values, "skos:hiddenLabel"))
        for subject, values in _of_class(subjects, "Issue")
    ]
    return tuple(sorted(found, key=lambda issue: issue.iri))
