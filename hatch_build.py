"""Build hook: the wheel carries the compiled bank, so that an installed ecsquiz works with no other step."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileBank(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `content/` and adds it to the wheel as `quiz/bank/bundled.sqlite`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from quiz.bank.build import build_bank

        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / "bundled.sqlite"
        build_bank(Path(self.root, "content"), compiled)
        build_data["force_include"][str(compiled)] = "quiz/bank/bundled.sqlite"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()
