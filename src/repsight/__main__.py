"""``python -m repsight`` is the ``repsight`` command."""

from repsight.cli import main

main()
