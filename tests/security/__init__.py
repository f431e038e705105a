"""What strangers and curious colleagues try, and what stops them."""
