"""What people and colleagues of the demo company wrote, in the customer's language."""

SUBJECTS = {
    "fr": ("Changement d'adresse", "Question sur la prime", "Attestation demandée"),
    "nl": ("Adreswijziging", "Vraag over de premie", "Attest gevraagd"),
    "de": ("Adressänderung", "Frage zur Prämie", "Bescheinigung angefordert"),
    "en": ("Change of address", "Question about the premium", "Certificate asked for"),
}
NOTES = {
    "fr": "{name} nous a contactés ; réponse le jour même.",
    "nl": "Contact met {name}; dezelfde dag beantwoord.",
    "de": "Kontakt mit {name}; am selben Tag beantwortet.",
    "en": "Contact with {name}; answered the same day.",
}
CALLS = {
    "fr": "{name} demande où en est le dossier. Témoin cité : {other}.",
    "nl": "{name} vraagt naar de stand van het dossier. Genoemde getuige: {other}.",
    "de": "{name} fragt nach dem Stand der Akte. Genannter Zeuge: {other}.",
    "en": "{name} asks how the file stands. Witness named: {other}.",
}
DESCRIPTIONS = {
    "MED": {
        "fr": "Chute pendant les vacances, soins à l'hôpital.",
        "nl": "Gevallen op vakantie, verzorgd in het ziekenhuis.",
        "de": "Sturz im Urlaub, Behandlung im Krankenhaus.",
        "en": "Fell while on holiday, treated in hospital.",
    },
    "CAR": {
        "fr": "Collision au carrefour, aile avant droite enfoncée.",
        "nl": "Aanrijding op het kruispunt, rechtervoorvleugel ingedeukt.",
        "de": "Zusammenstoß an der Kreuzung, Kotflügel vorne rechts eingedrückt.",
        "en": "Collision at the crossroads, right front wing dented.",
    },
    "ROAD": {
        "fr": "Batterie à plat sur l'autoroute, remorquage.",
        "nl": "Lege batterij op de autosnelweg, getakeld.",
        "de": "Leere Batterie auf der Autobahn, abgeschleppt.",
        "en": "Flat battery on the motorway, towed.",
    },
    "HOME": {
        "fr": "Fuite d'eau dans la cuisine, parquet abîmé.",
        "nl": "Waterlek in de keuken, parket beschadigd.",
        "de": "Wasserschaden in der Küche, Parkett beschädigt.",
        "en": "Water leak in the kitchen, floor damaged.",
    },
}
EVENTS = {
    "NEW": ("Déclaration reçue", "Aangifte ontvangen", "Meldung erhalten", "Report in"),
    "ASK": (
        "Facture demandée",
        "Factuur gevraagd",
        "Rechnung erbeten",
        "Invoice asked",
    ),
    "DEC": ("Accord donné", "Akkoord gegeven", "Zusage erteilt", "Agreed to pay"),
}
LANGUAGE_ORDER = ("fr", "nl", "de", "en")
DOCUMENT_TITLES = {
    "DECL": {
        "fr": "Déclaration signée",
        "nl": "Ondertekende aangifte",
        "de": "Unterschriebene Meldung",
        "en": "Signed report",
    },
    "INV": {"fr": "Facture", "nl": "Factuur", "de": "Rechnung", "en": "Invoice"},
    "MED": {
        "fr": "Certificat du médecin",
        "nl": "Attest van de arts",
        "de": "Attest des Arztes",
        "en": "Doctor's certificate",
    },
}
BODIES = {
    "fr": "Je soussigné(e) {name} déclare le sinistre {claim} : {what}\n"
    "Témoin : {other}.",
    "nl": "Ondergetekende {name} geeft schadegeval {claim} aan: {what}\n"
    "Getuige: {other}.",
    "de": "Ich, {name}, melde den Schadenfall {claim}: {what}\nZeuge: {other}.",
    "en": "I, {name}, report claim {claim}: {what}\nWitness: {other}.",
}
CONCLUSIONS = {
    "fr": "Dommage compatible avec la déclaration.",
    "nl": "Schade stemt overeen met de aangifte.",
    "de": "Schaden stimmt mit der Meldung überein.",
    "en": "Damage agrees with the report.",
}
CAMPAIGNS = (
    ("2025-summer-travel", "2025-06-03"),
    ("2025-winter-roads", "2025-11-18"),
    ("2026-home-cover", "2026-03-10"),
)
RELATIVES = ("Noor", "Louis", "Emma", "Simone")
AGENTS = ("S. Lemaire", "T. Aerts", "K. Scholl", "P. Nolan")
EXPERTS = ("Cabinet Renson", "Bureau Verhulst", "Gutachten Pankert")
WITNESSES = ("Sylvie Colson", "Rik Verbeeck", "Gisela Thelen", "Owen Hughes")
PLACES = ("Bruxelles", "Gent", "Eupen", "Nice", "Lisboa", "Innsbruck")
CARS = (("Renault", "Clio"), ("Volkswagen", "Golf"), ("Toyota", "Yaris"))
