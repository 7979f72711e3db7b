"""Which matters of several documents are one, and which stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.link import candidates, matters
from kgraph.link.comparison import Pair
from kgraph.link.links import Manner
from kgraph.link.matters import join_matters
from kgraph.link.phrases import phrase, verb_first
from kgraph.link.resolve import resolve
from kgraph.link.things import Thing
from kgraph.vocabulary import EntityType
from tests.benchmarks.linking import growing_moves
from tests.synthetic import documents


def thing(knowledge, name, document, *, day=100, negotiation="talks", kind=EntityType.Agreement, **more):
    taken_apart = phrase(name, knowledge)
    return Thing(
        knowledge=knowledge,
        iri=f"{document}/{name}",
        document=document,
        negotiation=negotiation,
        type=kind,
        name=name,
        phrase=taken_apart,
        start=0,
        day=day,
        **more,
    )


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("fishing accord", "fishing treaty", True),  # two words for one sort of thing
        ("fishing accord", "mining accord", False),  # another thing of the sort
        ("fishing accord", "fishing truce", False),  # another sort
        ("sanctions on Peru", "sanctions on Chile", False),  # done to others
        ("12-point fishing plan", "10-point fishing plan", False),  # another number
        ("second fishing accord", "fishing accord", False),  # one of several
        ("withdrawal of troops from Peru", "pullout of troops from Peru", True),
        ("release of prisoners", "prisoner release", True),  # the same words in another order
        ("Peru agreed to release the prisoners", "release of prisoners", True),  # the clause is about the release
        ("formally end the quota dispute", "conclusion of the quota dispute", True),  # two words for one act
        ("Peru to lift the naval blockade of Lima", "Peru to keep the naval blockade of Lima", False),  # opposites
        ("six-week fishing truce", "fishing truce of six weeks", True),  # counted alike
        ("six-week fishing truce", "two-week fishing truce", False),
        ("permanent settlement", "resolution of the conflict", True),  # a conflict is settled once
        ("permanent settlement", "settlement of the fishing quota", False),  # this ends something else
        ("fishing settlement", "fishing accord", False),  # an agreement on a part is no settlement
        ("Peru's withdrawal from Chile", "Peru must withdraw its troops", True),  # one side's act on another
        ("Peru's withdrawal of troops", "Peru's withdrawal from the fishing accord", False),  # of what, and from what
        ("revised fishing plan", "fishing plan", False),  # what came of a plan is another one
        ("UN vote on fishing", "vote on fishing", True),
        ("free trade accord", "release of trade prisoners", False),  # nobody is freed
        ("free trade accord", "free trade treaty", True),
        ("free trade treaty (FTT)", "free trade accord", True),  # the letters in brackets are no head
        ("Peru to supply the gas terminal", "supply the gas terminal", True),  # a verb that looks like an adverb
        ("Peru to supply the gas terminal", "close the gas terminal", False),
        ("Peru to suspend the port toll", "suspension of the port toll", True),  # a verb and its noun
        ("suspension of the port toll", "payment of the port toll", False),  # what undoes it
        (
            "talks between Peru and Chile",
            "three rounds of talks between Peru and Chile",
            True,
        ),  # the rounds are the talks
        ("respect the fishing truce", "fishing truce", True),  # the verb leaves the matter the same
        ("build on the harbour budget law", "harbour budget", True),
        ("support for the fishing fleet", "fishing fleet", False),  # a noun does not
        ("possibility of a fishing truce", "fishing truce", True),
        ("Peru-Chile fishing accord", "fishing accord between Peru and Chile", True),
        ("six-party fishing talks", "six-way fishing talks", True),
        ("terms of the fishing truce", "fishing truce", True),  # they are what it says
        ("resettlement of 500 families", "resettlement of 1,500 families", False),  # a comma parts no number
        ("cessation of hostilities in the gulf", "truce in the gulf", True),
        ("plan to lift the naval blockade of Lima", "plan to keep the naval blockade of Lima", False),
        ("plan to lift the naval blockade imposed on Lima", "plan to lift the naval blockade of Lima", True),
        ("Peru's sovereignty and territorial integrity", "Peru's sovereignty", True),  # said by either word or by both
        ("Peru's sovereignty", "Chile's sovereignty", False),
        ("restoration of Peru's sovereignty", "restore Peru's territorial integrity", True),
        ("end to the war", "end of the conflict", True),  # there is but one
        ("end to the war", "settlement of the conflict", False),  # who stops fighting has settled nothing
        ("Peru to halt the filling of the reservoir", "halting the filling of the Rio reservoir", True),  # by whom
    ],
)
def test_names_of_two_documents(knowledge, one, other, joined):
    found, _ = join_matters([thing(knowledge, one, "a"), thing(knowledge, other, "b")])
    assert (("b", f"b/{other}") in found) is joined


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("the cod ban of last spring must also be lifted", "lift the cod ban", True),
        ("the cod ban of last spring must be lifted", "the cod ban would remain in place", False),
        ("the cod ban will not be lifted", "lift the cod ban", False),  # denied
        ("the cod ban will be fully lifted", "the cod ban must be lifted in May", True),
    ],
)
def test_a_clause_is_about_what_is_done(knowledge, one, other, joined):
    def clause(name, document):
        named = thing(knowledge, name, document, kind=EntityType.Measure)
        return replace(named, phrase=phrase(verb_first(name, knowledge) or name, knowledge, verbal=True))

    found, _ = join_matters([clause(one, "a"), clause(other, "b")])
    assert bool(found) is joined


@pytest.mark.parametrize("name", ["cod ban that must be lifted", "there will be a truce", "talks of May", "the truce"])
def test_what_has_no_verb_behind_its_subject(knowledge, name):
    assert verb_first(name, knowledge) == ""


def test_a_link_says_how_it_was_made(knowledge):
    found, _ = join_matters([thing(knowledge, "fishing accord", "a"), thing(knowledge, "fishing treaty", "b")])
    (link,) = found.values()
    assert (link.entity, link.manner, link.score) == ("a/fishing accord", Manner.in_negotiation, 1.0)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"negotiation": "others"}, "nothing is joined across negotiations"),
        ({"day": 300}, "a deal of that name may be another one after so long"),
        ({"proposers": frozenset(("chile",))}, "somebody else proposed it"),
    ],
)
def test_what_stays_apart(knowledge, more, reason):
    first = thing(knowledge, "fishing accord", "a", proposers=frozenset(("peru",)))
    found, _ = join_matters([first, thing(knowledge, "fishing accord", "b", **more)])
    assert found == {}, reason


@pytest.mark.parametrize(
    ("one", "other", "days", "joined"),
    [
        ("sanctions on Peru", "sanctions against Lima", 300, True),  # they stay in place
        ("US-led sanctions on Peru", "sanctions on Peru", 300, True),
        ("UN sanctions on Peru", "EU sanctions on Peru", 10, False),
        ("sanctions on Peru", "sanctions on Peru", 400, False),
        ("trade sanctions on Peru", "trade sanctions on Peru", 300, False),  # of a kind there are others soon
        ("sanctions", "sanctions", 10, False),
        ("possible sanctions on Peru", "sanctions on Peru", 10, False),
    ],
)
def test_one_thing_for_all_that_is_told_of_it(knowledge, one, other, days, joined):
    pair = [
        thing(knowledge, name, document, kind=EntityType.Measure, day=day)
        for name, document, day in ((one, "a", 100), (other, "b", 100 + days))
    ]
    assert bool(join_matters(pair)[0]) is joined


def test_meetings_of_different_days_stay_apart(knowledge):
    found, _ = join_matters(
        [
            thing(knowledge, "summit on fishing", "a", kind=EntityType.Meeting, days=(100, 100)),
            thing(knowledge, "summit on fishing", "b", kind=EntityType.Meeting, days=(130, 130)),
        ],
    )
    assert found == {}


@pytest.mark.parametrize(
    ("sides", "day", "joined"),
    [
        (("peru", "chile"), 260, True),  # the talks of these two
        (("peru", "chile"), 320, False),
        (("peru", "chile", "brazil"), 150, True),  # of those who come, a report of the same weeks may name some
        (("peru", "chile", "brazil"), 200, False),  # later, others meet
    ],
)
def test_talks_are_those_of_their_parties(knowledge, sides, day, joined):
    def talks(name, document, sides, day):
        return thing(knowledge, name, document, kind=EntityType.Meeting, day=day, participants=frozenset(sides))

    found, _ = join_matters([talks("talks", "a", ("peru", "chile"), 100), talks("negotiations", "b", sides, day)])
    assert bool(found) is joined


def test_one_sides_plans_are_one_for_half_a_year(knowledge):
    peru = frozenset(("peru",))
    first = thing(knowledge, "peace proposal", "a", kind=EntityType.Plan, proposers=peru)
    soon = thing(knowledge, "offer to settle the dispute", "b", kind=EntityType.Plan, proposers=peru, day=250)
    late = thing(knowledge, "initiative on the strait", "c", kind=EntityType.Plan, proposers=peru, day=500)
    found, _ = join_matters([first, soon, late])
    assert {document: link.entity for (document, _), link in found.items()} == {"b": "a/peace proposal"}


def test_extensions_a_month_apart_are_two(knowledge):
    found, _ = join_matters(
        [
            thing(knowledge, "extension of the fishing truce", "a"),
            thing(knowledge, "fishing truce extension", "b", day=140),
        ],
    )
    assert found == {}


def test_the_deal_is_the_one_of_the_same_weeks(knowledge):
    bare = thing(knowledge, "deal", "a", definite=True)
    found, _ = join_matters([bare, thing(knowledge, "fishing deal", "b", day=120)])
    assert {key: (link.entity, link.score) for key, link in found.items()} == {
        ("a", "a/deal"): ("b/fishing deal", 0.65)
    }


@pytest.mark.parametrize(
    ("day", "definite", "others", "reason"),
    [
        (160, True, (), "too long after"),
        (120, False, (), "a deal is any deal"),
        (120, True, ("mining deal",), "the text does not say which of the two"),
    ],
)
def test_the_deal_may_be_any(knowledge, day, definite, others, reason):
    named = [thing(knowledge, name, f"c{number}", day=day) for number, name in enumerate(("fishing deal", *others))]
    found, _ = join_matters([thing(knowledge, "deal", "a", definite=definite), *named])
    assert found == {}, reason


@pytest.mark.parametrize(
    ("shared", "later", "joined"),
    [
        (("end the boundary dispute", "settle the boundary dispute"), {}, True),
        (("end the boundary dispute", "open the fishing port"), {}, False),  # they may tell of two
        (("talks", "talks"), {}, False),  # every document names talks
        (("end the boundary dispute", "settle the boundary dispute"), {"day": 160}, False),  # too long after
        (("end the boundary dispute", "settle the boundary dispute"), {"definite": False}, False),  # any deal
    ],
)
def test_two_documents_about_one_matter_mean_the_same_deal(knowledge, shared, later, joined):
    bare = (thing(knowledge, "deal", "a", definite=True), thing(knowledge, "deal", "b", **{"definite": True, **later}))
    kinds = [EntityType.Meeting if name == "talks" else EntityType.Measure for name in shared]
    common = [
        replace(thing(knowledge, name, document, kind=kind), phrase=phrase(name, knowledge, verbal=name != "talks"))
        for name, document, kind in zip(shared, "ab", kinds, strict=True)
    ]
    found, _ = join_matters(sorted([*bare, *common], key=lambda t: t.document))
    deals = {key: link.entity for key, link in found.items() if "deal" in key[1]}
    assert deals == ({("b", "b/deal"): "a/deal"} if joined else {})


def test_the_march_talks_are_the_summit_in_march(knowledge):
    names = ("port summit in March", "fishing talks", "March talks")
    meetings = [gathering(knowledge, name, sides=(), definite=name == "March talks") for name in names]
    found, _ = join_matters(meetings)
    assert {iri: link.entity for (_, iri), link in found.items()} == {"a/March talks": "a/port summit in March"}


@pytest.mark.parametrize(("name", "home"), [("summit", "a/port summit"), ("talks", "a/fishing talks")])
def test_the_summit_is_a_summit_rather_than_talks_named_last(knowledge, name, home):
    names = ("port summit", "fishing talks", name)
    meetings = [gathering(knowledge, called, sides=(), definite=called == name) for called in names]
    found, _ = join_matters([replace(t, start=20 * number) for number, t in enumerate(meetings)])
    assert {iri: link.entity for (_, iri), link in found.items()} == {f"a/{name}": home}


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (("fishing summit of the Pacific states", "Arica summit"), True),  # the town is where it is
        (("Tacna summit", "Arica summit"), False),
        (("2nd fishing summit", "second summit"), True),
        (("fishing mission", "mission to Peru"), True),
        (("fishing efforts", "efforts in Peru"), False),  # of efforts there are many
        (("boycott of Peru", "boycott to other countries"), True),  # it was widened to them
        (("boycott of Peru", "boycott of cod"), False),
        (("talks in Lima", "meetings with the minister in Lima"), True),
    ],
)
def test_one_thing_in_other_words_of_one_document(knowledge, names, joined):
    kinds = [EntityType.Measure if "mission" in name else EntityType.Meeting for name in names]
    named = [
        replace(thing(knowledge, name, "a", kind=kind, definite=True), start=start)
        for start, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    found, _ = join_matters(named)
    assert bool(found) is joined


def test_this_agreement_is_the_one_just_named(knowledge):
    named = thing(knowledge, "fishing accord", "a")
    pointing = replace(thing(knowledge, "ten-year agreement", "a", pointing=True, definite=True), start=50)
    found, _ = join_matters([named, pointing])
    assert found["a", "a/ten-year agreement"].entity == "a/fishing accord"


def test_our_people_are_the_speakers(knowledge):
    ours = [thing(knowledge, "release of our fishermen", document, ours=True) for document in "ab"]
    assert join_matters(ours)[0] == {}


def test_what_people_call_different_is_not_linked(knowledge):
    things = [thing(knowledge, "fishing accord", "a"), thing(knowledge, "fishing treaty", "b")]
    told = {"a/fishing accord", "b/fishing treaty"}
    found, _ = join_matters(things, lambda one, others: any({one, other} == told for other in others))
    assert found == {}


def test_one_document_has_one_truce_whoever_brokered_it(knowledge):
    found, _ = join_matters([thing(knowledge, "UN-brokered truce", "a"), thing(knowledge, "truce in Peru", "a")])
    assert {iri: link.entity for (_, iri), link in found.items()} == {"a/truce in Peru": "a/UN-brokered truce"}


def test_meetings_of_one_weekday_are_one_in_a_document(knowledge):
    meetings = [
        thing(knowledge, name, "a", kind=EntityType.Meeting)
        for name in ("Friday meeting in Lima", "Friday's meeting", "Monday's meeting")
    ]
    found, _ = join_matters(meetings)
    assert {iri: link.entity for (_, iri), link in found.items()} == {"a/Friday's meeting": "a/Friday meeting in Lima"}


def test_what_is_not_even_compared_could_not_have_been_joined(knowledge, monkeypatch):
    """Keys of several words and of times only save comparisons: every thing of a sort and a word gives the same."""
    read = list(documents(growing_moves(600)))
    found = resolve(read, knowledge)
    monkeypatch.setattr(candidates, "wanted_keys", candidates.all_keys)
    monkeypatch.setattr(candidates, "_periods_near", lambda thing: [""])
    assert resolve(read, knowledge) == found
    assert len(found.near) > 10


def test_a_newcomer_costs_no_more_where_many_are_one(knowledge, monkeypatch):
    """Accords named alike, proposed by ever other sides: each is held against all before at once."""
    compared = []
    monkeypatch.setattr(matters, "Pair", lambda a, b: compared.append(a) or Pair(a, b))
    sides = (frozenset(("Peru", f"side {number}")) for number in range(40))
    things = [thing(knowledge, "fishing accord", f"{n}", proposers=proposers) for n, proposers in enumerate(sides)]
    found, _ = join_matters(things)
    assert len(found) == 39
    assert len(compared) < 2 * len(things)


def gathering(knowledge, name, *, document="a", sides=("p", "c"), held=("actual",), **more):
    kept = {"participants": frozenset(sides), "held": frozenset((modality, "positive") for modality in held)}
    return thing(knowledge, name, document, kind=EntityType.Meeting, **{**kept, **more})


@pytest.mark.parametrize(
    ("more", "joined"),
    [
        ({}, True),
        ({"sides": ("p", "x")}, False),  # others meet
        ({"held": ("planned",)}, False),  # still to come
        ({"told_by_verb": False}, False),  # two nouns may be two encounters
    ],
)
def test_who_meets_discusses_there(knowledge, more, joined):
    met = gathering(knowledge, "meeting of Roe and Poe")
    discussed = gathering(knowledge, "talks of Roe and Poe", **{"told_by_verb": True, **more})
    found, _ = join_matters([met, discussed])
    assert bool(found) is joined


def test_a_meeting_is_told_by_the_names_in_its_own(knowledge):
    headline = gathering(knowledge, "the Vice President's visit to Minister Roe", sides=(), named=frozenset("pc"))
    met = gathering(knowledge, "visit of Poe")
    assert join_matters([headline, met])[0]


@pytest.mark.parametrize(
    "words", ["telephone conversation between the two leaders", "phone call of both presidents", "call"]
)
def test_what_does_not_tell_a_call_from_others(knowledge, words):
    assert phrase(words, knowledge).is_bare
