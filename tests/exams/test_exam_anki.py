"""The Anki package, imported into a collection by Anki itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from quiz.exams.formats import anki
from quiz.exams.paper import Exam
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from tests.exams.exam_samples import exam_of, exam_of_each_kind, item_of_each_kind, sample_question

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.notes import Note

IF_NEWER, ALWAYS = 0, 1
GOOD: Final = 3


class Learner:
    """Somebody's collection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take(self, exam: Exam, update: int = IF_NEWER) -> tuple[int, int]:
        """Import the package of an exam: how many notes are new, and how many were updated."""
        path = self.folder / anki.FILE_NAME
        path.write_bytes(anki.render(exam)[anki.FILE_NAME])
        options = ImportAnkiPackageOptions(update_notes=update)  # type: ignore[arg-type]
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.collection.import_anki_package(request).log
        assert not log.conflicting
        return len(log.new), len(log.updated)

    def note(self, kind: Kind) -> Note:
        (found,) = self.collection.find_notes(f'"note:ecsquiz {kind}"')
        return self.collection.get_note(found)

    def card(self, kind: Kind) -> Card:
        (card,) = self.note(kind).cards()
        return card


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    opened = Learner(tmp_path)
    yield opened
    opened.collection.close()


def choice(stem: str = "What is asked?", reviewed: date | None = None) -> Exam:
    item = replace(item_of_each_kind()[0], stem=stem)
    return exam_of([Candidate(item, replace(sample_question(1), reviewed=reviewed))])


def test_each_item_is_one_note_with_one_card_however_many_variants_ask_it(learner: Learner) -> None:
    assert learner.take(exam_of_each_kind(3)) == (6, 0)
    assert learner.collection.card_count() == 6


def test_a_second_import_adds_nothing(learner: Learner) -> None:
    learner.take(exam_of_each_kind())
    assert learner.take(exam_of_each_kind()) == (0, 0)
    assert learner.collection.note_count() == 6


def test_an_item_of_another_exam_with_other_variants_is_the_same_note(learner: Learner) -> None:
    learner.take(exam_of_each_kind(2))
    before = learner.note(Kind.CHOICE).id
    assert learner.take(exam_of([Candidate(item_of_each_kind()[0], sample_question(1))]))[0] == 0
    assert learner.note(Kind.CHOICE).id == before


def test_a_question_reviewed_later_updates_its_note_and_keeps_what_was_learned(learner: Learner) -> None:
    learner.take(choice("What was asked?", date(2026, 1, 1)))
    card = learner.card(Kind.CHOICE)
    card.start_timer()
    learner.collection.sched.answerCard(card, GOOD)
    learned = learner.card(Kind.CHOICE)
    assert learner.take(choice("What is asked now?", date(2026, 2, 1))) == (0, 1)
    card = learner.card(Kind.CHOICE)
    assert "What is asked now?" in card.question()
    assert (card.id, card.reps, card.due, card.queue) == (learned.id, 1, learned.due, learned.queue)


def test_with_always_as_the_import_option_any_change_of_an_item_updates_its_note(learner: Learner) -> None:
    learner.take(choice("What was asked?"))
    assert learner.take(choice("What is asked now?"), ALWAYS) == (0, 1)
    assert "What is asked now?" in learner.card(Kind.CHOICE).question()


def test_the_deck_is_named_after_the_bank_and_the_exam(learner: Learner) -> None:
    learner.take(exam_of_each_kind())
    assert "Sample bank::All kinds" in [deck.name for deck in learner.collection.decks.all_names_and_ids()]


def test_level_topics_and_question_are_tags(learner: Learner) -> None:
    learner.take(exam_of_each_kind())
    assert learner.note(Kind.RECALL).tags == ["ecsquiz", "level::easy", "question::001", "topic::roles"]


@pytest.mark.parametrize(
    ("kind", "asked", "answered"),
    [
        (Kind.CHOICE, "The task role", "<div class=right>"),
        (Kind.CLOZE, '<span class="cloze" data-cloze="30"', "Also right: thirty"),
        (Kind.ORDERING, "<ul><li>", "<ol><li>The image is pulled</li><li>The container starts</li>"),
        (Kind.MATCHING, "a second subnet", "<td>awsvpc</td><td>an interface of its own</td>"),
        (Kind.COMMAND, "[[type:Command]]", "aws ecs list-tasks"),
        (Kind.RECALL, "<code>CannotPullContainerError</code>", "A good answer says:"),
    ],
)
def test_a_card_of_each_kind_asks_and_answers(
    learner: Learner, kind: Kind, asked: str, answered: str
) -> None:
    learner.take(exam_of_each_kind())
    card = learner.card(kind)
    assert asked in card.question()
    assert answered not in card.question()
    assert answered in card.answer()


@pytest.mark.parametrize("answer", ["AWS::ECS::Service", "${{ matrix }}", "a < b"])
def test_colons_braces_and_signs_in_a_gap_are_no_marks_of_anki(learner: Learner, answer: str) -> None:
    item = Item(1, Kind.CLOZE, "k", "Write _____ here.", (answer,))
    learner.take(exam_of([Candidate(item, sample_question(1))]))
    shown = (
        learner.card(Kind.CLOZE).answer().replace("&#58;", ":").replace("&#125;", "}").replace("&lt;", "<")
    )
    assert f'<span class="cloze" data-ordinal="1">{answer}</span> here.' in shown


def test_the_same_exam_gives_the_same_bytes() -> None:
    assert anki.render(exam_of_each_kind()) == anki.render(exam_of_each_kind())
