"""The public pages, one file a matter."""
