"""What a person reads instead of a system's key: its name in their language."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from subjects.systems.register import RegisterError, load_systems
from subjects.systems.shape import DatasetError


def system_title(key: str, language: str) -> str:
    """Return what a system is called; the key of one that is no longer listed."""
    path = Path(settings.SYSTEMS_FILE)
    changed = path.stat().st_mtime_ns if path.exists() else 0
    names = _names(path, changed).get(key, {})
    return names.get(language) or names.get("en") or key


@lru_cache(maxsize=4)
def _names(path: Path, changed: int) -> dict[str, dict[str, str]]:
    """Read the names once a version of the list."""
    try:
        return {system.key: dict(system.name) for system in load_systems(path)}
    except (RegisterError, DatasetError):
        return {}  # a letter does not wait until somebody has mended the list
