"""A bank's folder on disk: `bank.toml`, `glossary.yml` and one Markdown file a question."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quiz.errors import UserError
from quiz.source.question import BankSpec, Level, Role, Term, Topic

if TYPE_CHECKING:
    import yaml

BANK_FILE = "bank.toml"
GLOSSARY_FILE = "glossary.yml"


def read_spec(folder: Path) -> BankSpec:
    """What `bank.toml` and, where there is one, `glossary.yml` say. Raises UserError."""
    path = folder / BANK_FILE
    try:
        content = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"this is not valid TOML: {error}.", "Correct it and try again.", path) from error
    topics = tuple(Topic(*_entry(topic, path)) for topic in _tables(content, "topics", path, optional=True))
    return BankSpec(
        title=_text(content, "title", path),
        levels=tuple(Level(*_entry(level, path)) for level in _tables(content, "levels", path)),
        topics=topics,
        glossary=_read_glossary(folder / GLOSSARY_FILE),
        roles=tuple(_role(role, path, topics) for role in _tables(content, "roles", path, optional=True)),
        repository=str(content.get("repository", "")),
        site=str(content.get("site", "")),
    )


def question_files(folder: Path) -> list[str]:
    """The paths of all question files, relative to the folder, with forward slashes, sorted.

    Hidden files and README files are no questions.
    """
    found = []
    # os.walk and plain text, since a bank may have ten thousand files and is looked at before each drill.
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = os.path.relpath(parent, folder).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        found += [prefix + name for name in names if name.endswith(".md") and not name.startswith(".")]
    return sorted(path for path in found if not path.lower().endswith("readme.md"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        remedy = "Point --bank at a folder that holds one, or make one with: ecsquiz import FILE --into DIR"
        raise UserError(f"there is no {path.name} here.", remedy, path) from error
    except UnicodeDecodeError as error:
        raise UserError("this file is not UTF-8.", "Save it as UTF-8.", path) from error
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", path) from error


def _text(content: Mapping[str, Any], key: str, path: Path) -> str:
    value = content.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"`{key}` is missing or empty.", f'Add a line such as {key} = "..."', path)
    return value.strip()


def _tables(
    content: Mapping[str, Any], key: str, path: Path, *, optional: bool = False
) -> Iterable[Mapping[str, Any]]:
    value = content.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise UserError(f"`{key}` must be a list of tables.", f"Write each one below a line [[{key}]].", path)
    if not value and not optional:
        raise UserError(f"there are no {key}.", f"Write at least one below a line [[{key}]].", path)
    slugs = [entry.get("slug") for entry in value]
    if len(set(slugs)) != len(slugs):
        raise UserError(f"two of the {key} have the same slug.", "Give each its own.", path)
    return value


def _entry(entry: Mapping[str, Any], path: Path) -> tuple[str, str, str]:
    slug = _text(entry, "slug", path)
    return slug, str(entry.get("title", slug)), str(entry.get("description", ""))


def _role(entry: Mapping[str, Any], path: Path, topics: tuple[Topic, ...]) -> Role:
    slug, title, _ = _entry(entry, path)
    named = entry.get("topics", [])
    known = {topic.slug for topic in topics}
    if not isinstance(named, list) or not named or not all(topic in known for topic in named):
        raise UserError(
            f"the role `{slug}` must name topics of this bank.", 'Write topics = ["one", "another"].', path
        )
    return Role(slug, title, tuple(named))


def _read_glossary(path: Path) -> tuple[Term, ...]:
    if not path.exists():
        return ()
    import yaml  # here, since whoever asks only for the files of a bank needs no YAML

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(_read(path))
    try:
        # In two steps, because the nodes know their lines and the values do not.
        root = loader.get_single_node()
        entries = loader.construct_document(root) if root else []
    except yaml.YAMLError as error:
        raise UserError(
            "this is not valid YAML.", "Correct it and try again.", path, _yaml_line(error)
        ) from error
    finally:
        loader.dispose()
    if not isinstance(entries, list) or not isinstance(root, yaml.SequenceNode | None):
        raise UserError("the glossary must be a list of entries.", "Start each one with `- term:`.", path)
    lines = [node.start_mark.line + 1 for node in root.value] if root else []
    return tuple(_term(entry, path, line) for entry, line in zip(entries, lines, strict=True))


def _yaml_line(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None


def _term(entry: object, path: Path, line: int) -> Term:
    if not isinstance(entry, dict) or not str(entry.get("term") or "").strip():
        raise UserError("this entry has no `term`.", "Start it with `- term: ...`.", path, line)
    names: dict[str, tuple[str, ...]] = {}
    for key in ("aliases", "near_misses"):
        value = entry.get(key) or []
        if not isinstance(value, list):
            raise UserError(f"`{key}` must be a list.", f"Write {key}: [one, another].", path, line)
        names[key] = tuple(str(name) for name in value)
    meaning = str(entry.get("meaning") or "").strip()
    return Term(str(entry["term"]).strip(), meaning, names["aliases"], names["near_misses"], line)
