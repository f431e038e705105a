"""Makes PDFs of letters: tagged, the same bytes every time, nothing fetched."""

import hashlib
import os
from typing import NoReturn

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

# A line that fits but for its last space is broken after its first word instead;
# where it may break before that space too, it stays whole.
SOURCE = ' <span class="source"'
VARIANT = "pdf/ua-1"  # tagged, so that it can be read aloud


class NothingFetched(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Refuses every address: a letter consists of its own text alone."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
        """Refuse, and let the whole PDF fail."""
        scheme = url.partition(":")[0]
        raise FatalURLFetchingError(f"a letter fetches nothing, not even by {scheme}:")


def make_pdf(html: str) -> bytes:
    """Return the PDF of a letter's HTML.

    Raises:
        FatalURLFetchingError: the HTML refers to something outside itself.

    """
    # Subset fonts carry a date; a fixed one keeps equal letters equal.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    page = html.replace(SOURCE, f"<wbr>{SOURCE}")
    document = HTML(string=page, base_url="about:blank", url_fetcher=NothingFetched())
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    return pdf
