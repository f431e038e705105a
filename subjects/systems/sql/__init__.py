"""Any SQL database, through SQLAlchemy Core."""
