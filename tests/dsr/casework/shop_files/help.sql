CREATE TABLE callers (number INTEGER PRIMARY KEY, mail TEXT, called TEXT);
INSERT INTO callers VALUES (7, 'jeanne.peeters@demo.example', 'Peters'),
    (8, 'luc@demo.example', 'Peters');
