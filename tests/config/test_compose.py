"""The production set-up in docker-compose.yml keeps its promises, as far as it says."""

import re
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
SECRET = re.compile("SECRET|PASSWORD|KEY|MAILBOXES")
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
    secret = [key for key in environment if SECRET.search(key)]

    assert all(key.endswith("_FILE") for key in secret)
    assert "DATABASE_URL" not in environment
    files = [value for key, value in environment.items() if key.endswith("_FILE")]
    given = {f"/run/secrets/{one}" for one in SERVICES[name].get("secrets", [])}
    assert {one for one in files if one.startswith("/run/secrets/")} <= given


@pytest.mark.parametrize(
    ("setting", "services"),
    [
        ("FILES_KEY", {"web", "worker"}),
        ("PGP_KEY", {"web", "worker"}),
        ("MAILBOXES", {"worker"}),
    ],
)
def test_a_secret_goes_to_those_who_need_it(setting: str, services: set[str]) -> None:
    reads = {f"{setting}_FILE"}
    having = {
        name
        for name, one in SERVICES.items()
        if reads & set(one.get("environment", {}))
    }
    assert having == services


def test_the_note_at_the_top_makes_every_secret() -> None:
    top = (ROOT / "docker-compose.yml").read_text("utf-8").partition("x-desk")[0]
    wanted = {one["file"] for one in COMPOSE["secrets"].values()}
    assert {file for file in wanted if file in top} == wanted


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
