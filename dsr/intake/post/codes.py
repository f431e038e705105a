"""QR codes: the one on a cover sheet, drawn and read back."""

import io
import warnings

import zxingcpp
from PIL import Image

MOST_POINTS = 40_000_000  # of a picture; A4 at 600 dots per inch has 35 million
FORMATS = ("PNG", "JPEG", "TIFF", "PPM")  # PPM is how pdftoppm draws a page
QR = zxingcpp.BarcodeFormat.QRCode


def qr_code(text: str) -> str:
    """Return the QR code of a text as an <svg> of 44 mm, to stand in a page.

    A quarter of it may be lost to a stamp or a fold: error correction level Q.
    """
    code = zxingcpp.create_barcode(text, QR, ec_level="Q")
    svg = zxingcpp.write_barcode_to_svg(code, scale=5)
    return svg[svg.index("<svg") :]  # without the prologue of a file


def qr_codes_in(picture: bytes) -> list[str]:
    """Return the texts of the QR codes in a picture; none if it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of a picture too large, or cut off
            image = Image.open(io.BytesIO(picture), formats=FORMATS)
            if image.width * image.height > MOST_POINTS:
                return []
            grey = image.convert("L")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return []
    codes = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(QR))
    return [one.text for one in codes]
