-- Tables of the demo company's marketing database.
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    customer_number TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    newsletter BOOLEAN NOT NULL,
    interest TEXT NOT NULL,
    blocked BOOLEAN NOT NULL
);
CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    purpose TEXT NOT NULL,
    given BOOLEAN NOT NULL,
    given_at DATETIME NOT NULL,
    withdrawn_at DATETIME,
    source TEXT NOT NULL
);
CREATE INDEX consents_by_contact ON consents (contact_id);
CREATE TABLE mailings (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    email TEXT NOT NULL,
    campaign TEXT NOT NULL,
    sent_at DATETIME NOT NULL,
    opened_at DATETIME,
    clicked_at DATETIME
);
CREATE INDEX mailings_by_contact ON mailings (contact_id);
