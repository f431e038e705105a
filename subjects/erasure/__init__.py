"""What an erasure does to each record, planned before anything is touched. Pure."""
