"""The application, and the one process that serves it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from repsight import __version__
from repsight.api import calibrations, clips, history, live, overlay, technique, uploads
from repsight.api.guard import Guard
from repsight.api.refusals import Refusals
from repsight.api.services import Services
from repsight.api.settings import ServeSettings
from repsight.app.library import Library
from repsight.app.live import LiveRooms
from repsight.app.worker import work
from repsight.errors import RepsightError, UserMistake

__all__ = ["assets", "create_app"]

_END_S: Final = 5.0
_ASSETS: Final = frozenset({".css", ".js", ".svg", ".task", ".wasm", ".webmanifest"})


def create_app(
    settings: ServeSettings,
    *,
    with_worker: bool = True,
    on_ready: Callable[[ASGIApp], None] | None = None,
) -> FastAPI:
    """The web app over the data folder of ``settings``.

    ``with_worker`` starts the process that analyses clips together with the app. ``on_ready`` is
    called with the app once it can answer: a second door may open then.
    """
    refusals = Refusals()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
        library = Library.open(settings.data)
        rooms = LiveRooms(settings.data / "live", library)
        app.state.services = Services(settings, library, rooms, refusals)
        worker = _start_worker(settings) if with_worker else None
        if on_ready is not None:
            on_ready(app)
        try:
            yield
        finally:
            if worker is not None:
                worker.terminate()
                worker.join(_END_S)
            rooms.close()
            library.close()

    app = FastAPI(
        title="Repsight", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.add_exception_handler(RepsightError, _told)
    app.include_router(uploads.router)
    app.include_router(clips.router)
    app.include_router(history.router)
    app.include_router(calibrations.router)
    app.include_router(live.router)
    app.include_router(technique.router)
    app.include_router(overlay.router)
    app.add_api_route("/api/assets", assets, tags=["app"])
    app.mount("/", StaticFiles(directory=_pages(), html=True), name="pages")
    app.add_middleware(Guard, settings=settings, refusals=refusals)
    return app


def assets() -> list[str]:
    """Every file of the app itself, for devices that keep it."""
    pages = _pages()
    found = (path for path in pages.rglob("*") if path.is_file() and path.suffix in _ASSETS)
    return sorted(f"/{path.relative_to(pages).as_posix()}" for path in found)


def _start_worker(settings: ServeSettings) -> BaseProcess:
    process = get_context("spawn").Process(
        target=work,
        args=(settings.data,),
        kwargs={"model": settings.model, "threads": settings.threads},
        name="repsight-analysis",
        daemon=True,
    )
    process.start()
    return process


def _pages() -> Path:
    return Path(str(files("repsight") / "web"))


async def _told(_request: Request, error: Exception) -> JSONResponse:
    """Errors of ours are one sentence for people, never a traceback."""
    status = 400 if isinstance(error, UserMistake) else 500
    return JSONResponse({"detail": str(error)}, status_code=status)
