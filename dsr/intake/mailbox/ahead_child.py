"""The second process: it reads and classifies one mail after another.

What a mail does to its reader, it does to a child of this process (see `reading`).
"""

from dsr.intake.mailbox.child_link import ChildLink
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.reading import read

FIRST = b"Subject: access\n\nPlease send me a copy of my data.\n"  # loads all it needs


def main() -> None:
    """Say of each mail what it says and what it is, until the socket closes."""
    link = ChildLink()
    classify(read(FIRST))
    link.answer(None)
    for keys, raw in link.mails():
        mail = read(raw, keys)
        link.answer((mail, classify(mail)))


if __name__ == "__main__":
    main()
