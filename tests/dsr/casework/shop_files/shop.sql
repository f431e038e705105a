CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT, age INTEGER,
    blocked BOOLEAN, newsletter BOOLEAN, home INTEGER);
CREATE TABLE homes (id INTEGER PRIMARY KEY, street TEXT);
CREATE TABLE mailings (id INTEGER PRIMARY KEY, customer INTEGER, name TEXT, email TEXT);
INSERT INTO homes VALUES (1, 'Rue Haute'), (2, 'Lange Straat');
INSERT INTO customers VALUES (1, 'jeanne.peeters@demo.example', 'Peters', 30, 0, 1, 1),
    (2, 'luc@demo.example', 'Peters', 41, 0, 1, 1), (3, 'an@demo.example', 'An', 9, 0, 1, 2);
INSERT INTO mailings VALUES (1, 1, 'Peters', 'jeanne.peeters@demo.example');
