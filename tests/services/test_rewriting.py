"""What is asked for again and what is accepted, with a writer whose answers are known."""

from collections.abc import Iterator

import pytest

from content.engines.writer.base import WriterIdentity
from content.models import Segment
from content.services.rewriting import Job, rewrite, rewrite_section

STATEMENT = "The infection may cause hematuria in 5 patients."
BLOCKED = "The infection may cause blood in the urine in 50 patients."
DOUBTED = "The infection may cause blood in the urine in 5 patients with bracelets."
RIGHT = "The infection may cause blood in the urine in 5 patients."


class InTurn:
    """A writer that gives its answers one after the other and keeps what it was asked."""

    identity = WriterIdentity("in-turn", "localhost", "rewrite-0", "section-0", {})

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.asked: list[tuple[str, dict[str, object]]] = []

    def rewrite(self, statement: str, **told: object) -> str:
        self.asked.append((statement, told))
        return next(self._answers)


def written(*answers: str, statement: str = STATEMENT, audience: str = "adult"):
    writer = InTurn(*answers)
    job = Job(1, statement, context="Bladder", grade=6, audience=audience)
    return writer, rewrite(writer, job, lambda: False)


@pytest.mark.parametrize(
    ("answers", "calls"),
    [([RIGHT], 1), ([BLOCKED, RIGHT], 2), ([DOUBTED, BLOCKED, RIGHT], 3)],
)
def test_the_first_answer_in_which_nothing_is_found_is_taken(answers, calls):
    writer, found = written(*answers)
    assert (found.text, found.origin, found.findings) == (RIGHT, Segment.Origin.REWRITTEN, ())
    assert found.provenance["calls"] == len(writer.asked) == calls


FREE = "The infection may provoke blood in the urine in 5 patients."


@pytest.mark.parametrize(("answers", "text"), [([FREE, RIGHT], RIGHT), ([FREE, BLOCKED], FREE)])
def test_of_answers_that_pass_the_one_nearest_to_the_source_is_taken(answers, text):
    writer, found = written(*answers)
    assert found.text == text and len(writer.asked) == 2


def test_the_source_is_unchanged_where_the_answer_repeats_it():
    _writer, found = written(STATEMENT.lower())
    assert found.origin == Segment.Origin.UNCHANGED


def test_the_second_try_reads_plain_words_and_the_third_is_told_what_to_say():
    writer, _found = written(BLOCKED, BLOCKED, BLOCKED)
    (first, none), (second, eased), (third, told) = writer.asked
    assert first == third == STATEMENT
    assert ("hematuria", "blood in the urine") in none["hints"] and none["must_say"] == ()
    assert "50" in " ".join(told["do_not_say"]) or "5" in " ".join(told["must_say"])
    assert second == RIGHT
    assert eased["hints"] == () and eased["must_say"] == ()


@pytest.mark.parametrize("answers", [[BLOCKED] * 3, [DOUBTED] * 3, [""] * 3])
def test_the_source_stands_marked_where_no_answer_will_do(answers):
    _writer, found = written(*answers)
    assert (found.text, found.origin) == (STATEMENT, Segment.Origin.SOURCE_KEPT)
    assert [finding.check for finding in found.findings] == ["source_kept"]


def test_of_refused_answers_the_least_bad_is_shown_to_the_editor():
    _writer, found = written(BLOCKED, DOUBTED, BLOCKED)
    assert found.rejected_text == DOUBTED
    assert "bracelets" in found.findings[0].message


def test_a_plain_build_is_addressed_by_rule_where_no_answer_will_do():
    _writer, found = written("", "", "", statement="Patients should not lift the left arm.")
    assert found.text == "Do not lift the left arm."
    assert found.origin == Segment.Origin.REWRITTEN
    assert (found.provenance["rule"], found.provenance["calls"]) == ("addressing-1", 3)


def test_a_parent_is_no_patient():
    statement = "Patients should not lift the left arm."
    _writer, found = written("", "", "", statement=statement, audience="parent")
    assert (found.text, found.origin) == (statement, Segment.Origin.SOURCE_KEPT)


def test_haste_that_the_source_does_not_know_is_taken_out_again():
    statement = "Call your doctor if you have a fever."
    _writer, found = written(
        "Call your doctor right away if you have a fever.", statement=statement
    )
    assert (found.text, found.origin) == (statement, Segment.Origin.UNCHANGED)


class BySection(InTurn):
    """A writer that answers a whole section, and then one by one."""

    def __init__(self, section: dict[int, str], *answers: str) -> None:
        super().__init__(*answers)
        self._section = section

    def rewrite_section(self, request: object, cancelled: object) -> dict[int, str]:
        return self._section


def test_what_the_checks_refuse_of_a_section_is_asked_for_by_itself():
    jobs = [Job(pk, STATEMENT, context="Bladder", grade=6, audience="adult") for pk in (1, 2, 3)]
    writer = BySection({1: RIGHT, 2: BLOCKED}, RIGHT, RIGHT)
    found = rewrite_section(writer, jobs, lambda: False)
    assert [one.text for one in found] == [RIGHT] * 3
    assert [one.provenance["prompt"] for one in found] == ["section-0", "rewrite-0", "rewrite-0"]
    assert len(writer.asked) == 2
