"""Reports as PDF/A-3a: tagged, archival, with their data and evidence inside."""

import hashlib
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher

from dsr.letters.pdf import NothingFetched

VARIANT = "pdf/a-3a"
SVG = "data:image/svg+xml;base64,"


class OwnCharts(NothingFetched):
    """Reads the charts we drew into the page ourselves, and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return a chart; refuse everything else."""
        if url.startswith(SVG):
            return URLFetcher.fetch(self, url, headers)
        return super().fetch(url, headers)


@dataclass(frozen=True, slots=True)
class Inside:
    """A file that travels inside the PDF."""

    name: str
    content: bytes
    description: str


def make_report(html: str, inside: Sequence[Inside], *, at: datetime) -> bytes:
    """Return the PDF of a report; equal input gives equal bytes.

    Raises:
        FatalURLFetchingError: the HTML refers to something outside itself.

    """
    # Subset fonts carry a date; a fixed one keeps equal reports equal.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    document = HTML(string=html, base_url="about:blank", url_fetcher=OwnCharts())
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile for the collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf: bytes = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=identifier,
            attachments=[_attached(one, at) for one in inside],
        )
    return pdf


def _attached(one: Inside, at: datetime) -> Attachment:
    return Attachment(
        string=one.content,
        name=one.name,
        description=one.description,
        relationship="Data",
        created=at,
        modified=at,
    )
