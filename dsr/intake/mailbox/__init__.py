"""The mailbox: fetch, parse, classify, match and receive are different files."""
