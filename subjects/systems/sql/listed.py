"""A SQL database as the list of systems names it."""

from subjects.systems.listing import NUMBER, Kind, Listing, secrets
from subjects.systems.sql.system import ROW_LIMIT, SQLSystem
from subjects.systems.sql.url import DatabaseURLError, parse_url


def make(listing: Listing) -> SQLSystem:
    """Return the database that is listed; opens no connection."""
    text = listing.secret("url")
    if not text:
        raise listing.error(
            "no url; give url, or url_env and that variable, or url_file and that file"
        )
    try:
        url = parse_url(text, folder=listing.folder)
    except DatabaseURLError as error:
        raise listing.error(f"url: {error}") from error
    return SQLSystem(
        key=listing.key,
        url=url,
        datasets=listing.datasets,
        name=listing.name,
        owner=listing.owner,
        acts=listing.acts,
        row_limit=listing.values.get("row_limit", ROW_LIMIT),
    )


SQL = Kind(make, {**secrets("url"), "row_limit": NUMBER})
