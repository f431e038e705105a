"""Reports of mail servers on a mail of ours, as the common ones write them."""

DSN = """\
From: Mail Delivery System <MAILER-DAEMON@mx.company.example>
To: dpo.bnl@company.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <report1@mx.company.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.company.example

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {code}
Diagnostic-Code: smtp; 550 {code} no such user

--b
Content-Type: {kind}

From: dpo.bnl@company.example
To: {to}
Message-ID: {id}
Subject: We received your request

Text
--b--
"""
EXCHANGE = DSN.replace("MAILER-DAEMON@mx", "postmaster@outlook").replace(
    "Content-Type: text/plain\n", "Content-Type: text/plain\nX-Other: 1\n"
)
QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@home.example
To: dpo.bnl@company.example
Subject: failure notice

Hi. This is the qmail-send program at home.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{to}>:
Sorry, no mailbox here by that name. (#{code})
550 {code} unknown

--- Below this line is a copy of the message.

Return-Path: <dpo.bnl@company.example>
Message-ID: {id}
"""
EXIM = """\
Return-path: <>
From: Mail Delivery System <Mailer-Daemon@home.example>
To: dpo.bnl@company.example
Auto-Submitted: auto-replied
X-Failed-Recipients: {to}
Subject: Mail delivery failed: returning message to sender
Message-ID: <E1@home.example>

This message was created automatically by mail delivery software.

  {to}
    SMTP error from remote mail server after RCPT TO: 550-{code} unknown
"""
SAYS_NOTHING = """\
Return-path: <>
From: Postmaster <postmaster@home.example>
To: dpo.bnl@company.example
Subject: {subject}

<{to}>
"""
ABSENT = """\
Return-Path: <>
From: Jeanne Peeters <{to}>
To: dpo.bnl@company.example
Subject: {subject}
Auto-Submitted: auto-replied
In-Reply-To: {id}

{text}
"""
