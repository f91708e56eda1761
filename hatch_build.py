"""Build hook: the wheel carries the compiled bank, so that an installed ecsquiz needs no other step."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileBank(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled bank, and what the site needs that is written by hand."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from quiz.bank.build import build_bank
        from quiz.site.generate import hand_written

        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / "bundled.sqlite"
        build_bank(Path(self.root, "content"), compiled)
        included = build_data["force_include"]
        included[str(compiled)] = "quiz/bank/bundled.sqlite"
        included[str(Path(self.root, "mkdocs.yml"))] = "quiz/site/project/mkdocs.yml"
        docs = Path(self.root, "docs")
        for path in hand_written(docs):
            included[str(path)] = f"quiz/site/project/docs/{path.relative_to(docs).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()
