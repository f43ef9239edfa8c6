"""The commands and what their endings mean.

Exit codes: 0 done; 1 a bug of Repsight; 2 the user's mistake; 3 a clip that cannot be judged;
130 interrupted.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from repsight import __version__
from repsight.cli import analyze, ask, coach, demo, exercises, learn, serve
from repsight.cli.endings import DONE, INTERRUPTED, MISTAKE, exit_code_of, tell
from repsight.cli.own_exercises import use_own_exercises
from repsight.errors import RepsightError

__all__ = ["app", "run"]

app: Final = typer.Typer(
    name="repsight",
    help="Exercise form coach: counts reps, measures technique, shows its evidence. "
    "Everything stays on this machine.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
#: What typer raises for a wrong command line. It has no public name: recent versions of typer
#: bring their own copy of click, so the class is found as the root of one that has.
_WRONG_USE: Final[type[Exception]] = typer.BadParameter.__mro__[2]

app.command("analyze")(analyze.command)
app.command("demo")(demo.command)
app.command("learn")(learn.command)
app.command("serve")(serve.command)
app.add_typer(exercises.app, name="exercises")
app.command("ask")(ask.command)
app.add_typer(coach.app, name="coach")


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"repsight {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    del version
    if context.invoked_subcommand != "exercises":  # these commands look at broken files as well
        use_own_exercises()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; errors become one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without ± must not stop the words
            stream.reconfigure(errors="replace")
    try:
        code = app(list(arguments), prog_name="repsight", standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    except _WRONG_USE as error:
        code = _told_wrong_use(error)
    except (KeyboardInterrupt, typer.Abort):
        tell("interrupted.")
        code = INTERRUPTED
    except RepsightError as error:
        tell(error)
        code = exit_code_of(error)
    return code if isinstance(code, int) else DONE


def _told_wrong_use(error: Exception) -> int:
    words = str(getattr(error, "format_message", error.__str__)())
    if words:  # typer has shown the help already where it has nothing to say
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "repsight"
        tell(f"{words.rstrip('.')}. See: {command} --help")
    return MISTAKE
