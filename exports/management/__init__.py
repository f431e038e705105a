"""Commands of what goes out."""
