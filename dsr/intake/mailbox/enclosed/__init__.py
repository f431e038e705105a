"""The words of files that came with a mail: one file a format, all of them bounded."""
