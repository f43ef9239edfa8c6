"""Build hook: the wheel and an editable install carry pose models and browser libraries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_support.npm import build_requirements


class Fetched(BuildHookInterface):
    """Put ``det/lite/full/heavy.onnx`` and the web app's libraries into the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Packages that only this step needs."""
        return [*build_requirements(), "numpy>=1.26", "onnx>=1.18,<2", "tflite>=2.10,<3"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch, check and convert; verified files of an earlier build are kept."""
        del version
        if self.target_name != "wheel":
            return
        from build_support.task_bundle import make_bundles
        from build_support.vendor import make_vendor
        from build_support.weights import make_weights

        files = [*make_weights(), *make_vendor(), *make_bundles()]
        root = Path(self.root)
        build_data["artifacts"].extend(f"/{file.relative_to(root).as_posix()}" for file in files)
