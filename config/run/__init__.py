"""How Rightsdesk is started on one machine: set-up, services, checks."""
