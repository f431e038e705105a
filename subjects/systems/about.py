"""Our additions to a description, under the key `rightsdesk` that others ignore."""

from collections.abc import Mapping

from subjects.systems.entry import Entry, kind_of
from subjects.systems.shape import LANGUAGES, ORIGINS, About

OUR_KEY = "rightsdesk"
_KNOWN = (
    "title", "origin", "legal_basis", "retention", "owner", "third_parties", "codes",
)  # fmt: skip


def read_about(entry: Entry) -> About:
    """Read what stands under our key in `entry`, if anything."""
    ours = entry.entry(OUR_KEY)
    for key in ours.values:
        if key not in _KNOWN:
            raise entry.place.error(
                f"{OUR_KEY} does not know {key!r}; write one of {', '.join(_KNOWN)}"
            )
    return About(
        title=_by_language(ours, "title", ours.table("title") or {}),
        origin=ours.one_of("origin", ORIGINS),
        legal_basis=ours.text("legal_basis"),
        retention=ours.text("retention"),
        owner=ours.text("owner"),
        third_parties=ours.flag("third_parties"),
        codes=_codes(ours),
    )


def _codes(ours: Entry) -> dict[str, dict[str, str]]:
    codes = ours.table("codes") or {}
    # A code may be a number in the YAML; stored values are compared as text.
    return {str(code): _by_language(ours, "codes", codes[code]) for code in codes}


def _by_language(ours: Entry, key: str, words: object) -> dict[str, str]:
    if not isinstance(words, Mapping):
        raise ours.place.error(
            f"{key} is {kind_of(words)}; write one text per language"
        )
    for language, text in words.items():
        if language not in LANGUAGES or not isinstance(text, str):
            raise ours.place.error(
                f"{key} has {language!r}: {kind_of(text)}; write texts "
                f"for {', '.join(LANGUAGES)}"
            )
    return dict(words)
