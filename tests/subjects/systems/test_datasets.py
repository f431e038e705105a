"""Descriptions are read as published, or refused with a sentence that helps."""

from pathlib import Path

import pytest

from subjects.systems.categories import health_fields
from subjects.systems.datasets import read_datasets
from subjects.systems.shape import Address, DatasetError
from tests.subjects.systems.conftest import MakeFile

FULL = """
dataset:
  - fides_key: shop_1.x
    name: The shop
    organization_fides_key: default_organization
    somebody_elses_key: [1, 2]
    fides_meta: {after: [stock], namespace: {schema: sales}, resource_id: r}
    collections:
      - name: visits
        fields: []
      - name: customers
        data_categories: [user]
        fidesops_meta: {after: [stock.items], erase_after: [shop_1.x.visits]}
        fides_meta: {after: [shop.visits], skip_processing: false}
        rightsdesk:
          title: {fr: Clients, en: Customers}
          origin: provided
          codes: {1: {en: one}}
          medical: true
          marks:
            restrict: {contact.blocked: true}
            lift: {contact.blocked: false}
        fields:
          - name: id
            fidesops_meta: {primary_key: true, data_type: integer}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email, data_type: string, length: 40,
                         data_categories: [stray]}
          - name: contact
            fides_meta: {identity: phone_number, primary_key: true}
            rightsdesk: {silent: true}
            fields:
              - name: blocked
              - name: phones
                fides_meta:
                  data_type: string[]
                  return_all_elements: true
                  references:
                    - {dataset: stock, field: items.a.b, direction: to}
"""


def test_everything_published_is_read(yaml_file: MakeFile) -> None:
    (dataset,) = read_datasets(yaml_file(FULL))

    customers, visits = dataset.collections
    identifier, email, contact = customers.fields
    phones = contact.fields[1]
    assert (dataset.key, dataset.after) == ("shop_1.x", ("stock",))
    assert dataset.namespace == {"schema": "sales"}
    assert visits.fields == ()
    assert customers.categories == ("user",)
    assert (identifier.primary_key, identifier.data_type) == (True, "integer")
    assert (email.identity, email.length) == ("email", 40)
    assert (phones.data_type, phones.is_array) == ("string", True)
    assert phones.references[0].address == Address("stock", "items")
    assert phones.references[0].path == ("a", "b")


def test_the_newer_meta_wins_over_the_older(yaml_file: MakeFile) -> None:
    (dataset,) = read_datasets(yaml_file(FULL))

    customers = dataset.collection("customers")
    assert customers.after == (Address("shop", "visits"),)
    assert customers.erase_after == ()


def test_an_object_is_no_key_itself(yaml_file: MakeFile) -> None:
    (dataset,) = read_datasets(yaml_file(FULL))

    contact = dataset.collection("customers").field_at(("contact",))
    assert contact is not None
    assert (contact.identity, contact.primary_key) == ("", False)
    assert contact.data_type == "object"


def test_our_additions_explain_in_the_readers_language(yaml_file: MakeFile) -> None:
    (dataset,) = read_datasets(yaml_file(FULL))

    about = dataset.collection("customers").about
    assert about.title_in("fr", "customers") == "Clients"
    assert about.title_in("nl", "customers") == "Customers"
    assert (about.meaning(1, "fr"), about.meaning(2, "fr")) == ("one", "")


def test_our_additions_say_what_is_silent_medical_or_marked(
    yaml_file: MakeFile,
) -> None:
    (dataset,) = read_datasets(yaml_file(FULL))

    customers = dataset.collection("customers")
    assert customers.about.marks == {
        "restrict": {("contact", "blocked"): True},
        "lift": {("contact", "blocked"): False},
    }
    assert [one.about.silent for one in customers.fields] == [False, False, True]
    assert health_fields(customers) == ("id", "email", "contact")


def _collection(inside: str) -> str:
    return f"dataset: [{{fides_key: k, collections: [{{name: c, {inside}}}]}}]"


def _field(inside: str) -> str:
    return _collection(f"fields: [{{name: f, {inside}}}]")


REFUSED = {
    "not yaml": ("dataset: [", "this is not YAML (line 2, column 1"),
    "tagged": ("dataset: !!python/object:os.system {}", "this is not YAML"),
    "a list": ("[1]", "the file is a list; write a mapping"),
    "empty": ("", "the file is empty; write a mapping"),
    "no dataset": ("data: []", "dataset is missing; add the list"),
    "dataset not a list": ("dataset: {a: 1}", "dataset is a mapping; write a list"),
    "no key": ("dataset: [{collections: []}]", "fides_key is missing; add it"),
    "bad key": (
        "dataset: [{fides_key: a b, collections: []}]",
        "dataset a b: its fides_key has other characters",
    ),
    "key ends a line": (
        'dataset: [{fides_key: "a\\n;", collections: []}]',
        "its fides_key has other characters",
    ),
    "no collections": ("dataset: [{fides_key: k}]", "collections is missing"),
    "no fields": (_collection("x: 1"), "collection c: fields is missing"),
    "unquoted name": (_field("fields: [{name: no}]"), "name is true or false; write"),
    "twice the same field": (
        _collection("fields: [{name: f}, {name: f}]"),
        "collection c: field f is described 2 times",
    ),
    "bad after": (
        _collection("fields: [], fides_meta: {after: [a]}"),
        "after has 'a'; write dataset.collection",
    ),
    "unknown type": (
        _field("fides_meta: {data_type: strng}"),
        "field f: data_type is 'strng'; write one of string",
    ),
    "typed object": (
        _field("fides_meta: {data_type: string}, fields: [{name: g}]"),
        "it has fields of its own but data_type string",
    ),
    "all elements of no array": (
        _field("fides_meta: {data_type: string, return_all_elements: true}"),
        "return_all_elements is for arrays only",
    ),
    "no length": (_field("fides_meta: {length: 0}"), "length is 0; write a whole"),
    "categories not a list": (
        _field("data_categories: user"),
        "data_categories is text; write a list",
    ),
    "category not a text": (
        _field("data_categories: [1]"),
        "data_categories holds a whole number",
    ),
    "reference to no field": (
        _field("fides_meta: {references: [{dataset: k, field: c}]}"),
        "a reference names field 'c'; write collection.field",
    ),
    "reference to no dataset": (
        _field("fides_meta: {references: [{field: c.f}]}"),
        "field f: dataset is missing",
    ),
    "reference with an odd direction": (
        _field("fides_meta: {references: [{dataset: k, field: c.f, direction: up}]}"),
        "direction is 'up'; write one of from, to",
    ),
    "our key misspelt": (
        _field("rightsdesk: {titel: {}}"),
        "rightsdesk does not know 'titel'; write one of title",
    ),
    "our title in one language only": (
        _field("rightsdesk: {title: Name}"),
        "title is text; write a mapping",
    ),
    "our title in an unknown language": (
        _field("rightsdesk: {title: {it: Nome}}"),
        "title has 'it'",
    ),
    "a whole dataset that is silent": (
        "dataset: [{fides_key: k, collections: [], rightsdesk: {silent: true}}]",
        "dataset k: silent is not for a whole dataset; write it further down",
    ),
    "a field with marks": (
        _field("rightsdesk: {marks: {}}"),
        "field f: marks is not for a field; write it on the collection",
    ),
    "marks of an act that sets none": (
        _collection("fields: [], rightsdesk: {marks: {erase: {a: 1}}}"),
        "marks has 'erase'; write only restrict, lift, suppress, stop",
    ),
    "marks that are a list": (
        _collection("fields: [], rightsdesk: {marks: {lift: {a: [1]}}}"),
        "marks, lift: 'a' is a list; write a field and what it is to say",
    ),
    "marks in an unknown field": (
        _collection("fields: [], rightsdesk: {marks: {lift: {a: 1}}}"),
        "collection c: marks, lift: it has no field a; describe the field",
    ),
    "marks on rows without a key": (
        _collection("fields: [{name: a}], rightsdesk: {marks: {lift: {a: 1}}}"),
        "marks are set on rows, which have no primary_key",
    ),
    "an alias inside what it names": ("dataset: &a [*a]", "alias *a stands inside"),
    "an alias of nothing": ("dataset: *b", "alias *b"),
    "too deep": ("[" * 5000, "nested more than 64 levels"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_used_is_refused_in_one_sentence(
    yaml_file: MakeFile, content: str, sentence: str
) -> None:
    path = yaml_file(content)

    with pytest.raises(DatasetError) as refused:
        read_datasets(path)

    said = str(refused.value)
    assert said.startswith(f"{path}: ")
    assert sentence in said
    assert "\n" not in said


def test_aliases_that_stand_for_millions_are_refused(yaml_file: MakeFile) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(DatasetError, match="stand for more than 1,000,000 values"):
        read_datasets(yaml_file("\n".join(lines)))


def test_a_file_that_was_corrected_is_read_anew(yaml_file: MakeFile) -> None:
    path = yaml_file(FULL)
    (before,) = read_datasets(path)
    path.write_text(FULL.replace(f"fides_key: {before.key}", "fides_key: renamed"))

    (after,) = read_datasets(path)

    assert after.key == "renamed"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"none\.yml: the file cannot be read"):
        read_datasets(tmp_path / "none.yml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.yml"
    path.write_bytes(b"\x89PNG\xff")

    with pytest.raises(DatasetError, match="not UTF-8 text; save it as UTF-8"):
        read_datasets(path)


def test_two_datasets_cannot_share_a_key(yaml_file: MakeFile) -> None:
    twins = (
        "dataset: [{fides_key: k, collections: []}, {fides_key: k, collections: []}]"
    )

    with pytest.raises(DatasetError, match="dataset k is already described in"):
        read_datasets(yaml_file(twins))
