"""Names compared: spellings of one person or body, what is no name, and how names of matters are taken apart."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kgraph.link.actors import ActorLinker
from kgraph.link.mentions import join_mentions
from kgraph.link.names import folded, one_body, one_person, personal_name
from kgraph.link.passages import Place
from kgraph.link.phrases import phrase, short_name
from kgraph.link.resolve import resolve
from kgraph.link.spellings import Bodies, People
from kgraph.model.document import Document
from kgraph.model.statement import Extraction, Mention, Span
from kgraph.vocabulary import EntityType
from tests.benchmarks.linking import word


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Maria Roe", "Ana Roe", True),  # a middle name may be left out
        ("Kim Song-su", "Kim Song Su", True),  # hyphens are not part of a name
        ("Aleksandr Petrov", "Alexander Petrov", True),  # two spellings of a first name
        ("Peter Roe", "Paul Roe", False),  # two people of one surname
        ("Roe", "Ana Roe", False),  # a surname alone is decided by the negotiation, not here
    ],
)
def test_spellings_of_people(one, other, same):
    assert one_person(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Lima Group", "Lima Group", True),  # an article is no part of a name
        ("Northern Fishers Council", "Northern Fisher Council", True),  # one letter of many
        ("Unit 12 Command", "Unit 13 Command", False),  # numbers tell bodies apart
        ("ANC", "ABC", False),  # short names are one only where they are equal
    ],
)
def test_spellings_of_bodies(one, other, same):
    assert one_body(one, other) is same


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("President of Peru Jane Roe", "Jane Roe"),
        ("Foreign Minister Jane Roe", "Jane Roe"),
        ("President of the Fishing Council", None),  # an office, nobody's name
        ("the foreign minister", None),
    ],
)
def test_what_is_the_name_in_a_title(knowledge, words, name):
    assert personal_name(words, knowledge) == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("its 12-point plan", "12-point plan"),  # no pronoun begins a name
        ("withdraw from the valley, where both armies stand", "withdraw from the valley"),  # what explains is left out
        (
            "conversation between Peruvian President Ana Roe and Chilean Foreign Minister Luis Poe",
            "conversation between Ana Roe and Luis Poe",
        ),
        # as many whole phrases as eight words hold
        (
            "resume regular work on shared rules for the river basin in the spring",
            "resume regular work on shared rules",
        ),
        ("go on with the work towards the founding of a joint board", "go on with the work"),
        ("its own fishing plan", "fishing plan"),
        ("accord on the fate of Peruvian president Ana Roe, a former envoy", "accord on the fate of Ana Roe"),
    ],
)
def test_names_are_short(knowledge, name, short):
    assert short_name(name, knowledge) == short


def test_a_phrase_is_taken_apart(knowledge):
    found = phrase("Peru's second fishing accord with Chile", knowledge)
    assert (found.sort, found.others, found.is_plural) == ("agreement", {"second"}, False)
    assert {iri.rsplit("/", 1)[1] for iri in found.owners} == {"peru"}
    assert {iri.rsplit("/", 1)[1] for iri in found.objects} == {"chile"}


def test_a_town_tells_where_a_thing_is_and_not_whom_it_is_with(knowledge):
    found = phrase("fishing accord in Lima", knowledge)
    assert {iri.rsplit("/", 1)[1] for iri in found.hosts} == {"peru"}
    assert not found.objects


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("delivery of goods", {"good"}),  # no plural of "good", which tells nothing
        ("delivery of new plans", {"plan"}),
    ],
)
def test_what_looks_like_the_plural_of_a_vague_word(knowledge, name, telling):
    assert phrase(name, knowledge).telling == telling


def misspelled(name: str, chance: random.Random) -> str:
    """A name with a letter left out or doubled, or two parts in one, or as it is."""
    at = chance.randrange(len(name))
    return chance.choice((name, name[:at] + name[at + 1 :], name[: at + 1] + name[at:], name.replace(" ", "")))


def test_spellings_found_by_index_are_those_of_comparing_all():
    chance = random.Random(3)
    names = [f"{word(chance.randrange(14))} {word(chance.randrange(14))}".title() for _ in range(300)]
    names = [misspelled(name, chance) for name in names]
    people, seen, alike = People(), [], 0
    for name in dict.fromkeys(name for name in names if " " in name.strip()):
        expected = next((other for other in seen if one_person(other, name)), None)
        assert people.spelled_like(name) == expected
        alike += expected is not None
        people.add(name, name)
        seen.append(name)
    bodies, known = Bodies(), []
    for name in dict.fromkeys(folded(f"{name} Council {len(name) % 3}") for name in names):
        expected = next((other for other in known if one_body(other, name)), None)
        assert bodies.spelled_like(name) == expected
        alike += expected is not None
        bodies.add(name, name)
        known.append(name)
    assert alike > 30


def named_alone(document, *names, day="2024-05-15", kind=EntityType.Person, known=None):
    """A document in which some actors are only named, each in its own sentence."""
    text, mentions = "", []
    for name in names:
        mentions.append(
            Mention(span=Span(len(text), len(text) + len(name)), text=name, name=name, type=kind, key=name.lower())
        )
        text += f"{name}. "
    found = Document(document, text, title="", published=day, publisher="Paper", source="", negotiation="Talks")
    return found, Extraction(document=document, statements=(), mentions=tuple(mentions))


def addresses(knowledge, *read):
    """The addresses of the actors of some documents, in order."""
    linker = ActorLinker(read, {document.id: Place(negotiation="talks") for document, _ in read}, knowledge)
    return [joined.entity for document, extraction in read for joined in linker.link(document, extraction).values()]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Quispe", "Quispe", True),  # only ever called so: one person in a negotiation
        ("Minister Quispe", "Quispe", True),
        ("Minister Quispe", "General Quispe", False),  # two offices
        ("Lee", "Lee", False),  # many bear it
    ],
)
def test_who_is_called_by_one_name_alone(knowledge, one, other, same):
    first, second = addresses(knowledge, named_alone("a", one), named_alone("b", other))
    assert (first == second) is same


def test_an_acronym_is_introduced_in_brackets(knowledge):
    body = {"kind": EntityType.Organization}
    read = (
        named_alone("a", "Andean Fishing Board (AFB)", **body),
        named_alone("b", "AFB", "Andean Fishing Board", **body),
    )
    assert len(set(addresses(knowledge, *read))) == 1


@pytest.mark.parametrize(
    ("full", "same"),
    [
        ("free trade agreement (FTA)", True),
        ("signing the treaty with the Free Trade Association (FTA)", False),  # the letters are the body's
    ],
)
def test_letters_in_brackets_stand_for_a_matter(knowledge, full, same):
    document, extraction = named_alone("a", full, "FTA", kind=EntityType.Agreement)
    homes, _ = join_mentions([(document, extraction)], {"a": Place(negotiation="talks")}, knowledge)
    assert (len({joined.entity for joined in homes["a"].values()}) == 1) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Peruvian opposition", "Peru's opposition", True),
        ("Peruvian opposition", "Chile's opposition", False),
        ("Peruvian delegation", "Peru's delegation", False),  # delegations change
    ],
)
def test_an_opposition_is_one_in_a_negotiation(knowledge, one, other, same):
    body = {"kind": EntityType.Organization}
    first, second = addresses(knowledge, named_alone("a", one, **body), named_alone("b", other, **body))
    assert (first == second) is same


@pytest.mark.parametrize(("group", "same"), [("group of Andean leaders", True), ("wives of Andean leaders", False)])
def test_a_group_of_leaders_are_the_leaders(knowledge, group, same):
    first, second = addresses(knowledge, named_alone("a", group, "Andean leaders", kind=EntityType.Group))
    assert (first == second) is same


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        ("terrorist group Hamas", True),
        ("captives held by Hamas", False),  # what belongs to it is not it
        ("Hamas-run news agency", False),  # nor is what it runs
    ],
)
def test_a_description_that_ends_with_a_name(knowledge, words, is_it):
    (found,) = addresses(knowledge, named_alone("a", words, kind=EntityType.Organization))
    assert found.endswith("/organization/hamas") is is_it


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        ("Governments of Peru", True),  # and of others, whom the text names next
        ("government of Peru", True),
        ("the Peruvian Government", True),
        ("Government of National Unity", False),  # a name of its own
        ("parliament of Peru", False),
    ],
)
def test_who_governs_a_state_is_the_state(knowledge, words, is_it):
    (found,) = addresses(knowledge, named_alone("a", words, kind=EntityType.Organization))
    assert found.endswith("/state/peru") is is_it


@pytest.mark.parametrize(
    ("outlet", "name", "same"),
    [
        ("Tribuna newspaper", "Tribuna", True),  # what it is is no part of its name
        ("Tribuna party", "Tribuna", False),
        ("Tribuna newspaper", "Gazeta", False),
    ],
)
def test_a_paper_by_its_mere_name(knowledge, outlet, name, same):
    document, told = named_alone("a", outlet, kind=EntityType.Organization)
    person = Mention(span=Span(0, len(name)), text=name, name=name, type=EntityType.Person, key=name.lower())
    read = (document, Extraction(document="a", statements=(), mentions=(*told.mentions, person)))
    first, second = addresses(knowledge, read)
    assert (first == second) is same


def test_a_matter_is_not_called_what_another_sort_of_thing_is(knowledge):
    """However often "the deal" was taken to stand for the settlement of a dispute."""
    document, extraction = named_alone("a", "trade deal", "the deal", "the deal", kind=EntityType.Agreement)
    first, *others = extraction.mentions
    pointing = [replace(m, name="dispute settlement", antecedent=first.span) for m in others]
    (read,) = resolve([(document, replace(extraction, mentions=(first, *pointing)))], knowledge).extractions
    assert {mention.label for mention in read.mentions} == {"trade deal"}


def test_counts_tell_matters_of_one_key_apart(knowledge):
    document, extraction = named_alone("a", "two ports", "three ports", "the ports", kind=EntityType.Measure)
    mentions = tuple(replace(mention, key="port") for mention in extraction.mentions)
    found = resolve([(document, replace(extraction, mentions=mentions))], knowledge)
    two, three, _ = (mention.entity for mention in found.extractions[0].mentions)
    assert two != three
    assert {found.entities[two].label, found.entities[three].label} == {"two ports", "three ports"}
