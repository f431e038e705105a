"""The controller's policy as one language says it, on one day."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dsr.controller import Text, current
from dsr.controller.data import Timeline
from dsr.rights.base import gdpr


def policy_in(language: str, *, day: date) -> dict[str, Any]:
    """Return the whole policy as plain values: one language, the day's versions."""
    said: dict[str, Any] = _said(current(), language, day)
    for purpose in said["purposes"].values():
        purpose["basis"] = [gdpr(place).to(language) for place in purpose["basis"]]
    for right in said["rights"].values():
        right["article"] = gdpr(right["article"]).to(language)
    for kind, recipients in current().recipients.items():
        said["recipients"][kind]["named"] = list(recipients.names(day))
    return said


def _said(value: Any, language: str, day: date) -> Any:
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, Timeline):
        return _said(value.on(day), language, day)
    if isinstance(value, Mapping):
        return {key: _said(value[key], language, day) for key in value}
    if isinstance(value, tuple):
        return [_said(item, language, day) for item in value]
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return _said(named, language, day)
    return value
