"""How statements are put into words, for people on pages, in differences and in findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.model.telling import in_short, matter_in_words, plain_form, verb_around
from kgraph.vocabulary import Modality, Polarity, Relation


def one(statements, relation, many=1):
    return next(s for s in statements if s.relation == relation and len(s.parties) >= many)


@pytest.mark.parametrize("relation", Relation)
def test_every_verb_loses_but_the_sign_of_the_third_person(relation):
    first = relation.traits.verb.split()[0]
    assert plain_form(relation.traits.verb).split()[0] + "s" == first


def test_what_is_denied_is_said_in_english(statements):
    rejected = replace(one(statements, Relation.rejects), polarity=Polarity.negative)
    assert verb_around(rejected) == ("does not reject", "")
    agreed = replace(rejected, relation=Relation.agreesTo)
    assert in_short(agreed) == f"{agreed.actor.label} does not agree to {agreed.object.label}"


def test_several_parties_have_a_verb_of_several(statements):
    met = one(statements, Relation.meets, many=2)
    assert verb_around(met) == ("take part in", "")
    assert verb_around(replace(met, polarity=Polarity.negative)) == ("do not take part in", "")


def test_a_condition_stands_behind_what_depends_on_it(statements):
    found = replace(one(statements, Relation.conditionsOn), modality=Modality.actual, polarity=Polarity.positive)
    assert verb_around(found) == ("makes", "conditional on")
    assert in_short(found) == (f"{found.actor.label} makes {found.object.label} conditional on {found.condition.label}")
    assert verb_around(replace(found, polarity=Polarity.negative)) == ("does not make", "conditional on")


def test_what_was_not_done_is_not_told_as_done(statements):
    planned = replace(one(statements, Relation.rejects), modality=Modality.planned)
    assert in_short(planned) == f"{planned.actor.label} (planned) rejects {planned.object.label}"


def test_an_accusation_quotes_what_it_is_of(statements):
    rejected = one(statements, Relation.rejects)
    accused = replace(rejected, relation=Relation.accuses, object=rejected.actor, content=rejected.object)
    assert matter_in_words(accused) == f"{rejected.actor.label} of “{rejected.object.label}”"
