"""What the aids say of an edition's English as it stands, stored with it.

``Edition.quality`` is::

    {version, fingerprint,                       # of the text that it is about
     scores: [{formula, name, value, unit, note}],   # as in ``Edition.readability``
     segments: [{pk, label, sentences: [{text, words, grade}],
                 notes: [{kind, message, span: [start, end]}]}],
     acronyms: [word],                           # that no segment explains
     counts: {sentences, passive, jargon, long_sentence, acronym}}

``passive`` and the like count notes; ``grade`` is the Flesch-Kincaid grade of one sentence. Labels
(the title, headings) have notes on their words but no sentences.
"""

from collections import Counter
from functools import lru_cache
from typing import Any

from content import languages
from content.models import Edition, Segment
from content.safety import glossary
from content.services.findings import scores
from content.text.aids import (
    Note,
    Vocabulary,
    plain_words,
    sentence_notes,
    sentences,
    terms,
    unexplained_acronyms,
    vocabulary,
)
from content.text.tables import word_set

# Raise it when the rules or the shape change: what was stored before is then made anew.
VERSION = 2
KINDS = ("passive", "jargon", "long_sentence", "acronym")
# Terms of the glossary that are plain enough, or mean something plain as well: "a fast heartbeat".
_ALSO_PLAIN = word_set("daily discard dispose exhale fast hourly inhale nightly prone suddenly")


def refresh(edition: Edition) -> None:
    """Store the quality of the text as it stands; part of whatever changed the text."""
    edition.quality = quality(edition)
    edition.save(update_fields=["quality"])


def current(edition: Edition) -> dict[str, Any]:
    """The stored quality, or a fresh one where the words or the rules have changed since."""
    stored: dict[str, Any] = edition.quality
    fresh = (VERSION, edition.compute_fingerprint())
    if (stored.get("version"), stored.get("fingerprint")) == fresh:
        return stored
    return quality(edition)


def quality(edition: Edition) -> dict[str, Any]:
    """The aids on every segment of ``edition``, in the shape that is stored (see above)."""
    return {
        "version": VERSION,
        "fingerprint": edition.compute_fingerprint(),
        **of_segments(list(edition.segments.all())),
    }


def of_segments(segments: list[Segment]) -> dict[str, Any]:
    """The same for the segments of one edition as they are given, saved or not."""
    acronyms = unexplained_acronyms([segment.text for segment in segments])
    told = explained_terms(segments)
    rows = [_row(segment, told) for segment in segments]
    for index, _word, note in acronyms:
        rows[index]["notes"].append(_json(note))
    found = Counter(note["kind"] for row in rows for note in row["notes"])
    body = [segment.text for segment in segments if not segment.is_label]
    return {
        "scores": scores(body, languages.ENGLISH.code),
        "segments": rows,
        "acronyms": [word for _index, word, _note in acronyms],
        "counts": {"sentences": sum(len(row["sentences"]) for row in rows)}
        | {kind: found[kind] for kind in KINDS},
    }


def explained_terms(segments: list[Segment]) -> frozenset[str]:
    """Plain words of the terms that one segment explains, so that the others may use them."""
    known = hard_words()
    found = (term for segment in segments for term in terms(segment.text, known))
    return frozenset(term.plain for term in found if term.explained)


def _row(segment: Segment, told: frozenset[str]) -> dict[str, Any]:
    found = [] if segment.is_label else sentences(segment.text)
    notes = sentence_notes(segment.text, hard_words(), told)
    return {
        "pk": segment.pk,
        "label": segment.is_label,
        "sentences": [{"text": s.text, "words": s.words, "grade": s.grade} for s in found],
        "notes": [_json(note) for note in notes if found or note.kind == "jargon"],
    }


def _json(note: Note) -> dict[str, Any]:
    return {"kind": note.kind, "message": note.message, "span": list(note.span)}


@lru_cache(maxsize=1)
def hard_words() -> Vocabulary:
    """The plain-terms glossary, then the general list of long words."""
    return vocabulary(_glossary(clinical=False), _glossary(clinical=True), plain_words())


@lru_cache(maxsize=1)
def medical_words() -> Vocabulary:
    """The clinical terms of the glossary alone."""
    return vocabulary(_glossary(clinical=True))


def _glossary(*, clinical: bool) -> list[tuple[str, str]]:
    """(term, plain words) of strict entries, without those that are plain words themselves."""
    return [
        (term, entry.hint)
        for entry in glossary.entries()
        if entry.clinical is clinical and entry.kind != "loose"
        for term in entry.terms
        if not _is_plain(term, entry.hint)
    ]


def _is_plain(term: str, hint: str) -> bool:
    return term in _ALSO_PLAIN or term.rstrip("s") == hint.lower().rstrip("s")
