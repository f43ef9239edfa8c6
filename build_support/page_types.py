"""Check the JSDoc types of the web app with TypeScript, fetched from npm and checked by hash.

``python -m build_support.page_types`` prints what does not fit and exits with 1. Nothing is
compiled: the pages are shipped as they are written. Vendored libraries are not ours to judge.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from build_support.checked_files import require
from build_support.npm import node, pack
from build_support.vendor import ROOT

_PACKAGE = "typescript@5.9.3"
_SHA256 = "10e108c9cf7d5f2879053dff18515fb405abf2ccef63eaaf017d9c571687a1d3"
_CACHE = ROOT / "build_support" / ".cache" / "typescript-5.9.3"
_WEB = ROOT / "src" / "repsight" / "web"
_OPTIONS = {
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "strict": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "noImplicitOverride": True,
    "noUncheckedIndexedAccess": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "skipLibCheck": True,
    "target": "es2022",
    "module": "es2022",
    "moduleResolution": "bundler",
    "lib": ["es2023", "dom", "dom.iterable"],
    "types": [],
}


def complaints() -> list[str]:
    """What the compiler says of our own files."""
    compiler = _compiler()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "tsconfig.json"
        files = [str(path) for path in sorted(_WEB.glob("*.js"))]
        config.write_text(json.dumps({"compilerOptions": _OPTIONS, "files": files}))
        done = subprocess.run(
            [*node(), str(compiler), "--pretty", "false", "-p", str(config)],
            cwd=_WEB, capture_output=True, text=True, check=False,
        )  # fmt: skip
    return [
        line
        for line in done.stdout.splitlines()
        if ": error " in line and not line.startswith("vendor/")
    ]


def _compiler() -> Path:
    found = _CACHE / "package" / "lib" / "tsc.js"
    if not found.is_file():
        _fetch()
    return found


def _fetch() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        archive = pack(_PACKAGE, Path(scratch))
        require(archive.read_bytes(), _SHA256, _PACKAGE)
        with tarfile.open(archive) as tar:
            tar.extractall(_CACHE, filter="data")


if __name__ == "__main__":
    found = complaints()
    print("\n".join(found) or "The types of the pages fit.")
    sys.exit(1 if found else 0)
