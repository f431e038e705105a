"""QR codes: the one on a cover sheet, written and read back."""

import io
import warnings

import segno
import zxingcpp
from PIL import Image

MOST_POINTS = 40_000_000  # of a picture; A4 at 600 dots per inch has 35 million
FORMATS = ("PNG", "JPEG", "TIFF", "PPM")  # PPM is how pdftoppm draws a page


def qr_code(text: str) -> str:
    """Return the QR code of a text as SVG, to be set into a page of HTML.

    A quarter of it may be lost in the scanner: error correction level Q.
    """
    code = segno.make_qr(text, error="q")
    return str(code.svg_inline(scale=4, border=4))


def references_in_picture(content: bytes) -> list[str]:
    """Return the texts of the QR codes in a picture; none if it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that is larger than it says
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_POINTS:
                return []
            grey = picture.convert("L")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return []
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in found]
