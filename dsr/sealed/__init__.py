"""Stored files, sealed: unreadable and unchangeable for who has the disk alone."""
