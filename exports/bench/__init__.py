"""How fast the desk does what it is for, beside a bare program that does as much."""
