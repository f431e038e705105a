"""The sample mailbox and the letters, ready to read."""

import json
import tomllib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

MAIL = Path(__file__).parents[3] / "mail"
REFERENCE = "DSR-2026-000123-K7"


def raw_mail(name: str) -> bytes:
    """Give a sample's bytes, with a real case in place of the placeholders."""
    raw = (MAIL / "eml" / name).read_bytes()
    return raw.replace(b"{{CASE_REF}}", REFERENCE.encode()).replace(
        b"{{CASE_MSGID}}", b"ack-1@rightsdesk.example"
    )


def labels() -> dict[str, dict[str, Any]]:
    """Give the label of every sample."""
    found: dict[str, dict[str, Any]] = json.loads(
        (MAIL / "labels.json").read_text(encoding="utf-8")
    )
    return found


def letters(name: str = "letters") -> list[dict[str, Any]]:
    """Give the letters of a file with their labels."""
    text = (MAIL / f"{name}.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["letter"]
    return found


def as_mail(subject: str, text: str, **headers: str) -> bytes:
    """Put a text into a plain mail from Jeanne to the DPO."""
    mail = EmailMessage()
    mail["From"] = headers.pop("sender", "Jeanne Dubois <jeanne@post.example>")
    mail["To"] = "dpo.BNL@axa-assistance.com"
    mail["Subject"] = subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
