"""Letters on paper: scanned, read, settled by an officer."""
