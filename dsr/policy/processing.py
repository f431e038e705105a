"""May a person's data be used for a purpose? What forbids it, with its place in law.

A person is known by keyed digests of what identifies them; the answer names nobody.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection

from dsr.vocabulary import LockKind, RestrictionGround

# In SQL, because another program waits for the answer before each use: the ORM takes
# several times as long to write these four questions as the database to answer them.
# Whoever restricts or objects has proven who they are, or a stranger could lock the
# data of others; against advertising nobody has to. GDPR Arts. 18, 21(1), 21(3), 7(3).
LOCKS = """
    SELECT 'restriction', measure.id, measure.ground
    FROM subjects_identifier known
    JOIN dsr_case filed ON filed.subject_id = known.subject_id
    JOIN dsr_ticket ticket ON ticket.case_id = filed.id
    JOIN dsr_restrictionmeasure measure ON measure.ticket_id = ticket.id
    WHERE known.digest = %(digest)s AND known.verified_at IS NOT NULL
        AND measure.lifted_at IS NULL
    UNION ALL
    SELECT 'objection', objected.id, ''
    FROM subjects_identifier known
    JOIN dsr_case filed ON filed.subject_id = known.subject_id
    JOIN dsr_ticket ticket ON ticket.case_id = filed.id
    JOIN dsr_objectedpurpose objected ON objected.ticket_id = ticket.id
    WHERE known.digest = %(digest)s AND known.verified_at IS NOT NULL
        AND ticket.outcome IN ('granted', 'partial')
        AND objected.purpose = %(purpose)s
        AND objected.objectionable AND objected.result <> 'continue'
    UNION ALL
    SELECT 'opt_out', entry.id, ''
    FROM subjects_suppressionentry entry
    WHERE entry.digest = %(digest)s AND entry.scope = %(purpose)s
    UNION ALL
    SELECT 'withdrawn', consent.id,
        CASE WHEN consent.revoked_at IS NULL THEN 'given' ELSE '' END
    FROM subjects_identifier known
    JOIN subjects_consent consent ON consent.subject_id = known.subject_id
    WHERE known.digest = %(digest)s AND consent.purpose = %(purpose)s
"""
ARTICLES = {
    LockKind.OBJECTION: "21(1)",
    LockKind.OPT_OUT: "21(3)",
    LockKind.WITHDRAWN: "7(3)",
}


@dataclass(frozen=True, slots=True)
class Lock:
    """What forbids a use: its kind, the number of its row, and the article."""

    kind: LockKind
    number: int
    article: str


def locks_on(digests: Collection[str], purpose: str) -> list[Lock]:
    """Return everything that forbids to use one person's data for a purpose.

    A withdrawn consent forbids nothing more once one was given anew.
    """
    found = dict.fromkeys(_rows(digests, purpose))
    given = any(kind == LockKind.WITHDRAWN and said for kind, _number, said in found)
    return [
        Lock(kind, number, ARTICLES.get(kind) or RestrictionGround(said).article)
        for kind, number, said in found
        if not (given and kind == LockKind.WITHDRAWN)
    ]


def _rows(
    digests: Collection[str], purpose: str
) -> Iterator[tuple[LockKind, int, str]]:
    with connection.cursor() as cursor:
        for digest in digests:
            cursor.execute(LOCKS, {"digest": digest, "purpose": purpose})
            for kind, number, said in cursor.fetchall():
                yield LockKind(kind), number, said
