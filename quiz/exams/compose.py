"""From a bank and a blueprint to an exam."""

from __future__ import annotations

from collections.abc import Collection

from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.exams.assembly import assemble
from quiz.exams.blueprint import Blueprint
from quiz.exams.paper import Exam, Paper, exam_id, option_letter
from quiz.exams.pool import read_pool
from quiz.exams.variants import lay_out
from quiz.items.item import Kind


def compose(bank: Bank, blueprint: Blueprint, carried: Collection[Kind]) -> Exam:
    """The exam that this blueprint yields with this bank: always the same one.

    `carried` are the kinds of items that the wanted formats can write. Raises UserError where the
    blueprint names another one, or asks for more items than there are.
    """
    refused = [kind for kind in blueprint.selection.kinds if kind not in carried]
    if refused:
        raise UserError(
            f"this format cannot carry {' and '.join(refused)} items.",
            f"It carries {' and '.join(kind for kind in Kind if kind in carried)}.",
        )
    chosen = assemble(read_pool(bank, carried), blueprint.selection, blueprint.seed)
    labels = [option_letter(index) for index in range(blueprint.variants)]
    layouts = lay_out(chosen, blueprint.seed, labels)
    name = exam_id(blueprint, bank.fingerprint, layouts)
    return Exam(
        id=name,
        blueprint=blueprint,
        bank_title=bank.spec.title,
        fingerprint=bank.fingerprint,
        repository=bank.spec.repository,
        papers=tuple(Paper(name, label, layout) for label, layout in zip(labels, layouts, strict=True)),
    )
