"""The public pages, as a browser without JavaScript sees them."""
