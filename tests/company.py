"""The demo company with two of its systems, whose orders people answer by hand."""

from pathlib import Path

from subjects.demo.company import make_company

MARK = "[[system]]"
KEPT = ('key = "crm"', 'key = "claims"')


def make_two(folder: Path) -> None:
    """Make the company in `folder`, and list only its customers and its claims."""
    make_company(folder)
    listed = folder / "systems.toml"
    head, *systems = listed.read_text("utf-8").split(MARK)
    kept = [_by_hand(one) for one in systems if any(key in one for key in KEPT)]
    listed.write_text(MARK.join([head, *kept]), "utf-8")


def _by_hand(system: str) -> str:
    lines = system.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("acts"))
