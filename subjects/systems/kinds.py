"""Which kinds of systems there are, and what makes one of each from the list.

A kind is a line in `KINDS`; its room holds the rest.
"""

from collections.abc import Mapping

from subjects.systems.files.listed import FILES
from subjects.systems.listing import Kind
from subjects.systems.people import PEOPLE, PEOPLE_KIND
from subjects.systems.sql.listed import SQL
from subjects.systems.web.listed import WEB

KINDS: Mapping[str, Kind] = {
    "sql": SQL,
    "web": WEB,
    "files": FILES,
    PEOPLE: PEOPLE_KIND,
}
