"""A file drop as the list of systems names it.

`folder`, or `bucket` with `prefix`, `endpoint`, `region`, `access_key` and
`secret_key` (each of the two also as `_env` or `_file`); `files` says which files a
collection is, such as `{ orders = "orders-*.csv" }`.
"""

from subjects.systems.files.places import Bucket, Folder, Place
from subjects.systems.files.system import ROW_LIMIT, FilesSystem
from subjects.systems.listing import NUMBER, TABLE, TEXT, Kind, Listing, secrets


def make(listing: Listing) -> FilesSystem:
    """Return the file drop that is listed; reads no file yet."""
    if listing.acts:
        raise listing.error(
            "acts is not for files, which are only read; remove it, and whoever "
            "answers for the system behind them is asked"
        )
    described = {
        one.name for dataset in listing.datasets for one in dataset.collections
    }
    patterns = listing.values.get("files", {})
    for name, pattern in patterns.items():
        if name not in described:
            raise listing.error(f"files has {name}, which no dataset describes")
        if not isinstance(pattern, str) or not pattern or "/" in pattern:
            raise listing.error(
                f"files has {pattern!r} for {name}; write a name such as orders-*.csv"
            )
    return FilesSystem(
        key=listing.key,
        place=_place(listing),
        datasets=listing.datasets,
        patterns=patterns,
        name=listing.name,
        owner=listing.owner,
        row_limit=listing.values.get("row_limit", ROW_LIMIT),
    )


def _place(listing: Listing) -> Place:
    folder, bucket = listing.values.get("folder"), listing.values.get("bucket")
    if bool(folder) == bool(bucket):
        raise listing.error("give one of folder and bucket")
    if folder:
        return Folder(listing.key, listing.folder / folder)
    options = {
        "endpoint_url": listing.values.get("endpoint"),
        "region_name": listing.values.get("region"),
        "aws_access_key_id": listing.secret("access_key") or None,
        "aws_secret_access_key": listing.secret("secret_key") or None,
    }
    return Bucket(listing.key, str(bucket), listing.values.get("prefix", ""), options)


_KEYS = ("folder", "bucket", "prefix", "endpoint", "region")
FILES = Kind(
    make,
    {
        **dict.fromkeys(_KEYS, TEXT),
        **secrets("access_key", "secret_key"),
        "files": TABLE,
        "row_limit": NUMBER,
    },
)
