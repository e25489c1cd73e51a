"""What is not language survives: sentences, their gaps, placeholders, links, emphasis, numbers."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import languages
from content.engines.translator.base import EngineIdentity, Hypothesis
from content.safety.base import Pair, blocking, run
from content.safety.markup import PlaceholdersKept
from content.safety.termbase import Termbase
from content.services import translating

PIECES = st.sampled_from(
    ["Take", "2.5 mg", "of {drug}", "**now**", "at 8 a.m.", "(see below)", "Dr. Ali", "1,000 mL",
     "e.g. tea", "https://example.org/a.b?c=1", "{clinic_phone}", "“yes”", "if needed", "<b>", "3"]
)  # fmt: skip
SENTENCES = st.tuples(
    st.lists(PIECES, min_size=1, max_size=6).map(" ".join),
    st.sampled_from([".", "!", "?", ":", ""]),
).map("".join)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n"])
TEXTS = st.lists(st.tuples(SENTENCES, GAPS), min_size=1, max_size=5).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts).strip()
)
DOCUMENTS = st.lists(TEXTS, min_size=1, max_size=4)
TARGETS = st.sampled_from(languages.translated())


class Marking:
    """An engine that puts a mark before what it is given: each input is seen in its output."""

    identity = EngineIdentity("marking", "1", "none", "")

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self.asked: list[str] = []

    def supports(self, target, source=languages.ENGLISH) -> bool:
        return True

    def translate(self, sentences, target, source=languages.ENGLISH):
        self.asked += sentences
        return [[Hypothesis(self._mark + sentence, None)] for sentence in sentences]


@pytest.fixture(scope="module", autouse=True)
def unchecked():
    """Structure alone is looked at here: nothing in these words is worth a finding."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translating, "check", lambda source, text, terms: [])
        yield


def drafts(texts, target, engine):
    rows = [SimpleNamespace(pk=number, text=text) for number, text in enumerate(texts)]
    return [
        draft.text
        for draft in translating._from_engine(rows, Termbase(target, []), engine).values()
    ]


@given(DOCUMENTS, TARGETS)
def test_what_an_engine_leaves_alone_comes_back_whole(texts, target):
    assert drafts(texts, target, Marking()) == texts


@given(DOCUMENTS, TARGETS)
def test_every_sentence_is_asked_once_and_stands_in_its_place(texts, target):
    engine = Marking("@@")
    found = drafts(texts, target, engine)
    assert [text.replace("@@", "") for text in found] == texts
    assert sum(text.count("@@") for text in found) == len(engine.asked)
    assert all(sentence == sentence.strip() and sentence for sentence in engine.asked)


@given(TEXTS, TARGETS)
def test_what_must_stand_unchanged_does_and_its_loss_is_seen(text, target):
    (found,) = drafts([text], target, Marking("@@"))
    assert not blocking(run((PlaceholdersKept(),), Pair(text, found, target)))
    for kept in ("{clinic_phone}", "https://example.org/a.b?c=1", "<b>"):
        if kept in text:
            broken = found.replace(kept, "", 1)
            assert blocking(run((PlaceholdersKept(),), Pair(text, broken, target)))
