"""The terms of the ontology as closed classes, so that a typo raises.

Generated from ontology/terms.ttl; do not edit.

Regenerate with ``python -m kgraph.vocabulary_source``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn


class _Closed(type):
    def __getattr__(cls, name: str) -> NoReturn:
        raise AttributeError(f"the ontology has no term neg:{name}")


class Term(metaclass=_Closed):
    """IRIs of the ontology's terms by local name."""

    Actor = "https://w3id.org/kgraph/ontology#Actor"
    """A party that can make a negotiation move: a person, a state, an organization or a group."""
    Agreement = "https://w3id.org/kgraph/ontology#Agreement"
    """A matter that parties have concluded or mean to conclude together."""
    Attribution = "https://w3id.org/kgraph/ontology#Attribution"
    """One link of the chain of sources of a statement, with its rank."""
    BoundCue = "https://w3id.org/kgraph/ontology#BoundCue"
    """Words before a number that say how exact it is."""
    Build = "https://w3id.org/kgraph/ontology#Build"
    """The run of the program that made the graph, with the versions its output depends on."""
    ConditionCue = "https://w3id.org/kgraph/ontology#ConditionCue"
    """A word or phrase that makes one thing depend on another."""
    Document = "https://w3id.org/kgraph/ontology#Document"
    """A source text, stored unchanged together with its digest."""
    Evidence = "https://w3id.org/kgraph/ontology#Evidence"
    """Exact characters of a document that bear a role in a statement or that name a thing."""
    Figure = "https://w3id.org/kgraph/ontology#Figure"
    """A number with what it counts and how exact it is, as somebody gives it."""
    Finding = "https://w3id.org/kgraph/ontology#Finding"
    """What an analysis of the graph found, with the statements that it rests on."""
    Frame = "https://w3id.org/kgraph/ontology#Frame"
    """One way in which English words a relation: trigger word and grammatical slots."""
    Group = "https://w3id.org/kgraph/ontology#Group"
    """An actor that is several people or bodies without a common organization, kept in the wording of the text."""
    Issue = "https://w3id.org/kgraph/ontology#Issue"
    """A subject that negotiations are about."""
    Judgement = "https://w3id.org/kgraph/ontology#Judgement"
    """A person's decision about an entity or a statement of the graph, with who, when and why; it can be undone."""
    LegalAct = "https://w3id.org/kgraph/ontology#LegalAct"
    """A matter that an authority enacts with legal force: decree, law, resolution, sanction."""
    Link = "https://w3id.org/kgraph/ontology#Link"
    """That words of a document stand for an entity which other words or documents name, too: how it was found and how sure it is."""
    Matter = "https://w3id.org/kgraph/ontology#Matter"
    """What a negotiation move is about."""
    Measure = "https://w3id.org/kgraph/ontology#Measure"
    """A matter that is an act or a state of affairs, worded as the text has it."""
    Meeting = "https://w3id.org/kgraph/ontology#Meeting"
    """A matter that is an encounter of parties: summit, talks, call, visit; held, planned or cancelled."""
    Move = "https://w3id.org/kgraph/ontology#Move"
    """The move that one or more statements report."""
    NearLink = "https://w3id.org/kgraph/ontology#NearLink"
    """Two entities that may be one: the texts do not say clearly enough, a person is to decide."""
    Negotiation = "https://w3id.org/kgraph/ontology#Negotiation"
    """A process of parties about a dispute over a time; every document belongs to one, a round-up to several."""
    Organization = "https://w3id.org/kgraph/ontology#Organization"
    """An actor that is a body with a name and a structure."""
    Person = "https://w3id.org/kgraph/ontology#Person"
    """An actor that is one human being."""
    Plan = "https://w3id.org/kgraph/ontology#Plan"
    """A matter that somebody has put or may put on the table and that is not yet agreed."""
    Qualifier = "https://w3id.org/kgraph/ontology#Qualifier"
    """A value of a closed list: how a statement holds, how its date was found, the role of evidence, or a trait of a relation."""
    Relation = "https://w3id.org/kgraph/ontology#Relation"
    """A kind of negotiation move; the predicate of a statement."""
    State = "https://w3id.org/kgraph/ontology#State"
    """An actor that is a state or a territory with a government of its own; its capital and seat of government stand for it when they act."""
    Statement = "https://w3id.org/kgraph/ontology#Statement"
    """One negotiation move that one document reports, with who says so."""
    WordClass = "https://w3id.org/kgraph/ontology#WordClass"
    """A list of words that the extractor treats alike."""
    about = "https://w3id.org/kgraph/ontology#about"
    """The issue that a matter belongs to."""
    acceptedStage = "https://w3id.org/kgraph/ontology#acceptedStage"
    """Accepted by a party. (A value of marks.)"""
    acceptsStance = "https://w3id.org/kgraph/ontology#acceptsStance"
    """The party is for what others have put on the table. (A value of expresses.)"""
    accuses = "https://w3id.org/kgraph/ontology#accuses"
    """A party blames another for something."""
    actorClass = "https://w3id.org/kgraph/ontology#actorClass"
    """What the subject must be."""
    actorRole = "https://w3id.org/kgraph/ontology#actorRole"
    """Who makes the move. (A value of evidence role.)"""
    actsFor = "https://w3id.org/kgraph/ontology#actsFor"
    """The state for which the body speaks."""
    actual = "https://w3id.org/kgraph/ontology#actual"
    """Done or said. (A value of modality.)"""
    againstFamily = "https://w3id.org/kgraph/ontology#againstFamily"
    """Moves that turn against a matter or a party. (A value of family.)"""
    againstSide = "https://w3id.org/kgraph/ontology#againstSide"
    """Against the matter. (A value of side.)"""
    agreesTo = "https://w3id.org/kgraph/ontology#agreesTo"
    """A party accepts, approves, pledges or commits itself to something."""
    antecedentRole = "https://w3id.org/kgraph/ontology#antecedentRole"
    """What a pronoun or description stands for. (A value of evidence role.)"""
    asOf = "https://w3id.org/kgraph/ontology#asOf"
    """The day for which a position is told."""
    attribution = "https://w3id.org/kgraph/ontology#attribution"
    """A link of the chain of sources, outermost first."""
    basedIn = "https://w3id.org/kgraph/ontology#basedIn"
    """The state in which a movement is, whose talks are about that state."""
    bound = "https://w3id.org/kgraph/ontology#bound"
    """How exact the number is, such as more than, at least or close to."""
    brokenStage = "https://w3id.org/kgraph/ontology#brokenStage"
    """Broken. (A value of marks.)"""
    calledForStage = "https://w3id.org/kgraph/ontology#calledForStage"
    """Asked for. (A value of marks.)"""
    callsFor = "https://w3id.org/kgraph/ontology#callsFor"
    """A party asks others for something, with whatever force."""
    callsForStance = "https://w3id.org/kgraph/ontology#callsForStance"
    """The party asks others for the matter. (A value of expresses.)"""
    canReverse = "https://w3id.org/kgraph/ontology#canReverse"
    """Whether a move of the relation can turn round what its party said of the matter before."""
    certainty = "https://w3id.org/kgraph/ontology#certainty"
    """How far a position is settled: open where the dates leave more than one stance, else reported by one source or confirmed by several."""
    claimFamily = "https://w3id.org/kgraph/ontology#claimFamily"
    """Figures that somebody gives. (A value of family.)"""
    claims = "https://w3id.org/kgraph/ontology#claims"
    """A party gives a figure for something countable."""
    clauseRole = "https://w3id.org/kgraph/ontology#clauseRole"
    """The clause that states the move. (A value of evidence role.)"""
    complementVerb = "https://w3id.org/kgraph/ontology#complementVerb"
    """A verb that must head the infinitive."""
    concludes = "https://w3id.org/kgraph/ontology#concludes"
    """Whether a move of the relation can conclude a matter."""
    condition = "https://w3id.org/kgraph/ontology#condition"
    """What must come first, in a statement that makes one outcome depend on another."""
    conditionRole = "https://w3id.org/kgraph/ontology#conditionRole"
    """What must come first. (A value of evidence role.)"""
    conditional = "https://w3id.org/kgraph/ontology#conditional"
    """Made only if something stated happens. (A value of modality.)"""
    conditionalFamily = "https://w3id.org/kgraph/ontology#conditionalFamily"
    """Moves that make one thing wait for another. (A value of family.)"""
    conditionalStance = "https://w3id.org/kgraph/ontology#conditionalStance"
    """The party is for the matter if something else comes first. (A value of expresses.)"""
    conditionsOn = "https://w3id.org/kgraph/ontology#conditionsOn"
    """A party makes one outcome depend on another."""
    confidence = "https://w3id.org/kgraph/ontology#confidence"
    """How often statements read in this way are right, from 0 to 1."""
    content = "https://w3id.org/kgraph/ontology#content"
    """What an accusation is about."""
    contentRole = "https://w3id.org/kgraph/ontology#contentRole"
    """What is alleged. (A value of evidence role.)"""
    contentSlot = "https://w3id.org/kgraph/ontology#contentSlot"
    """The preposition before what an accusation is about."""
    context = "https://w3id.org/kgraph/ontology#context"
    """Bounded by context alone. (A value of date source.)"""
    correction = "https://w3id.org/kgraph/ontology#correction"
    """A field of a statement and the value that a judgement gives it, joined by an equals sign."""
    counted = "https://w3id.org/kgraph/ontology#counted"
    """What is counted, as worded."""
    date = "https://w3id.org/kgraph/ontology#date"
    """When the move took place or is planned for, as an EDTF string no more precise than the text."""
    dateDerivation = "https://w3id.org/kgraph/ontology#dateDerivation"
    """In words, how date or bounds were derived."""
    dateRole = "https://w3id.org/kgraph/ontology#dateRole"
    """The words that give the date. (A value of evidence role.)"""
    dateSource = "https://w3id.org/kgraph/ontology#dateSource"
    """How date or bounds were found: written out, counted from the publication date, or from context."""
    demonym = "https://w3id.org/kgraph/ontology#demonym"
    """An adjective or noun for what belongs to the actor."""
    documentVoice = "https://w3id.org/kgraph/ontology#documentVoice"
    """The document states it itself. (A value of voice.)"""
    earliest = "https://w3id.org/kgraph/ontology#earliest"
    """The first day on which the move can have taken place."""
    enactedStage = "https://w3id.org/kgraph/ontology#enactedStage"
    """Put into force by an authority. (A value of marks.)"""
    enacts = "https://w3id.org/kgraph/ontology#enacts"
    """An authority issues or adopts a legal act or a sanction."""
    evidence = "https://w3id.org/kgraph/ontology#evidence"
    """The exact characters that bear a role in the statement."""
    evokes = "https://w3id.org/kgraph/ontology#evokes"
    """The relation that a frame evokes."""
    excludedObject = "https://w3id.org/kgraph/ontology#excludedObject"
    """A head that the object must not have."""
    explanation = "https://w3id.org/kgraph/ontology#explanation"
    """A finding in one plain sentence."""
    explicit = "https://w3id.org/kgraph/ontology#explicit"
    """Written out in the text. (A value of date source.)"""
    expresses = "https://w3id.org/kgraph/ontology#expresses"
    """The stance on the matter that a move of the relation tells of."""
    extractorVersion = "https://w3id.org/kgraph/ontology#extractorVersion"
    """The version of the extractor."""
    family = "https://w3id.org/kgraph/ontology#family"
    """The group of relations whose lines look alike on a page."""
    findingKind = "https://w3id.org/kgraph/ontology#findingKind"
    """Which analysis gave a finding: position, reversal, contradiction, deadlock and so on."""
    forFamily = "https://w3id.org/kgraph/ontology#forFamily"
    """Moves that help a matter along. (A value of family.)"""
    forSide = "https://w3id.org/kgraph/ontology#forSide"
    """For the matter. (A value of side.)"""
    forbiddenStage = "https://w3id.org/kgraph/ontology#forbiddenStage"
    """Forbidden. (A value of marks.)"""
    form = "https://w3id.org/kgraph/ontology#form"
    """A word or phrase of a class or cue."""
    from_ = "https://w3id.org/kgraph/ontology#from"
    """The day on which an office was taken."""
    furtherNegotiation = "https://w3id.org/kgraph/ontology#furtherNegotiation"
    """The name of another negotiation that, as its metadata say, a document belongs to as well."""
    givenNegotiation = "https://w3id.org/kgraph/ontology#givenNegotiation"
    """The name of the negotiation that a document's metadata say it belongs to, the first of several."""
    givesShortcut = "https://w3id.org/kgraph/ontology#givesShortcut"
    """Whether an actual move that is vouched for also stands as one plain triple between actor and matter."""
    independentSources = "https://w3id.org/kgraph/ontology#independentSources"
    """How many sources vouch for a move: the speakers named for it, and the publishers where a text speaks itself, with reprints counted once."""
    involves = "https://w3id.org/kgraph/ontology#involves"
    """A party, matter or issue that a finding is about."""
    judges = "https://w3id.org/kgraph/ontology#judges"
    """The entity or statement that a judgement is about."""
    knowledgeVersion = "https://w3id.org/kgraph/ontology#knowledgeVersion"
    """The digest of the knowledge that was read."""
    latest = "https://w3id.org/kgraph/ontology#latest"
    """The last day on which the move can have taken place."""
    leftStage = "https://w3id.org/kgraph/ontology#leftStage"
    """Left or taken back by who was part of it. (A value of marks.)"""
    lemma = "https://w3id.org/kgraph/ontology#lemma"
    """The dictionary form of the trigger word."""
    library = "https://w3id.org/kgraph/ontology#library"
    """A library that the output depends on, with its version."""
    links = "https://w3id.org/kgraph/ontology#links"
    """The entity that a link's words stand for; of a near link, each of the two that may be one."""
    madeConditionalStage = "https://w3id.org/kgraph/ontology#madeConditionalStage"
    """Made to wait for something else. (A value of marks.)"""
    manifest = "https://w3id.org/kgraph/ontology#manifest"
    """The documents and graphs that a build on a server consists of, with their digests, as JSON."""
    manner = "https://w3id.org/kgraph/ontology#manner"
    """How a link was made: same name, named the same in one document or in one negotiation, or judged."""
    marks = "https://w3id.org/kgraph/ontology#marks"
    """The stage in the life of a matter that a move of the relation marks."""
    mayTake = "https://w3id.org/kgraph/ontology#mayTake"
    """A role that a statement of the relation may have."""
    mediatedStage = "https://w3id.org/kgraph/ontology#mediatedStage"
    """Helped along by a third party. (A value of marks.)"""
    mediates = "https://w3id.org/kgraph/ontology#mediates"
    """A third party brings others together, hosts or brokers."""
    meetingFamily = "https://w3id.org/kgraph/ontology#meetingFamily"
    """Encounters. (A value of family.)"""
    meets = "https://w3id.org/kgraph/ontology#meets"
    """Parties meet, talk or call each other; held, planned or cancelled."""
    mentionRole = "https://w3id.org/kgraph/ontology#mentionRole"
    """Words that name a thing. (A value of evidence role.)"""
    mentions = "https://w3id.org/kgraph/ontology#mentions"
    """A thing that the document names."""
    metonym = "https://w3id.org/kgraph/ontology#metonym"
    """A place or building whose name stands for the actor when it acts."""
    modality = "https://w3id.org/kgraph/ontology#modality"
    """Whether the move is done, planned, possible or conditional."""
    namedAs = "https://w3id.org/kgraph/ontology#namedAs"
    """The name that a document has for what a link stands for."""
    negated = "https://w3id.org/kgraph/ontology#negated"
    """The word itself denies the move."""
    negative = "https://w3id.org/kgraph/ontology#negative"
    """The text says that the move did not happen or is not made. (A value of polarity.)"""
    negativeExample = "https://w3id.org/kgraph/ontology#negativeExample"
    """Something that the term does not cover, though one might think so."""
    negotiation = "https://w3id.org/kgraph/ontology#negotiation"
    """The process that a document, or a statement, belongs to; a document may belong to several, a statement to that one of them of which its paragraph tells."""
    neitherSide = "https://w3id.org/kgraph/ontology#neitherSide"
    """Neither for nor against the matter. (A value of side.)"""
    noStage = "https://w3id.org/kgraph/ontology#noStage"
    """No stage of its own. (A value of marks.)"""
    objectClass = "https://w3id.org/kgraph/ontology#objectClass"
    """The word class that the object's head must belong to."""
    objectRole = "https://w3id.org/kgraph/ontology#objectRole"
    """What it is about. (A value of evidence role.)"""
    objectSlotIsTrigger = "https://w3id.org/kgraph/ontology#objectSlotIsTrigger"
    """The trigger noun is itself the object."""
    office = "https://w3id.org/kgraph/ontology#office"
    """The office that a person holds or held."""
    otherVoice = "https://w3id.org/kgraph/ontology#otherVoice"
    """Another source says it of the actor. (A value of voice.)"""
    page = "https://w3id.org/kgraph/ontology#page"
    """The number of the printed page on which the statement's clause begins, counted from the document's first."""
    partOfSpeech = "https://w3id.org/kgraph/ontology#partOfSpeech"
    """The kind of word, verb, noun or adjective; for a condition cue its grammar."""
    participant = "https://w3id.org/kgraph/ontology#participant"
    """Who takes part in the meeting that a statement reports."""
    participantRole = "https://w3id.org/kgraph/ontology#participantRole"
    """Who takes part. (A value of evidence role.)"""
    particle = "https://w3id.org/kgraph/ontology#particle"
    """The particle of a phrasal verb."""
    party = "https://w3id.org/kgraph/ontology#party"
    """One of those who are named most in the documents of a negotiation."""
    pastForm = "https://w3id.org/kgraph/ontology#pastForm"
    """The same verb in the past."""
    pattern = "https://w3id.org/kgraph/ontology#pattern"
    """What else must hold for a cue to set a condition."""
    place = "https://w3id.org/kgraph/ontology#place"
    """Where the meeting takes place, as worded."""
    placeRole = "https://w3id.org/kgraph/ontology#placeRole"
    """Where. (A value of evidence role.)"""
    planned = "https://w3id.org/kgraph/ontology#planned"
    """Announced, scheduled or hoped for. (A value of modality.)"""
    polarity = "https://w3id.org/kgraph/ontology#polarity"
    """Whether the text says that the move was made or that it was not."""
    positive = "https://w3id.org/kgraph/ontology#positive"
    """The text says that the move was made. (A value of polarity.)"""
    possible = "https://w3id.org/kgraph/ontology#possible"
    """May or could happen, or is reportedly considered. (A value of modality.)"""
    prohibits = "https://w3id.org/kgraph/ontology#prohibits"
    """A party or a legal act forbids something."""
    proposedStage = "https://w3id.org/kgraph/ontology#proposedStage"
    """Put on the table. (A value of marks.)"""
    proposes = "https://w3id.org/kgraph/ontology#proposes"
    """A party puts a plan, an offer, a text, a meeting or an idea on the table."""
    proposesStance = "https://w3id.org/kgraph/ontology#proposesStance"
    """The party puts the matter on the table. (A value of expresses.)"""
    rank = "https://w3id.org/kgraph/ontology#rank"
    """The place in the chain of sources; 1 is the outermost."""
    readBy = "https://w3id.org/kgraph/ontology#readBy"
    """A reader of the program that read the statement in the text."""
    reading = "https://w3id.org/kgraph/ontology#reading"
    """How the match is read: nominal, agent, meeting, figure, own-action."""
    reason = "https://w3id.org/kgraph/ontology#reason"
    """Why a judgement was made, in the words of who made it."""
    refersTo = "https://w3id.org/kgraph/ontology#refersTo"
    """What the characters stand for."""
    rejectedStage = "https://w3id.org/kgraph/ontology#rejectedStage"
    """Refused by a party. (A value of marks.)"""
    rejects = "https://w3id.org/kgraph/ontology#rejects"
    """A party refuses, opposes or rules out something."""
    rejectsStance = "https://w3id.org/kgraph/ontology#rejectsStance"
    """The party is against the matter. (A value of expresses.)"""
    relative = "https://w3id.org/kgraph/ontology#relative"
    """Counted from the document's date. (A value of date source.)"""
    reportedIn = "https://w3id.org/kgraph/ontology#reportedIn"
    """A statement that reports the move."""
    reportedOn = "https://w3id.org/kgraph/ontology#reportedOn"
    """The day on which the statement's document (of a live page, the entry) was published: what it reports was known by then, and nothing is said about the years before."""
    reprintOf = "https://w3id.org/kgraph/ontology#reprintOf"
    """The document of which this one repeats nearly all words; both count as one source."""
    requiresModal = "https://w3id.org/kgraph/ontology#requiresModal"
    """An auxiliary that must stand before the verb."""
    restsOn = "https://w3id.org/kgraph/ontology#restsOn"
    """A statement that a finding follows from."""
    role = "https://w3id.org/kgraph/ontology#role"
    """Which role of the statement the characters bear."""
    saidOn = "https://w3id.org/kgraph/ontology#saidOn"
    """When it was said, where the text tells."""
    score = "https://w3id.org/kgraph/ontology#score"
    """How sure it is that a link is right, or how like the two of a near link are, from 0 to 1."""
    selfVoice = "https://w3id.org/kgraph/ontology#selfVoice"
    """The actor announces its own move. (A value of voice.)"""
    sha256 = "https://w3id.org/kgraph/ontology#sha256"
    """The SHA-256 digest of the document's text in UTF-8, in hexadecimal."""
    side = "https://w3id.org/kgraph/ontology#side"
    """Whether a party that makes a move of the relation is for the matter, against it, or neither."""
    signedStage = "https://w3id.org/kgraph/ontology#signedStage"
    """Concluded by a party. (A value of marks.)"""
    signs = "https://w3id.org/kgraph/ontology#signs"
    """A party concludes, signs, ratifies or reaches an agreement."""
    silentStance = "https://w3id.org/kgraph/ontology#silentStance"
    """No stance on the matter. (A value of expresses.)"""
    slots = "https://w3id.org/kgraph/ontology#slots"
    """Where the object stands, best first; see the head of the lexicon."""
    speakerRole = "https://w3id.org/kgraph/ontology#speakerRole"
    """Who says so. (A value of evidence role.)"""
    stance = "https://w3id.org/kgraph/ontology#stance"
    """What a finding says of where a party stands on a matter, or in which state a proposal is."""
    startHere = "https://w3id.org/kgraph/ontology#startHere"
    """Marks the terms that a newcomer should read first."""
    strength = "https://w3id.org/kgraph/ontology#strength"
    """How strong a contradiction is, from 0 to 1."""
    supportAdjective = "https://w3id.org/kgraph/ontology#supportAdjective"
    """An adjective that must complete the verb."""
    supportNoun = "https://w3id.org/kgraph/ontology#supportNoun"
    """A noun that must be the direct object of a light verb."""
    supportedStage = "https://w3id.org/kgraph/ontology#supportedStage"
    """Backed by a party that commits itself to nothing. (A value of marks.)"""
    supports = "https://w3id.org/kgraph/ontology#supports"
    """A party backs, welcomes or praises something without committing itself."""
    takes = "https://w3id.org/kgraph/ontology#takes"
    """A role that every statement of the relation has."""
    takesPartIn = "https://w3id.org/kgraph/ontology#takesPartIn"
    """Shortcut: the actor took part in a meeting that was held."""
    threatenedStage = "https://w3id.org/kgraph/ontology#threatenedStage"
    """Announced as harm. (A value of marks.)"""
    threatens = "https://w3id.org/kgraph/ontology#threatens"
    """A party warns of harmful action of its own."""
    triggerRole = "https://w3id.org/kgraph/ontology#triggerRole"
    """The word that evokes the relation. (A value of evidence role.)"""
    until = "https://w3id.org/kgraph/ontology#until"
    """The day on which an office was left."""
    value = "https://w3id.org/kgraph/ontology#value"
    """The number."""
    valueOf = "https://w3id.org/kgraph/ontology#valueOf"
    """The property whose values a qualifier is one of."""
    verb = "https://w3id.org/kgraph/ontology#verb"
    """The relation as a verb before its object."""
    verdict = "https://w3id.org/kgraph/ontology#verdict"
    """What a judgement decides: merge, keep-apart, different, move, add, rename, accept, reject or correct."""
    violates = "https://w3id.org/kgraph/ontology#violates"
    """A party breaks an agreement or a ceasefire."""
    voice = "https://w3id.org/kgraph/ontology#voice"
    """Whose voice vouches for the move: the document, the actor itself or another source."""
    withdrawsFrom = "https://w3id.org/kgraph/ontology#withdrawsFrom"
    """A party leaves, suspends, cancels or revokes something it was part of or had granted."""
    wording = "https://w3id.org/kgraph/ontology#wording"
    """A wording that a judgement keeps apart from the entity it would otherwise stand for."""
    worldwide = "https://w3id.org/kgraph/ontology#worldwide"
    """Whether an actor takes part in negotiations everywhere, so that its name tells little about which one a text is about."""


class Relation(StrEnum):
    """The kinds of negotiation moves."""

    proposes = "proposes"
    """A party puts a plan, an offer, a text, a meeting or an idea on the table."""
    agreesTo = "agreesTo"
    """A party accepts, approves, pledges or commits itself to something."""
    rejects = "rejects"
    """A party refuses, opposes or rules out something."""
    callsFor = "callsFor"
    """A party asks others for something, with whatever force."""
    conditionsOn = "conditionsOn"
    """A party makes one outcome depend on another."""
    supports = "supports"
    """A party backs, welcomes or praises something without committing itself."""
    meets = "meets"
    """Parties meet, talk or call each other; held, planned or cancelled."""
    mediates = "mediates"
    """A third party brings others together, hosts or brokers."""
    signs = "signs"
    """A party concludes, signs, ratifies or reaches an agreement."""
    withdrawsFrom = "withdrawsFrom"
    """A party leaves, suspends, cancels or revokes something it was part of or had granted."""
    violates = "violates"
    """A party breaks an agreement or a ceasefire."""
    threatens = "threatens"
    """A party warns of harmful action of its own."""
    accuses = "accuses"
    """A party blames another for something."""
    enacts = "enacts"
    """An authority issues or adopts a legal act or a sanction."""
    prohibits = "prohibits"
    """A party or a legal act forbids something."""
    claims = "claims"
    """A party gives a figure for something countable."""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}"

    @property
    def traits(self) -> Traits:
        """What sets the relation apart."""
        return TRAITS[self]


class Polarity(StrEnum):
    """Whether the text says that a move was made or that it was not."""

    positive = "positive"
    """The text says that the move was made. (A value of polarity.)"""
    negative = "negative"
    """The text says that the move did not happen or is not made. (A value of polarity.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}"


class Modality(StrEnum):
    """Whether a move is done, planned, possible or conditional."""

    actual = "actual"
    """Done or said. (A value of modality.)"""
    planned = "planned"
    """Announced, scheduled or hoped for. (A value of modality.)"""
    possible = "possible"
    """May or could happen, or is reportedly considered. (A value of modality.)"""
    conditional = "conditional"
    """Made only if something stated happens. (A value of modality.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}"


class Voice(StrEnum):
    """Whose voice vouches for a move."""

    document = "document"
    """The document states it itself. (A value of voice.)"""
    self = "self"
    """The actor announces its own move. (A value of voice.)"""
    other = "other"
    """Another source says it of the actor. (A value of voice.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Voice"


class DateSource(StrEnum):
    """How a date or its bounds were found."""

    explicit = "explicit"
    """Written out in the text. (A value of date source.)"""
    relative = "relative"
    """Counted from the document's date. (A value of date source.)"""
    context = "context"
    """Bounded by context alone. (A value of date source.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}"


class Role(StrEnum):
    """What characters of a document stand for."""

    clause = "clause"
    """The clause that states the move. (A value of evidence role.)"""
    trigger = "trigger"
    """The word that evokes the relation. (A value of evidence role.)"""
    actor = "actor"
    """Who makes the move. (A value of evidence role.)"""
    object = "object"
    """What it is about. (A value of evidence role.)"""
    condition = "condition"
    """What must come first. (A value of evidence role.)"""
    content = "content"
    """What is alleged. (A value of evidence role.)"""
    participant = "participant"
    """Who takes part. (A value of evidence role.)"""
    place = "place"
    """Where. (A value of evidence role.)"""
    speaker = "speaker"
    """Who says so. (A value of evidence role.)"""
    antecedent = "antecedent"
    """What a pronoun or description stands for. (A value of evidence role.)"""
    date = "date"
    """The words that give the date. (A value of evidence role.)"""
    mention = "mention"
    """Words that name a thing. (A value of evidence role.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Role"


class Side(StrEnum):
    """Whether who makes a move is for its matter, against it, or neither."""

    for_ = "for"
    """For the matter. (A value of side.)"""
    against = "against"
    """Against the matter. (A value of side.)"""
    neither = "neither"
    """Neither for nor against the matter. (A value of side.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Side"


class Family(StrEnum):
    """Relations whose lines look alike on a page."""

    for_ = "for"
    """Moves that help a matter along. (A value of family.)"""
    against = "against"
    """Moves that turn against a matter or a party. (A value of family.)"""
    conditional = "conditional"
    """Moves that make one thing wait for another. (A value of family.)"""
    meeting = "meeting"
    """Encounters. (A value of family.)"""
    claim = "claim"
    """Figures that somebody gives. (A value of family.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Family"


class Stance(StrEnum):
    """Where a party stands on a matter."""

    proposes = "proposes"
    """The party puts the matter on the table. (A value of expresses.)"""
    accepts = "accepts"
    """The party is for what others have put on the table. (A value of expresses.)"""
    rejects = "rejects"
    """The party is against the matter. (A value of expresses.)"""
    callsFor = "calls for"
    """The party asks others for the matter. (A value of expresses.)"""
    conditional = "conditional"
    """The party is for the matter if something else comes first. (A value of expresses.)"""
    silent = "silent"
    """No stance on the matter. (A value of expresses.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Stance"


class Stage(StrEnum):
    """The stages in the life of a matter."""

    proposed = "proposed"
    """Put on the table. (A value of marks.)"""
    accepted = "accepted"
    """Accepted by a party. (A value of marks.)"""
    supported = "supported"
    """Backed by a party that commits itself to nothing. (A value of marks.)"""
    calledFor = "called for"
    """Asked for. (A value of marks.)"""
    madeConditional = "made conditional"
    """Made to wait for something else. (A value of marks.)"""
    rejected = "rejected"
    """Refused by a party. (A value of marks.)"""
    mediated = "mediated"
    """Helped along by a third party. (A value of marks.)"""
    signed = "signed"
    """Concluded by a party. (A value of marks.)"""
    enacted = "enacted"
    """Put into force by an authority. (A value of marks.)"""
    left = "left"
    """Left or taken back by who was part of it. (A value of marks.)"""
    broken = "broken"
    """Broken. (A value of marks.)"""
    forbidden = "forbidden"
    """Forbidden. (A value of marks.)"""
    threatened = "threatened"
    """Announced as harm. (A value of marks.)"""
    no = "no"
    """No stage of its own. (A value of marks.)"""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}Stage"


class EntityType(StrEnum):
    """The kinds of things that statements are about."""

    Figure = "Figure"
    """A number with what it counts and how exact it is, as somebody gives it."""
    Person = "Person"
    """An actor that is one human being."""
    State = "State"
    """An actor that is a state or a territory with a government of its own; its capital and seat of government stand for it when they act."""
    Organization = "Organization"
    """An actor that is a body with a name and a structure."""
    Group = "Group"
    """An actor that is several people or bodies without a common organization, kept in the wording of the text."""
    Plan = "Plan"
    """A matter that somebody has put or may put on the table and that is not yet agreed."""
    Agreement = "Agreement"
    """A matter that parties have concluded or mean to conclude together."""
    LegalAct = "LegalAct"
    """A matter that an authority enacts with legal force: decree, law, resolution, sanction."""
    Measure = "Measure"
    """A matter that is an act or a state of affairs, worded as the text has it."""
    Meeting = "Meeting"
    """A matter that is an encounter of parties: summit, talks, call, visit; held, planned or cancelled."""
    Place = "Place"
    """Where something takes place (https://schema.org/Place)."""

    @property
    def iri(self) -> str:
        """The term's IRI."""
        if self is EntityType.Place:
            return "https://schema.org/Place"
        return f"https://w3id.org/kgraph/ontology#{self.name.rstrip('_')}"


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What sets a relation apart, as the ontology says it.

    ``roles`` are those that every statement of it has, ``optional`` those that one may have,
    ``object`` the class that its object is of;
    ``verb`` ("agrees to") and ``past`` ("agreed to") stand before the object.
    """

    side: Side
    family: Family
    stance: Stance
    stage: Stage
    verb: str
    past: str
    roles: frozenset[Role]
    optional: frozenset[Role]
    object: str
    shortcut: bool
    concludes: bool
    reverses: bool


TRAITS: dict[Relation, Traits] = {
    Relation.proposes: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.proposes,
        stage=Stage.proposed,
        verb="proposes",
        past="proposed",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.agreesTo: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.accepts,
        stage=Stage.accepted,
        verb="agrees to",
        past="agreed to",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.rejects: Traits(
        side=Side.against,
        family=Family.against,
        stance=Stance.rejects,
        stage=Stage.rejected,
        verb="rejects",
        past="rejected",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.callsFor: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.callsFor,
        stage=Stage.calledFor,
        verb="calls for",
        past="called for",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.conditionsOn: Traits(
        side=Side.neither,
        family=Family.conditional,
        stance=Stance.conditional,
        stage=Stage.madeConditional,
        verb="makes conditional",
        past="made conditional",
        roles=frozenset({Role.actor, Role.object, Role.condition}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=False,
    ),
    Relation.supports: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.accepts,
        stage=Stage.supported,
        verb="supports",
        past="supported",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Entity",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.meets: Traits(
        side=Side.neither,
        family=Family.meeting,
        stance=Stance.silent,
        stage=Stage.no,
        verb="takes part in",
        past="took part in",
        roles=frozenset({Role.participant, Role.object}),
        optional=frozenset({Role.place}),
        object="Meeting",
        shortcut=True,
        concludes=False,
        reverses=False,
    ),
    Relation.mediates: Traits(
        side=Side.neither,
        family=Family.for_,
        stance=Stance.silent,
        stage=Stage.mediated,
        verb="mediates",
        past="mediated",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=False,
    ),
    Relation.signs: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.accepts,
        stage=Stage.signed,
        verb="signs",
        past="signed",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=True,
        reverses=True,
    ),
    Relation.withdrawsFrom: Traits(
        side=Side.against,
        family=Family.against,
        stance=Stance.rejects,
        stage=Stage.left,
        verb="withdraws from",
        past="withdrew from",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.violates: Traits(
        side=Side.neither,
        family=Family.against,
        stance=Stance.silent,
        stage=Stage.broken,
        verb="violates",
        past="violated",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=False,
    ),
    Relation.threatens: Traits(
        side=Side.neither,
        family=Family.against,
        stance=Stance.silent,
        stage=Stage.threatened,
        verb="threatens",
        past="threatened",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=False,
    ),
    Relation.accuses: Traits(
        side=Side.neither,
        family=Family.against,
        stance=Stance.silent,
        stage=Stage.no,
        verb="accuses",
        past="accused",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset({Role.content}),
        object="Actor",
        shortcut=False,
        concludes=False,
        reverses=False,
    ),
    Relation.enacts: Traits(
        side=Side.for_,
        family=Family.for_,
        stance=Stance.accepts,
        stage=Stage.enacted,
        verb="enacts",
        past="enacted",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=True,
        reverses=True,
    ),
    Relation.prohibits: Traits(
        side=Side.against,
        family=Family.against,
        stance=Stance.rejects,
        stage=Stage.forbidden,
        verb="prohibits",
        past="prohibited",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Matter",
        shortcut=True,
        concludes=False,
        reverses=True,
    ),
    Relation.claims: Traits(
        side=Side.neither,
        family=Family.claim,
        stance=Stance.silent,
        stage=Stage.no,
        verb="claims",
        past="claimed",
        roles=frozenset({Role.actor, Role.object}),
        optional=frozenset(),
        object="Figure",
        shortcut=False,
        concludes=False,
        reverses=False,
    ),
}
