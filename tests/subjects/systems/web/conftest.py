"""A real HTTP server with a small shop behind it, and the list that names it."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from subjects.systems.register import load_systems
from subjects.systems.web.system import WebSystem

DATASET = """
dataset:
  - fides_key: shop
    collections:
      - name: customers
        fields:
          - {name: id, data_categories: [user.unique_id],
             fides_meta: {primary_key: true, data_type: integer}}
          - {name: email, data_categories: [user.contact.email],
             fides_meta: {identity: email}}
          - name: address
            fields: [{name: city, data_categories: [user.contact.address.city]}]
      - name: orders
        fields:
          - {name: number, data_categories: [user.unique_id],
             fides_meta: {primary_key: true}}
          - name: customer_id
            data_categories: [system.operations]
            fides_meta: {references: [
              {dataset: shop, field: customers.id, direction: from}]}
          - {name: total, data_categories: [user.financial]}
"""
API = """
api:
  base: {base}
  check: health
  retries: 2
  collections:
    customers:
      by:
        email: {{get: customers, query: {{email: "{{value}}"}}}}
        id: {{get: "customers/{{value}}"}}
      rows: data
      change: {{patch: "customers/{{id}}"}}
      delete: {{delete: "customers/{{id}}"}}
    orders:
      by:
        customer_id: {{get: "customers/{{value}}/orders"}}
        number: {{get: "orders/{{value}}"}}
      rows: data.items
      pages: {pages}
      delete: {{delete: "orders/{{number}}"}}
"""
PAGES = "{kind: cursor, at: data.next, query: after}"


class Shop:
    """What the shop holds, how it misbehaves, and what it was asked."""

    def __init__(self) -> None:
        self.customers = {
            7: {"id": 7, "email": "ann@x.example", "address": {"city": "Gent"}},
            8: {"id": 8, "email": "bob@x.example", "address": {"city": "Luik"}},
        }
        self.orders = [
            {"number": f"o{n}", "customer_id": 7, "total": n} for n in range(5)
        ]
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.fails: list[int] = []  # statuses to answer with before the truth
        self.everybody = False  # whether a search finds whoever it likes
        self.next_url = ""
        self.broken = b""  # what it says instead of JSON
        self.stuck = False  # whether a cursor never moves
        self.refuses_to_delete: set[str] = set()

    def answer(
        self, method: str, url: str, body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        """Return the status, the JSON and the headers of an answer."""
        parts = urlsplit(url)
        path = [unquote(step) for step in parts.path.split("/")[2:]]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if path in (["health"], ["token"]):
            return 200, {"access_token": "fresh", "expires_in": 3600}, {}
        if path[0] == "orders":
            return self._order(method, path[1], body)
        if path == ["customers"]:
            return 200, {"data": self._found(query["email"])}, {}
        if path[2:] == ["orders"]:
            return self._page(int(path[1]), query)
        return self._row(method, self.customers, int(path[1]), body)

    def _found(self, email: str) -> list[Any]:
        every = self.customers.values()
        return [one for one in every if self.everybody or one["email"] == email]

    def _order(
        self, method: str, number: str, body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        rows = {one["number"]: one for one in self.orders}
        status, said, headers = self._row(method, rows, number, body)
        self.orders = list(rows.values())
        data = {"data": {"items": [said["data"]]}} if said else None
        return status, data, headers

    def _row(
        self, method: str, rows: dict[Any, Any], key: Any, body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        if key not in rows:
            return 404, None, {}
        if method == "DELETE":
            if str(key) in self.refuses_to_delete:
                return 409, None, {}
            del rows[key]
            return 204, None, {}
        if method == "PATCH":
            rows[key].update(body)
        return 200, {"data": rows[key]}, {}

    def _page(
        self, number: int, query: dict[str, str]
    ) -> tuple[int, Any, dict[str, str]]:
        found = [one for one in self.orders if one["customer_id"] == number]
        start = int(query.get("after", query.get("offset", "0")))
        size = int(query.get("limit", "2"))
        some = found[start : start + size]
        further = "0" if self.stuck else str(start + size)
        more = start + size < len(found) or self.stuck
        url = self.next_url or f"customers/{number}/orders?after={further}"
        data = {"items": some, "next": further if more else None}
        data["url"] = url if more else None
        link = {"Link": f'<{url}>; rel="next"'} if more else {}
        return 200, {"data": data}, link


def _handler(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(length)
            shop.asked.append(f"{self.command} {self.path}")
            shop.headers.append(dict(self.headers.items()))
            if shop.fails:
                return self._say(shop.fails.pop(0), None, {"Retry-After": "0"})
            is_json = "json" in self.headers.get("Content-Type", "")
            body = json.loads(raw) if raw and is_json else None
            return self._say(*shop.answer(self.command, self.path, body))

        do_GET = do_PATCH = do_DELETE = do_POST = _do  # noqa: N815  # as the library

        def _say(self, status: int, body: Any, headers: dict[str, str]) -> None:
            raw = shop.broken or (b"" if body is None else json.dumps(body).encode())
            raw = b"" if status == 204 else raw
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *words: Any) -> None:
            pass

    return Handler


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def base(shop: Shop) -> Iterator[str]:
    """Serve the shop's API by a real server, at the address that is yielded."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shop))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()
    thread.join()


ListShop = Callable[..., WebSystem]


@pytest.fixture
def list_shop(base: str, tmp_path: Path) -> Iterator[ListShop]:
    """Return what lists the shop, with more lines or another way of paging."""
    made: list[WebSystem] = []

    def listed(
        *lines: str, pages: str = PAGES, api: str = API, private: bool = True
    ) -> WebSystem:
        (tmp_path / "shop.yml").write_text(DATASET)
        (tmp_path / "api.yml").write_text(api.format(base=base, pages=pages))
        head = ['[[system]]\nkey = "shop"\nkind = "web"', 'dataset = "shop.yml"']
        head += ['api = "api.yml"', *lines]
        head += ["private = true"] if private else []
        (tmp_path / "systems.toml").write_text("\n".join(head))
        (system,) = load_systems(tmp_path / "systems.toml")
        assert isinstance(system, WebSystem)
        made.append(system)
        return system

    yield listed
    for system in made:
        system.close()
