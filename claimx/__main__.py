"""``python -m claimx`` is the command ``claimx``."""

from claimx.cli import run

run()
