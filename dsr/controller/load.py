"""Loads a policy file: reads TOML, then its types, then its substance."""

import tomllib
from pathlib import Path
from typing import Any

from dsr.controller.checks import check
from dsr.controller.data import Controller
from dsr.controller.reading import PolicyFileError, read


def load(path: Path) -> Controller:
    """Return the controller that a policy file describes.

    Raises:
        PolicyFileError: the file cannot be read or used; one sentence names the
            file, the key and the cure.

    """
    table = parse(path)
    try:
        controller: Controller = read(Controller, table, "")
        check(controller)
    except PolicyFileError as error:
        raise PolicyFileError(f"{path.name}: {error}") from error
    return controller


def parse(path: Path) -> dict[str, Any]:
    """Return the file's tables."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyFileError(
            f"{path} cannot be read ({error.strerror}); set POLICY_FILE to another"
        ) from error
    except UnicodeDecodeError as error:
        raise PolicyFileError(
            f"{path.name} is not UTF-8 text; save it as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyFileError(
            f"{path.name} is not valid TOML: {error}; correct it there"
        ) from error
