"""Coding systems as Infobutton (OID) and FHIR (URI) name them, and how their codes are looked up."""

import re
from dataclasses import dataclass

from content.models import CodeSystem


@dataclass(frozen=True, slots=True)
class System:
    """``label`` is what MedlinePlus Connect writes into its feed. ``ours`` is None where no handout
    carries such codes: requests with them are understood and find nothing."""

    oid: str
    uri: str
    label: str
    shown: str
    ours: CodeSystem | None = None
    of_drugs: bool = False


_NLM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_SID = "http://hl7.org/fhir/sid"
_ROOT = "2.16.840.1.113883.6."
SYSTEMS = (
    System(f"{_ROOT}90", f"{_SID}/icd-10-cm", "ICD10CM", "ICD-10-CM", CodeSystem.ICD10CM),
    System(f"{_ROOT}96", "http://snomed.info/sct", "SNOMEDCT", "SNOMED CT", CodeSystem.SNOMED),
    System(f"{_ROOT}88", _NLM, "RXCUI", "RxNorm", CodeSystem.RXNORM, of_drugs=True),
    System(f"{_ROOT}1", "http://loinc.org", "LOINC", "LOINC", CodeSystem.LOINC),
    System(f"{_ROOT}177", f"urn:oid:{_ROOT}177", "MSH", "MeSH", CodeSystem.MESH),
    System(f"{_ROOT}103", f"{_SID}/icd-9-cm", "ICD9CM", "ICD-9-CM"),
    System(f"{_ROOT}69", f"{_SID}/ndc", "NDC", "NDC", of_drugs=True),
    System(f"{_ROOT}12", "http://www.ama-assn.org/go/cpt", "CPT", "CPT"),
)
_BY_OID = {system.oid: system for system in SYSTEMS}
_BY_URI = {system.uri: system for system in SYSTEMS}
_BY_CHOICE = {system.ours.value: system for system in SYSTEMS if system.ours}
_ICD = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})")


def by_oid(text: str) -> System | None:
    return _BY_OID.get(text.strip().lower().removeprefix("urn:oid:"))


def by_uri(text: str) -> System | None:
    """The system of a FHIR ``system``: its URI, or its OID as ``urn:oid:…``."""
    return _BY_URI.get(text) or (by_oid(text) if text.startswith("urn:oid:") else None)


def by_choice(name: str) -> System:
    """The system of a ``TopicCode.system``."""
    return _BY_CHOICE[name]


def spellings(system: System, code: str) -> tuple[str, ...]:
    """How ``code`` may stand in the library: as sent, in capitals, an ICD code with its dot."""
    sent = "".join(code.split())
    found = _ICD.fullmatch(sent.upper()) if system.ours is CodeSystem.ICD10CM else None
    if not found:
        return tuple(dict.fromkeys((sent.upper(), sent)))
    category, rest = found.groups()
    return (f"{category}.{rest}", category + rest) if rest else (category,)


def ladder(system: System, code: str) -> tuple[tuple[str, ...], ...]:
    """``code`` and its ancestors, nearest first, each in every spelling.

    Only ICD-10-CM codes carry their hierarchy in themselves: E11.65, E11.6, E11.
    """
    first = spellings(system, code)
    if system.ours is not CodeSystem.ICD10CM or len(first) == 1:
        return (first,)
    whole = first[1]
    return tuple(spellings(system, whole[:length]) for length in range(len(whole), 2, -1))
