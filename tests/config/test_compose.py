"""The production set-up in docker-compose.yml keeps its promises, as far as it says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load(
    (ROOT / "docker-compose.yml").read_text("utf-8")
)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = sorted(set(SERVICES) - {"migrate"})
DESK = ["beat", "migrate", "web", "worker"]


def test_it_has_every_part() -> None:
    assert set(SERVICES) == {"beat", "migrate", "postgres", "redis", "web", "worker"}


@pytest.mark.parametrize("name", LASTING)
def test_each_lasting_service_is_watched(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_as_files_only(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    secret = [key for key in environment if "SECRET" in key or "PASSWORD" in key]

    assert all(key.endswith("_FILE") for key in secret)
    assert "DATABASE_URL" not in environment


@pytest.mark.parametrize("name", DESK)
def test_the_desk_may_do_nothing_it_need_not(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()

    assert [line for line in lines if line.startswith("USER")] == ["USER rightsdesk"]


def test_only_the_proxy_on_this_host_reaches_the_web_server() -> None:
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}

    assert published == {"web": ["127.0.0.1:8000:8000"]}
