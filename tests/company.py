"""The demo company with two of its systems: enough for what is done with several."""

from pathlib import Path

from subjects.demo.company import make_company

MARK = "[[system]]"
KEPT = ('key = "crm"', 'key = "claims"')


def make_two(folder: Path) -> None:
    """Make the company in `folder`, and list only its customers and its claims."""
    make_company(folder)
    listed = folder / "systems.toml"
    head, *systems = listed.read_text("utf-8").split(MARK)
    kept = [one for one in systems if any(key in one for key in KEPT)]
    listed.write_text(MARK.join([head, *kept]), "utf-8")
