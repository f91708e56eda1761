"""The compiled bank's tables. Everything here is derived and can be thrown away."""

from __future__ import annotations

from typing import Final

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

METADATA = MetaData()


class BankTable(SQLModel):
    """Base of the bank's tables, which share nothing with the learner's progress."""

    metadata = METADATA


class MetaRow(BankTable, table=True):
    """Named facts about the whole bank: its spec, its fingerprint, the recipe that compiled it."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class QuestionRow(BankTable, table=True):
    """One question: what is filtered on as columns, all of it as JSON."""

    __tablename__ = "question"
    number: int = Field(primary_key=True)
    level: str = Field(index=True)
    path: str = Field(unique=True)
    content_hash: str
    payload: str


class QuestionTopicRow(BankTable, table=True):
    """Which topics a question is filed under, in the author's order."""

    __tablename__ = "question_topic"
    number: int = Field(primary_key=True, foreign_key="question.number")
    topic: str = Field(primary_key=True, index=True)
    position: int


class ItemRow(BankTable, table=True):
    """One item: what is filtered on as columns, all of it as JSON."""

    __tablename__ = "item"
    id: str = Field(primary_key=True)
    question: int = Field(index=True, foreign_key="question.number")
    kind: str = Field(index=True)
    position: int
    payload: str


# Columns in the order of the ranking weights in `search.py`; rowid is the question's number.
SEARCH_TABLE: Final = (
    "CREATE VIRTUAL TABLE question_text USING fts5(prompt, terms, body, tokenize = 'porter unicode61')"
)
