"""Every IRI prefix, typed once."""

from __future__ import annotations

NEG = "https://w3id.org/kgraph/ontology#"
KG = "https://w3id.org/kgraph/id/"
ISSUE = "https://w3id.org/kgraph/issue/"
EDTF_TYPE = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "issue": ISSUE,
    "kg": KG,
    "neg": NEG,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(curie: str) -> str:
    """The full IRI of ``prefix:name``; raises KeyError for an undeclared prefix."""
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def short(address: str) -> str:
    """An IRI as people write it, ``kg:state/norway``; whatever begins with no declared prefix as it is."""
    known = [(len(start), prefix, start) for prefix, start in PREFIXES.items() if address.startswith(start)]
    if not known:
        return address
    _, prefix, start = max(known)
    return f"{prefix}:{address.removeprefix(start)}"


def local_name(address: str) -> str:
    """What stands behind the last ``#`` or ``/`` of an IRI."""
    return address.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
