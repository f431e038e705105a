-- Tables of the demo company's claims database.
CREATE TABLE claimants (
    id INTEGER PRIMARY KEY,
    customer_number TEXT NOT NULL,
    role TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT
);
CREATE INDEX claimants_by_customer ON claimants (customer_number);
CREATE INDEX claimants_by_email ON claimants (email);
CREATE TABLE vehicles (
    id INTEGER PRIMARY KEY,
    plate TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    year INTEGER NOT NULL,
    vin TEXT NOT NULL
);
CREATE TABLE claims (
    claim_number TEXT PRIMARY KEY,
    claimant_id INTEGER NOT NULL REFERENCES claimants (id),
    policy_number TEXT NOT NULL,
    vehicle_id INTEGER REFERENCES vehicles (id),
    previous_claim_number TEXT REFERENCES claims (claim_number),
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    occurred_on DATE NOT NULL,
    reported_at DATETIME NOT NULL,
    place TEXT NOT NULL,
    description TEXT NOT NULL,
    estimate_eur DECIMAL(12, 2)
);
CREATE INDEX claims_by_claimant ON claims (claimant_id);
CREATE INDEX claims_by_previous ON claims (previous_claim_number);
CREATE TABLE claim_events (
    id INTEGER PRIMARY KEY,
    claim_number TEXT NOT NULL REFERENCES claims (claim_number),
    at DATETIME NOT NULL,
    kind TEXT NOT NULL,
    handler TEXT NOT NULL,
    note TEXT
);
CREATE INDEX claim_events_by_claim ON claim_events (claim_number);
CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    claim_number TEXT NOT NULL REFERENCES claims (claim_number),
    paid_on DATE NOT NULL,
    amount_eur DECIMAL(12, 2) NOT NULL,
    kind TEXT NOT NULL,
    payee TEXT NOT NULL,
    iban TEXT NOT NULL
);
CREATE INDEX payments_by_claim ON payments (claim_number);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    claim_number TEXT NOT NULL REFERENCES claims (claim_number),
    received_at DATETIME NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX documents_by_claim ON documents (claim_number);
CREATE TABLE call_notes (
    id INTEGER PRIMARY KEY,
    claimant_id INTEGER NOT NULL REFERENCES claimants (id),
    at DATETIME NOT NULL,
    agent TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX call_notes_by_claimant ON call_notes (claimant_id);
CREATE TABLE expert_reports (
    id INTEGER PRIMARY KEY,
    claim_number TEXT NOT NULL REFERENCES claims (claim_number),
    expert TEXT NOT NULL,
    visited_on DATE NOT NULL,
    damage_eur DECIMAL(12, 2) NOT NULL,
    severity_score INTEGER NOT NULL,
    fraud_score INTEGER NOT NULL,
    conclusion TEXT NOT NULL
);
CREATE INDEX expert_reports_by_claim ON expert_reports (claim_number);
