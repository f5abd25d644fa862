"""A mail server of somebody else (aiosmtpd) for the tests, with certificates of an authority that is made for the run."""

import logging
import os
import re
import ssl
import subprocess
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# What goes wrong here is meant to.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
# It does not see that TLS comes before everything.
warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")

USER, PASSWORD = "errand", "p/w ä"


def authority(folder):
    """Makes an authority and a certificate for localhost; answers the paths (authority, certificate, key)."""
    paths = {name: os.path.join(folder, name) for name in ("ca.key", "ca.pem", "server.key", "server.csr", "server.pem", "ext")}

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=Errand test authority", "-keyout", paths["ca.key"], "-out", paths["ca.pem"])
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-keyout", paths["server.key"], "-out", paths["server.csr"])
    with open(paths["ext"], "w", encoding="ascii") as file:
        file.write("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-days", "2", "-in", paths["server.csr"], "-CA", paths["ca.pem"], "-CAkey", paths["ca.key"],
            "-CAcreateserial", "-extfile", paths["ext"], "-out", paths["server.pem"])
    return paths["ca.pem"], paths["server.pem"], paths["server.key"]


class Mailroom:
    """Keeps what arrives, and misbehaves on demand: `refuse` holds recipients, `replies` what
    they are told after DATA."""

    def __init__(self, is_encrypted=False):
        # TLS comes before there is a session that could say so.
        self.is_encrypted = is_encrypted
        self.mails = []
        self.arrived = threading.Condition()
        self.refuse = set()
        # Replies to DATA for recipients, each used once.
        self.replies = {}
        self.attempts = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.attempts.append(address)
        if address in self.refuse:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            if address in self.replies:
                return self.replies.pop(address)
        with self.arrived:
            self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content, self.is_encrypted or session.ssl is not None))
            self.arrived.notify_all()
        return "250 OK"

    def wait(self, recipient, subject, seconds=15):
        """The newest mail to somebody whose raw bytes are parsed to that subject; removes it."""
        from email import message_from_bytes, policy

        def find():
            for index, mail in enumerate(self.mails):
                message = message_from_bytes(mail[2], policy=policy.default)
                if recipient in mail[1] and re.search(subject, message["Subject"]):
                    return index, message
            return None

        with self.arrived:
            assert self.arrived.wait_for(lambda: find() is not None, seconds), f"no mail to {recipient} about {subject}"
            index, message = find()
            mail = self.mails.pop(index)
        assert mail[3], "the mail came without TLS"
        return mail, message


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login.decode() == USER and data.password.decode() == PASSWORD
    # What is not handled here is answered with 535.
    return AuthResult(success=good, handled=good)


class Server(Controller):
    """`tls`: "implicit", "starttls" or "none"."""

    def __init__(self, room, port, tls, certificate=None, key=None):
        self.context = None
        if tls != "none":
            self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.context.load_cert_chain(certificate, key)
        self.tls = tls
        super().__init__(room, hostname="localhost", port=port, ssl_context=self.context if tls == "implicit" else None)

    def factory(self):
        starttls = self.tls == "starttls"
        return SMTP(
            self.handler, hostname="localhost", tls_context=self.context if starttls else None, require_starttls=starttls,
            authenticator=authenticate, auth_required=self.tls != "none", auth_require_tls=starttls,
            enable_SMTPUTF8=True,
        )
