"""From a bank and a blueprint to an exam."""

from __future__ import annotations

from collections.abc import Callable

from quiz.bank.store import Bank
from quiz.exams.assembly import assemble
from quiz.exams.blueprint import Blueprint
from quiz.exams.cells import by_section
from quiz.exams.observed import Observed
from quiz.exams.paper import Exam, Paper, exam_id, option_letter
from quiz.exams.pool import allowed, read_pool
from quiz.exams.swapping import swapped
from quiz.exams.variants import lay_out
from quiz.items.item import Item


def compose(
    bank: Bank,
    blueprint: Blueprint,
    observed: Observed | None = None,
    fits: Callable[[Item], bool] | None = None,
) -> Exam:
    """The exam that this blueprint yields with this bank and what was observed: always the same one.

    It is chosen from the items that `fits` admits. Raises UserError where the blueprint asks for more items
    than there are.
    """
    pool = [candidate for candidate in read_pool(bank, observed) if fits is None or fits(candidate.item)]
    cells = assemble(allowed(pool, blueprint), blueprint)
    labels = [option_letter(index) for index in range(blueprint.variants)]
    chosen = swapped(cells, blueprint, labels) if blueprint.swap else [by_section(cells)] * len(labels)
    layouts = lay_out(blueprint.sections, chosen, blueprint.seed, labels)
    name = exam_id(blueprint, bank.fingerprint, layouts)
    return Exam(
        id=name,
        blueprint=blueprint,
        bank_title=bank.spec.title,
        fingerprint=bank.fingerprint,
        repository=bank.spec.repository,
        papers=tuple(Paper(name, label, layout) for label, layout in zip(labels, layouts, strict=True)),
    )
