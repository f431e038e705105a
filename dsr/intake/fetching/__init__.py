"""Fetches mails from where a server left them: IMAP accounts and Maildirs."""
