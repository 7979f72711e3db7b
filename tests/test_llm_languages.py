"""Texts in other languages, read by answers alone: spans in the original script, known actors by their names there."""

from __future__ import annotations

import json

import pytest

from kgraph.build.pipeline import build
from kgraph.extract.extraction import extract
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.conversation import conversation
from kgraph.extract.llm.names import known_actor
from kgraph.extract.llm.request import request_for
from kgraph.extract.llm.sentences import windows
from kgraph.extract.llm.settings import LlmSettings
from kgraph.extract.registry import readers
from kgraph.model.document import Document
from kgraph.verify import verify
from tests.carried import inflated


def of(words, english=None, kind=None, stands_for=None):
    found = {"words": words, "english": english, "type": kind}
    if stands_for:
        found["stands_for"] = {"words": stands_for[0], "sentence": stands_for[1]}
    return {name: value for name, value in found.items() if value is not None}


# Language → text, published on Friday 2024-03-15, and what a model answers about it.
TEXTS = {
    "ru": (
        "Осло отвергло квоты на треску\n\n"
        "Правительство Норвегии в среду отвергло проект соглашения о квотах, сообщила министр Марит Хансен. "
        "Она заявила, что Норвегия готова продолжить переговоры с Исландией. "
        "Исландия потребовала отменить пошлины.\n",
        [
            {
                "sentence": 2,
                "relation": "rejects",
                "move": "отвергло",
                "actor": of("Правительство Норвегии", "Norway", "State"),
                "object": of("проект соглашения о квотах", "draft quota agreement", "Plan"),
                "speakers": [of("Марит Хансен", "Marit Hansen", "Person")],
                "date": {"words": "в среду", "edtf": "2024-03-13"},
            },
            {
                "sentence": 3,
                "relation": "agreesTo",
                "move": "готова",
                "actor": of("Норвегия", "Norway", "State"),
                "object": of("продолжить переговоры с Исландией", "continue talks with Iceland", "Measure"),
                "speakers": [of("Она", "she", "Person", ("Марит Хансен", 2))],
            },
            {
                "sentence": 4,
                "relation": "callsFor",
                "move": "потребовала",
                "actor": of("Исландия", None, "State"),
                "object": of("отменить пошлины", "lift the duties", "Measure"),
            },
        ],
        ["Norway", "Norway", "Iceland"],
    ),
    "ar": (
        "عمّان تستضيف محادثات المياه\n\n"
        "أعلن الأردن يوم الاثنين أنه يوافق على خطة تقاسم مياه النهر. "
        "ورفضت سوريا الاقتراح، ودعت إلى إرسال خبراء مستقلين.\n",
        [
            {
                "sentence": 2,
                "relation": "agreesTo",
                "move": "يوافق على",
                "actor": of("الأردن", "Jordan", "State"),
                "object": of("خطة تقاسم مياه النهر", "river water sharing plan", "Plan"),
                "speakers": [of("الأردن", "Jordan", "State")],
                "date": {"words": "يوم الاثنين", "edtf": "2024-03-11"},
            },
            {
                "sentence": 3,
                "relation": "rejects",
                "move": "رفضت",
                "actor": of("سوريا", "Syria", "State"),
                "object": of("الاقتراح", "the proposal", "Plan", ("خطة تقاسم مياه النهر", 2)),
            },
            {
                "sentence": 3,
                "relation": "callsFor",
                "move": "دعت",
                "actor": of("سوريا", None, "State"),
                "object": of("إرسال خبراء مستقلين", "sending independent experts", "Measure"),
            },
        ],
        ["Jordan", "Syria", "Syria"],
    ),
    "fr": (
        "Le Maroc et l’Espagne se parlent de nouveau\n\n"
        "Le Maroc et l’Espagne ont signé mercredi à Rabat un accord de pêche. "
        "Rabat n’a pas accepté la clause sur les inspections.\n",
        [
            {
                "sentence": 2,
                "relation": "signs",
                "move": "ont signé",
                "actor": of("Le Maroc", "Morocco", "State"),
                "object": of("un accord de pêche", "a fishing agreement", "Agreement"),
                "date": {"words": "mercredi", "edtf": "2024-03-13"},
            },
            {
                "sentence": 2,
                "relation": "signs",
                "move": "ont signé",
                "actor": of("Espagne", None, "State"),
                "object": of("un accord de pêche", "a fishing agreement", "Agreement"),
            },
            {
                "sentence": 3,
                "relation": "agreesTo",
                "move": "n'a pas accepté",
                "polarity": "negative",
                "actor": of("Rabat", "Morocco", "State"),
                "object": of("la clause sur les inspections", "the clause on inspections", "Measure"),
            },
        ],
        ["Morocco", "Spain", "Morocco"],
    ),
    "es": (
        "Perú rechaza el arancel\n\n"
        "El gobierno de Perú rechazó el 5 de marzo de 2024 la propuesta de Ecuador sobre aranceles. "
        "Ecuador amenazó con cerrar la frontera.\n",
        [
            {
                "sentence": 2,
                "relation": "rejects",
                "move": "rechazó",
                "actor": of("Perú", "Peru", "State"),
                "object": of("la propuesta de Ecuador sobre aranceles", "Ecuador's tariff proposal", "Plan"),
                "date": {"words": "5 de marzo de 2024", "edtf": "2024-03-05"},
            },
            {
                "sentence": 3,
                "relation": "threatens",
                "move": "amenazó",
                "actor": of("Ecuador", None, "State"),
                "object": of("cerrar la frontera", "close the border", "Measure"),
            },
        ],
        ["Peru", "Ecuador"],
    ),
    "zh": (
        "日本与韩国会谈\n\n"
        "日本外务大臣佐藤健与韩国外长金敏周一在首尔会谈，讨论渔业协定。韩国拒绝了日本的提议。日本说有320艘渔船停航。\n",
        [
            {
                "sentence": 2,
                "relation": "meets",
                "move": "会谈",
                "participants": [of("佐藤健", "Sato Ken", "Person"), of("金敏", "Kim Min", "Person")],
                "place": of("首尔", "Seoul"),
                "date": {"words": "周一", "edtf": "2024-03-11"},
            },
            {
                "sentence": 3,
                "relation": "rejects",
                "move": "拒绝",
                "actor": of("韩国", None, "State"),
                "object": of("日本的提议", "Japan's proposal", "Plan"),
            },
            {
                "sentence": 4,
                "relation": "claims",
                "move": "说",
                "actor": of("日本", None, "State"),
                "object": of("320", None, "Figure"),
                "value": 320,
                "what": "渔船",
            },
        ],
        [None, "South Korea", "Japan"],
    ),
}
LANGUAGES = list(TEXTS)


def document_in(language: str) -> Document:
    return Document(language, TEXTS[language][0], published="2024-03-15", language=language)


def answered(folder, document: Document, language: str) -> LlmSettings:
    settings = LlmSettings(answers=folder, model="played")
    (window,) = windows(document)
    text = json.dumps({"statements": TEXTS[language][1]}, ensure_ascii=False)
    Answers(folder, "played").keep(request_for(window), text)
    assert conversation(window, Answers(folder, "played")).checked.failures == ()
    return settings


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_its_own_script(tmp_path, knowledge, language):
    document = document_in(language)
    settings = answered(tmp_path, document, language)
    ((_, extraction),) = extract([document], knowledge, readers(("rules", "llm"), {"llm": settings}))
    assert [s.relation for s in extraction.statements] == [s["relation"] for s in TEXTS[language][1]]
    assert [s.actor and s.actor.name for s in extraction.statements] == TEXTS[language][2]
    for statement in extraction.statements:
        assert document.text[statement.span.start : statement.span.end] == statement.quote
        assert statement.read_by == ("llm",)
        for mentions in statement.roles().values():
            assert all(document.text[m.span.start : m.span.end] == m.text for m in mentions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_kept_beside_the_words(tmp_path, knowledge, language):
    document = document_in(language)
    settings = answered(tmp_path, document, language)
    ((_, extraction),) = extract([document], knowledge, readers(("llm",), {"llm": settings}))
    given = [s["object"].get("english") for s in TEXTS[language][1] if "object" in s]
    kept = [s.object.translation for s in extraction.statements if s.relation != "meets"]
    assert kept == given


DATED = {"ru": "2024-03-13", "ar": "2024-03-11", "fr": "2024-03-13", "es": "2024-03-05", "zh": "2024-03-11"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_follow_from_words_in_every_language(tmp_path, knowledge, language):
    document = document_in(language)
    settings = answered(tmp_path, document, language)
    ((_, extraction),) = extract([document], knowledge, readers(("llm",), {"llm": settings}))
    assert extraction.statements[0].dating.edtf == DATED[language]


NAMES = [
    ("ru", "Норвегия", "Norway", "a state"),
    ("ru", "МОСКВА", "Russia", "a capital, in any case"),
    ("ar", "الأردن", "Jordan", "right to left"),
    ("zh", "韩国", "South Korea", "without letters"),
    ("fr", "Nations Unies", "United Nations", "a body"),
    ("es", "Narnia", None, "no such state"),
    ("xx", "Norway", "Norway", "English names in a language that nobody knows"),
]


@pytest.mark.parametrize(("language", "name", "label", "why"), NAMES, ids=[row[-1] for row in NAMES])
def test_known_actors_have_names_in_other_languages(knowledge, language, name, label, why):
    found = known_actor(knowledge, language, name)
    assert (found and found.label) == label


@pytest.mark.slow
def test_spans_are_right_in_verify_page_and_export(tmp_path):
    folder, texts = tmp_path / "exports", tmp_path / "texts"
    texts.mkdir()
    for language, (text, _, _) in TEXTS.items():
        front = f"---\npublished: 2024-03-15\nlanguage: {language}\n---\n"
        (texts / f"{language}.txt").write_text(front + text, encoding="utf-8")
    settings = LlmSettings(answers=folder / "answers", model="played")

    def prepare(documents):
        for document in documents:
            answered(settings.answers, document, document.language)

    built = build([texts], folder, readers=("llm",), settings={"llm": settings}, prepare=prepare)
    assert built.report.statements == 14 and built.report.refused == {}
    checked = verify(built, built.manifest, built.folder)
    assert checked.findings == () and checked.evidence > 40
    page = (folder / "network.html").read_text(encoding="utf-8")
    data = "".join(
        text for block in ("data", "apart") for text in inflated(page, f'type="application/json" id="{block}"')
    )
    turtle = (folder / "graph.ttl").read_text(encoding="utf-8")
    assert '"draft quota agreement"@en-t-und-t0-und' in turtle
    assert '"she"@en-t-und-t0-und' not in turtle and '"Norway"@en-t-und-t0-und' not in turtle
    for words in ("отвергло", "الاقتراح", "la clause sur les inspections", "cerrar la frontera", "日本的提议"):
        assert words in turtle
        assert words in data
