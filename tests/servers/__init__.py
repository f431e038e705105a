"""Real servers for the tests: PostgreSQL, a whole running desk, a browser."""
