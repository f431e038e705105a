"""A real Dovecot with mailboxes of its own, on ports that nobody else has.

It runs in a temporary folder, as root or as anyone. Logins are invented: every user
has the password `secret`, or a token where a test serves the introspection.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from config.run.household import listens, wait_for
from config.run.process import Process
from tests.servers.live import free_port

PASSWORD = "secret"  # noqa: S105  # of invented people
UNPRIVILEGED = "nobody"  # Dovecot serves no mail of root
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login{mechanisms}
{tokens}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""


class Dovecot:
    """A server; a mailbox is there as soon as somebody logs in to it."""

    def __init__(self, *, introspection: str = "") -> None:
        """Choose a folder and ports; `introspection` is where tokens are asked for."""
        self.folder = Path(tempfile.mkdtemp(prefix="rightsdesk-imap-"))
        self.port, self.tls_port = free_port(), free_port()
        self.introspection = introspection
        own = pwd.getpwuid(os.geteuid()).pw_name
        self.user = UNPRIVILEGED if os.geteuid() == 0 else own
        config = self.folder / "dovecot.conf"
        binary = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        command = [binary or "dovecot", "-F", "-c", str(config)]
        self.process = Process(
            "dovecot", command, self.folder / "out.log", polite=signal.SIGTERM
        )

    @property
    def certificate(self) -> Path:
        """Return the file of its self-made certificate, for 127.0.0.1 alone."""
        return self.folder / "cert.pem"

    def start(self) -> None:
        """Serve; return when it answers."""
        self._write_config()
        _make_certificate(self.folder)
        self.process.start()
        here = ("127.0.0.1", self.port)
        wait_for(self.process, lambda: listens(here), within=30)

    def _write_config(self) -> None:
        person = pwd.getpwnam(self.user)
        for name in ("mail", "home"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, person.pw_uid, person.pw_gid)
        self.folder.chmod(0o755)
        given = {"folder": self.folder, "user": self.user, "password": PASSWORD}
        group = subprocess.run(
            ["id", "-gn", self.user], check=True, capture_output=True, text=True
        ).stdout.strip()
        config = CONFIG.format(
            **given,
            group=group,
            port=self.port,
            tls_port=self.tls_port,
            mechanisms=" xoauth2" if self.introspection else "",
            tokens=TOKENS.format(folder=self.folder) if self.introspection else "",
        )
        (self.folder / "dovecot.conf").write_text(config, encoding="ascii")
        (self.folder / "oauth2.conf").write_text(
            f"introspection_mode = get\nintrospection_url = {self.introspection}\n"
            "username_attribute = username\nactive_attribute = active\n"
            "active_value = true\n",
            encoding="ascii",
        )

    def url(self, user: str, folder: str = "INBOX", **options: str) -> str:
        """Return the address of a mailbox over a plain connection."""
        told = "&".join(f"{name}={value}" for name, value in options.items())
        return f"imap://{user}:{PASSWORD}@127.0.0.1:{self.port}/{folder}?{told}"

    @contextmanager
    def box(self, user: str) -> Iterator[MailBoxUnencrypted]:
        """Log in as a person's own mail program does."""
        box = MailBoxUnencrypted("127.0.0.1", self.port)
        with box.login(user, PASSWORD):
            yield box

    def stop(self) -> None:
        """Stop and leave nothing."""
        self.process.stop(within=5)
        shutil.rmtree(self.folder, ignore_errors=True)


def _make_certificate(folder: Path) -> None:
    """Make a key and a certificate that no authority has signed."""
    command = ["openssl", "req", "-x509", "-newkey", "ec"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
