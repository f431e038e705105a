"""How days are written where the languages of Django write them otherwise."""
