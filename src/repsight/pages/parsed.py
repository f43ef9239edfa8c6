"""Where the pages' templates come from: parsed once per installation, not once per run."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from zlib import crc32

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

__all__ = ["template_environment"]

_PACKAGE = "repsight.pages"
_FOLDER = "templates"


def template_environment() -> Environment:
    """An environment with the package's templates and without filters of our own."""
    return Environment(
        loader=PackageLoader(_PACKAGE, _FOLDER),
        bytecode_cache=_BesideTemplates(Path(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _BesideTemplates(FileSystemBytecodeCache):
    """Keeps compiled templates where Python keeps compiled modules, and under the same rules.

    Parsing them costs a third of a second. Where nothing may be written, they are parsed anew.
    """

    def __init__(self, module: Path) -> None:
        # The cache notices a changed template, but not that this module reads it another way.
        how = f"{crc32(module.read_bytes()):08x}"
        self._folder = Path(cache_from_source(str(module.parent / _FOLDER / "any.py"))).parent
        super().__init__(str(self._folder), f"%s.{how}.j2c")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` if its template was kept and can be read."""
        with suppress(OSError, EOFError, ValueError, UnpicklingError):  # a damaged file is none
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled template if that is possible."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
