"""A YAML file written by hand, read so that each error can name its line and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import yaml

from quiz.errors import UserError

_YES: Final = ("true", "yes", "on")
_NO: Final = ("false", "no", "off")


def read_table(path: Path, keys: Collection[str]) -> Table:
    """The file's mapping, which may have these keys and no others. Raises UserError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(_text_of(path))
    try:
        node = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is nested too deeply"
        line = mark.line + 1 if mark else None
        raise UserError(
            f"this is not valid YAML: {problem}.", "Correct it and try again.", path, line
        ) from error
    finally:
        loader.dispose()
    return Table(path, node, keys, "the file")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("there is no such file.", "Write one with: ecsquiz exam new", path) from error
    except UnicodeDecodeError as error:
        raise UserError("this file is not UTF-8.", "Save it as UTF-8.", path) from error
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "Name a file.", path) from error


class Table:
    """A mapping. Keys that are missing, or have no value, give the default."""

    def __init__(self, path: Path, node: Any, keys: Collection[str], what: str) -> None:
        self.path = path
        self.line = node.start_mark.line + 1 if node is not None else 1
        if not isinstance(node, yaml.MappingNode):
            raise self._refusal(self.line, f"{what} has to be a list of `key: value`.", _one_of(keys))
        self._values: dict[str, Any] = {}
        self._lines: dict[str, int] = {}
        for key_node, value in node.value:
            self._enter(key_node, value, keys)

    def _enter(self, key_node: Any, value: Any, keys: Collection[str]) -> None:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key not in keys:
            near = get_close_matches(key, keys, n=1, cutoff=0.5)
            raise self._refusal(
                line, f"`{key}` means nothing here.", f"Did you mean `{near[0]}`?" if near else _one_of(keys)
            )
        if key in self._lines:
            raise self._refusal(line, f"`{key}` stands here twice.", "Take one of them out.")
        self._lines[key] = line
        if not (isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:null"):
            self._values[key] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def error(self, key: str, message: str, remedy: str) -> UserError:
        """A refusal of what stands at this key, or of the table where the key is missing."""
        return self._refusal(self._lines.get(key, self.line), message, remedy)

    def text(self, key: str, default: str = "") -> str:
        return str(self._scalar(key, "a text").strip()) if key in self else default

    def flag(self, key: str) -> bool:
        """Missing means no."""
        said = self._scalar(key, "true or false").lower() if key in self else _NO[0]
        if said not in (*_YES, *_NO):
            raise self.error(key, f"`{key}` cannot be `{said}`.", f"Write {key}: true or {key}: false.")
        return said in _YES

    def whole(self, key: str, default: int, *, least: int | None = None, most: int | None = None) -> int:
        """A whole number of `least` to `most`."""
        if key not in self:
            return default
        said = self._scalar(key, "a whole number")
        try:
            number = int(said)
        except ValueError:
            raise self.error(key, f"`{key}` cannot be `{said}`.", "Write a whole number.") from None
        if least is not None and number < least:
            raise self.error(key, f"`{key}` cannot be {number}.", f"The least is {least}.")
        if most is not None and number > most:
            raise self.error(key, f"`{key}` cannot be {number}.", f"The most is {most}.")
        return number

    def amount(self, key: str) -> float | None:
        """A number that is not negative; whole numbers stay whole."""
        if key not in self:
            return None
        said = self._scalar(key, "a number")
        try:
            number = float(said)
        except ValueError:
            number = -1
        if not 0 <= number <= 1000:
            raise self.error(key, f"`{key}` cannot be `{said}`.", "Write a number of 0 to 1000.")
        return int(number) if number.is_integer() else number

    def share(self, key: str, default: float) -> float:
        """A share of 0 to 1, written so or in percent."""
        if key not in self:
            return default
        said = self._scalar(key, "a share")
        try:
            number = float(said[:-1]) / 100 if said.endswith("%") else float(said)
        except ValueError:
            number = -1
        if not 0 <= number <= 1:
            raise self.error(key, f"`{key}` cannot be `{said}`.", "Write a share such as 60% or 0.6.")
        return number

    def names(self, key: str, check: Callable[[str], None] = lambda _: None) -> tuple[str, ...]:
        """One name or a list of names, each once. What `check` raises gets the line of the name."""
        found: dict[str, None] = {}
        for node in self._nodes(key):
            line = node.start_mark.line + 1
            if not isinstance(node, yaml.ScalarNode):
                raise self._refusal(
                    line, f"`{key}` has to be a name or names.", f"Write {key}: [one, another]."
                )
            try:
                check(str(node.value))
            except UserError as error:
                raise UserError(error.message, error.remedy, self.path, line) from None
            found[str(node.value)] = None
        return tuple(found)

    def tables(self, key: str, keys: Collection[str], what: str) -> list[Table]:
        """A list of mappings, each of them called `what`."""
        return [Table(self.path, node, keys, what) for node in self._nodes(key)]

    def _nodes(self, key: str) -> Sequence[Any]:
        if key not in self:
            return ()
        node = self._values[key]
        return node.value if isinstance(node, yaml.SequenceNode) else (node,)

    def _scalar(self, key: str, what: str) -> str:
        node = self._values[key]
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(key, f"`{key}` has to be {what}.", f"Write it after `{key}:`.")
        return str(node.value)

    def _refusal(self, line: int, message: str, remedy: str) -> UserError:
        return UserError(message, remedy, self.path, line)


def _one_of(keys: Collection[str]) -> str:
    return f"Use {', '.join(keys)}."
