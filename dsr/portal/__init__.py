"""The public pages: where a person makes a request and sees what became of it."""
