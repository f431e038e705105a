-- Tables of the demo company's customer database.
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    street TEXT NOT NULL,
    house_number TEXT NOT NULL,
    box TEXT,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL
);
CREATE TABLE customers (
    customer_number TEXT PRIMARY KEY,
    salutation TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    birth_date DATE NOT NULL,
    language TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    phone TEXT,
    address_id INTEGER NOT NULL REFERENCES addresses (id),
    segment TEXT NOT NULL,
    loyalty_score INTEGER,
    blocked BOOLEAN NOT NULL,
    created_at DATETIME NOT NULL
);
CREATE INDEX customers_by_phone ON customers (phone);
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY,
    customer_number TEXT NOT NULL REFERENCES customers (customer_number),
    at DATETIME NOT NULL,
    channel TEXT NOT NULL,
    direction TEXT NOT NULL,
    agent TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT
);
CREATE INDEX interactions_by_customer ON interactions (customer_number);
CREATE TABLE policies (
    policy_number TEXT PRIMARY KEY,
    customer_number TEXT NOT NULL REFERENCES customers (customer_number),
    product TEXT NOT NULL,
    status TEXT NOT NULL,
    start_on DATE NOT NULL,
    end_on DATE,
    premium_eur DECIMAL(10, 2) NOT NULL,
    frequency INTEGER NOT NULL,
    iban TEXT NOT NULL
);
CREATE INDEX policies_by_customer ON policies (customer_number);
CREATE TABLE covers (
    id INTEGER PRIMARY KEY,
    policy_number TEXT NOT NULL REFERENCES policies (policy_number),
    cover TEXT NOT NULL,
    insured_sum_eur DECIMAL(12, 2) NOT NULL,
    deductible_eur DECIMAL(10, 2) NOT NULL
);
CREATE INDEX covers_by_policy ON covers (policy_number);
CREATE TABLE insured_persons (
    id INTEGER PRIMARY KEY,
    policy_number TEXT NOT NULL REFERENCES policies (policy_number),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    birth_date DATE NOT NULL,
    relation TEXT NOT NULL
);
CREATE INDEX insured_persons_by_policy ON insured_persons (policy_number);
