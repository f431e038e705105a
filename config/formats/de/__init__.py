"""German with its signs: "Dienstag, 7. April 2026"."""
