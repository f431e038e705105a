"""The controller whose rights desk this is, read from its policy file."""

from functools import cache
from pathlib import Path

from django.conf import settings

from dsr.controller.data import Controller, Text
from dsr.controller.load import load
from dsr.controller.reading import PolicyFileError

__all__ = ["Controller", "PolicyFileError", "Text", "current", "load"]


def current() -> Controller:
    """Return the controller of this installation (`POLICY_FILE`), read once."""
    policy_file: Path = settings.POLICY_FILE
    return once(policy_file)


once = cache(load)
