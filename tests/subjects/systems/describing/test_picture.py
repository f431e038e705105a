"""The picture shows every collection and every way a value goes."""

from pathlib import Path
from xml.etree import ElementTree as ET

from django.utils import translation

from subjects.systems.datasets import read_datasets
from subjects.systems.describing.picture import draw
from subjects.systems.graph import make_plan

YAML = """
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - {name: email, fides_meta: {identity: email}}
          - {name: id}
      - name: orders
        fields:
          - name: person
            fides_meta: {references: [{dataset: shop, field: people.id}]}
          - name: after
            fides_meta:
              references: [{dataset: shop, field: orders.id, direction: from}]
          - {name: id}
      - name: items
        fields:
          - name: order
            fides_meta: {references: [{dataset: shop, field: orders.id}]}
          - {name: mail, fides_meta: {identity: email}}
      - {name: "<lost>", fields: []}
"""
SVG = "{http://www.w3.org/2000/svg}"


def test_every_box_and_every_way_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "shop.yml"
    path.write_text(YAML, "utf-8")
    plan = make_plan(read_datasets(path), ["email"])

    with translation.override("fr"):  # numbers in an SVG have no decimal comma
        picture = ET.fromstring(draw(plan))  # noqa: S314  # our own

    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"people", "orders", "items", "<lost>", "email", "shop"} <= set(words)
    ways = [way.find(f"{SVG}title") for way in picture.iterfind(f"{SVG}path")]
    assert sorted(way.text or "" for way in ways if way is not None) == [
        "email → shop:items.mail",
        "email → shop:people.email",
        "shop:items.order → shop:orders.id",
        "shop:orders.id → shop:orders.after",
        "shop:people.id → shop:orders.person",
    ]


def test_a_graph_of_nothing_is_drawn_too() -> None:
    assert draw(make_plan([], [])).startswith("<svg")
