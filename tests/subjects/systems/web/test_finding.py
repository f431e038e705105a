"""An API is asked as declared: found, paged, logged in, and never led astray."""

from typing import Any

import pytest

from subjects.systems.base import (
    Question,
    ReadError,
    TooManyRowsError,
    UnreachableError,
)
from subjects.systems.collect import collected
from subjects.systems.register import RegisterError
from subjects.systems.shape import Address, DatasetError
from subjects.systems.web import client
from tests.subjects.systems.web.conftest import API, ListShop, Shop

ANN = {"email": ["ann@x.example"]}


@pytest.mark.parametrize(
    "pages",
    [
        "{kind: cursor, at: data.next, query: after}",
        "{kind: offset, query: offset, size: 3, size_query: limit}",
        "{kind: next, at: data.url}",
        "{kind: link}",
    ],
)
def test_a_person_is_found_page_after_page(
    shop: Shop, list_shop: ListShop, pages: str
) -> None:
    system = list_shop(pages=pages)
    system.check()

    found = collected([system], ANN)

    assert found["shop:customers"] == [
        {"id": 7, "email": "ann@x.example", "address": {"city": "Gent"}}
    ]
    assert [one["number"] for one in found["shop:orders"]] == [
        f"o{n}" for n in range(5)
    ]
    assert shop.asked[0] == "GET /api/health"


def test_counted_pages_end_with_an_empty_one(shop: Shop, list_shop: ListShop) -> None:
    shop.orders = shop.orders[:1]
    system = list_shop(pages="{kind: page, query: offset, first: 0}")
    assert len(collected([system], ANN)["shop:orders"]) == 1


def test_whoever_else_an_api_finds_is_left_out(shop: Shop, list_shop: ListShop) -> None:
    shop.everybody = True
    found = collected([list_shop()], {"email": ["ANN@x.example"]})
    assert [one["id"] for one in found["shop:customers"]] == [7]


def test_a_value_stays_a_value_in_the_path(shop: Shop, list_shop: ListShop) -> None:
    question = Question(Address("shop", "customers"), {("id",): ["7/../8?x=1#y"]})
    shop.fails = [500]
    system = list_shop()
    with pytest.raises(ReadError, match="status 500"):
        list(system.find(question))
    assert shop.asked == ["GET /api/customers/7%2F..%2F8%3Fx%3D1%23y"]


def test_what_fails_for_now_is_tried_again(shop: Shop, list_shop: ListShop) -> None:
    shop.fails = [503, 429]
    assert len(collected([list_shop()], ANN)["shop:customers"]) == 1
    shop.fails = [503, 503, 503]
    with pytest.raises(ReadError, match=r"shop: the API answered with status 503"):
        collected([list_shop()], ANN)


@pytest.mark.parametrize(
    ("lines", "sent"),
    [
        (
            ['auth = "bearer"', 'token_env = "SHOP_TOKEN"'],
            {"Authorization": "Bearer s3"},
        ),
        (
            ['auth = "basic"', 'user = "u"', 'password_env = "SHOP_TOKEN"'],
            {"Authorization": "Basic dTpzMw=="},
        ),
        (
            ['auth = "header"', 'header = "X-Api-Key"', 'token_env = "SHOP_TOKEN"'],
            {"X-Api-Key": "s3"},
        ),
    ],
)
def test_we_log_in(
    shop: Shop,
    list_shop: ListShop,
    monkeypatch: pytest.MonkeyPatch,
    lines: list[str],
    sent: dict[str, str],
) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "s3")
    list_shop(*lines).check()
    assert sent.items() <= shop.headers[-1].items()


def test_a_token_is_fetched_once_and_used(
    shop: Shop, list_shop: ListShop, base: str
) -> None:
    lines = ['auth = "oauth2"', f'token_url = "{base}token"', 'user = "u"']
    system = list_shop(*lines, 'password = "p"')
    system.check()
    system.check()
    assert [one.split()[1] for one in shop.asked] == [
        "/api/token", "/api/health", "/api/health",
    ]  # fmt: skip
    assert shop.headers[-1]["Authorization"] == "Bearer fresh"


def test_nothing_inside_the_house_is_met_unless_it_is_meant(
    shop: Shop, list_shop: ListShop
) -> None:
    with pytest.raises(UnreachableError, match=r"private network.*private = true"):
        list_shop(private=False).check()
    assert shop.asked == []


def test_no_answer_leads_elsewhere(shop: Shop, list_shop: ListShop) -> None:
    shop.next_url = "http://169.254.169.254/latest/meta-data/"
    with pytest.raises(ReadError, match="on another host; it is not followed"):
        collected([list_shop(pages="{kind: link}")], ANN)
    shop.fails = [302]
    with pytest.raises(ReadError, match="status 302"):
        list_shop().check()


def test_an_api_that_misbehaves_is_named(
    shop: Shop, list_shop: ListShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.stuck = True
    with pytest.raises(ReadError, match="names the page we are on as the next one"):
        collected([list_shop()], ANN)
    shop.stuck, shop.broken = False, b"<html>login</html>"
    with pytest.raises(ReadError, match="the API's answer is no JSON"):
        list_shop().check()
    shop.broken = b'{"data": [1]}'
    with pytest.raises(ReadError, match="holds no rows at data; check `rows`"):
        collected([list_shop()], ANN)
    monkeypatch.setattr(client, "MOST_BYTES", 5)
    with pytest.raises(ReadError, match="larger than"):
        list_shop().check()
    shop.fails = [401]
    with pytest.raises(ReadError, match=r"does not let us in \(401\)"):
        list_shop().check()


def test_more_rows_than_the_limit_are_an_error(list_shop: ListShop) -> None:
    with pytest.raises(TooManyRowsError, match="more than 3 rows"):
        collected([list_shop("row_limit = 3")], ANN)


def test_a_server_that_is_gone_is_unreachable(list_shop: ListShop) -> None:
    api = API.replace("{base}", "http://127.0.0.1:1/").replace(
        "retries: 2", "retries: 1"
    )
    with pytest.raises(
        UnreachableError, match=r"http://127\.0\.0\.1:1 cannot be reach"
    ):
        list_shop(api=api).check()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{base}", "shop", "base is no address"),
        ("{base}", "https://u:p@h/", "base has a query, a fragment or a password"),
        ("rows: data\n", "row: data\n", "does not know 'row'"),
        ("get: customers,", "get: /customers,", "get leaves the base"),
        ('"{{value}}"', '"{{email}}"', r"\{email\} is unknown; write \{value\}"),
        ("    orders:", "    order:", "collections lacks orders"),
    ],
)
def test_a_wrong_declaration_is_refused_in_one_line(
    list_shop: ListShop, old: str, new: str, says: str
) -> None:
    with pytest.raises(DatasetError, match=says) as refused:
        list_shop(api=API.replace(old, new))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (['auth = "magic"'], "auth is 'magic'; write one of bearer"),
        (['auth = "bearer"'], "no token; give token_env"),
        (['auth = "header"', 'header = "a b"', 'token = "t"'], "header is 'a b'"),
        (['auth = "oauth2"', 'token_url = "x"'], "token_url is no address"),
    ],
)
def test_a_wrong_way_to_log_in_is_refused(
    list_shop: ListShop, lines: list[str], says: str
) -> None:
    with pytest.raises(RegisterError, match=says):
        list_shop(*lines)


def test_a_field_that_cannot_be_looked_for_is_named(list_shop: ListShop) -> None:
    wanted: dict[Any, Any] = {("total",): [1]}
    with pytest.raises(ReadError, match=r"looked for by total.*add it under `by`"):
        list(list_shop().find(Question(Address("shop", "orders"), wanted)))
