"""File drops are read: CSV, JSON and Parquet, in a folder and in a bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

from subjects.systems.base import (
    MismatchError,
    ReadError,
    TooManyRowsError,
    UnreachableError,
)
from subjects.systems.collect import collected
from subjects.systems.files.system import FilesSystem
from subjects.systems.register import RegisterError, load_systems
from tests.servers.live import free_port

DATASET = """
dataset:
  - fides_key: drop
    collections:
      - name: people
        fields:
          - {name: id, fides_meta: {primary_key: true, data_type: integer}}
          - {name: email, fides_meta: {identity: email}}
          - {name: note}
      - name: visits
        fields:
          - {name: person, fides_meta: {references: [
              {dataset: drop, field: people.id, direction: from}]}}
          - {name: at}
      - name: events
        fields:
          - name: who
            fields: [{name: mail, fides_meta: {identity: email}}, {name: city}]
          - {name: tags, fides_meta: {data_type: "string[]"}}
"""
PEOPLE = 'id;email;note\n7;ann@x.example;"a; ""b"""\n8;bob@x.example;\n'
EVENTS = (
    '{"who": {"mail": "ann@x.example", "city": "Gent"}, "tags": ["a", "b"]}\n'
    '{"who": {"mail": "bob@x.example", "city": "Luik"}, "tags": null}\n'
)
VISITS = 'SELECT * FROM (VALUES (7, ?::DATE), (9, ?::DATE)) v(person, "at")'
ANN = {"email": ["ann@x.example"]}
FOUND = {
    "drop:people": [{"id": 7, "email": "ann@x.example", "note": 'a; "b"'}],
    "drop:visits": [
        {"person": 7, "at": "2026-03-01"},
        {"person": 7, "at": "2026-04-02"},
    ],
    "drop:events": [
        {"who": {"mail": "ann@x.example", "city": "Gent"}, "tags": ["a", "b"]}
    ],
}


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """Make a folder with one file of each kind, and one collection in two files."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "events.jsonl").write_text(EVENTS)
    for day in ("2026-03-01", "2026-04-02"):
        target = folder / f"visits-{day}.parquet"
        duckdb.connect().sql(VISITS, params=[day, day]).write_parquet(str(target))
    return folder


def listed(home: Path, *lines: str) -> FilesSystem:
    (home / "drop.yml").write_text(DATASET)
    head = ['[[system]]\nkey = "drop"\nkind = "files"', 'dataset = "drop.yml"']
    head += ['files = { visits = "visits-*.parquet" }', *lines]
    (home / "systems.toml").write_text("\n".join(head))
    (system,) = load_systems(home / "systems.toml")
    assert isinstance(system, FilesSystem)
    return system


def test_a_person_is_found_in_files_of_every_kind(drop: Path, tmp_path: Path) -> None:
    system = listed(tmp_path, 'folder = "drop"')
    system.check()
    assert collected([system], ANN) == FOUND
    system.close()
    assert collected([system], {"email": ["nobody@x.example"]}) == {
        "drop:people": [], "drop:visits": [], "drop:events": [],
    }  # fmt: skip


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


KEYS: dict[str, Any] = {
    "aws_access_key_id": "us",
    "aws_secret_access_key": "secret",
    "region_name": "eu-west-1",
}


def test_a_bucket_is_read_like_a_folder(
    drop: Path, tmp_path: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3 = boto3.client("s3", endpoint_url=endpoint, **KEYS)
    where = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="drops", CreateBucketConfiguration=where)
    for path in drop.iterdir():
        s3.upload_file(str(path), "drops", f"crm/{path.name}")
    monkeypatch.setenv("DROP_SECRET", "secret")
    lines = ['prefix = "crm/"', f'endpoint = "{endpoint}"', 'region = "eu-west-1"']
    lines += ['access_key = "us"', 'secret_key_env = "DROP_SECRET"']

    system = listed(tmp_path, 'bucket = "drops"', *lines)
    assert collected([system], ANN) == FOUND
    fetched = system._place.folder  # what must not stay
    assert any(fetched.iterdir())
    system.close()
    assert not fetched.exists()

    with pytest.raises(UnreachableError, match="the bucket none cannot be read"):
        listed(tmp_path, 'bucket = "none"', *lines).check()


def test_what_is_wrong_with_a_file_is_one_line_without_its_content(
    drop: Path, tmp_path: Path
) -> None:
    system = listed(tmp_path, 'folder = "drop"')
    (drop / "people.csv").write_text("id;mail\n7;ann@x.example\n")
    with pytest.raises(MismatchError, match=r"people\.csv has no column 'email'"):
        system.check()
    (drop / "people.csv").write_text(PEOPLE)
    (drop / "events.jsonl").write_bytes(b'{"who": ann@x.example\xff}')
    with pytest.raises(ReadError, match=r"events\.jsonl cannot be read") as refused:
        list(collected([system], ANN))
    assert "ann@" not in str(refused.value)
    (drop / "events.jsonl").unlink()
    with pytest.raises(MismatchError, match=r"no file events\.\* for collection"):
        system.check()
    (drop / "events.docx").write_text("")
    with pytest.raises(ReadError, match=r"events\.docx is no file that can be read"):
        system.check()


def test_no_link_leads_out_of_the_folder(drop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(PEOPLE)
    (drop / "people.csv").unlink()
    (drop / "people.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ReadError, match=r"people\.csv is a link out of"):
        listed(tmp_path, 'folder = "drop"').check()


def test_more_rows_than_the_limit_are_an_error(drop: Path, tmp_path: Path) -> None:
    (drop / "people.csv").write_text("id;email;note\n" + "7;ann@x.example;\n" * 3)
    system = listed(tmp_path, 'folder = "drop"', "row_limit = 2")
    with pytest.raises(TooManyRowsError, match="more than 2 rows"):
        collected([system], ANN)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "give one of folder and bucket"),
        ('folder = "drop"\nacts = ["erase"]', "acts is not for files, which are only"),
        ('folder = "drop"\nkind2 = "x"', "kind2 is unknown"),
    ],
)
def test_a_wrong_listing_is_refused(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        listed(tmp_path, line)


def test_a_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="there is no folder"):
        listed(tmp_path, 'folder = "nowhere"').check()
