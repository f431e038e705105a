"""Reports: what auditors and the authority ask for, with one definition per figure."""
