"""Each right from the letter to the closed ticket, through the doors of the desk."""
