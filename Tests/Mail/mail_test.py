#!/usr/bin/env python3
"""Mails of a real server, received by a mail server that is not ours and read by Python's parser.

    .build-tools/venv/bin/python Tests/Mail/mail_test.py [path of the program]

For each form of TLS a server of ours sends to a server with a certificate of an authority that is made here. Then servers
that offer no TLS, that nobody vouches for, that stop in DATA, that refuse.
"""

import contextlib
import http.client
import json
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import PASSWORD, USER, Mailroom, Server, authority  # noqa: E402

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ".build/release/errand"
LOGIN = f"{urllib.parse.quote(USER)}:{urllib.parse.quote(PASSWORD, safe='')}"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Errand:
    """A server of ours, and the calls that a page or a person makes."""

    def __init__(self, folder, smtp_url, ca=None, sender="The Errand <errand@example.com>"):
        self.port, self.folder = free_port(), folder
        self.log = open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        environment = dict(os.environ, SMTP_URL=smtp_url, ERRAND_MAIL_FROM=sender)
        if ca:
            environment["ERRAND_SMTP_CA_FILE"] = ca
        internal = free_port()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", os.path.join(folder, "data"), "--port", str(self.port), "--internal-port", str(internal),
             "--rate-limits", "off", "--log-format", "text"], env=environment, stderr=self.log)
        for _ in range(300):
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", internal, timeout=5)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            assert self.process.poll() is None, self.text()
            time.sleep(0.1)
        raise AssertionError("the server did not start: " + self.text())

    def text(self):
        with open(self.log.name, encoding="utf-8") as file:
            return file.read()

    def raw(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers

    def call(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = "Bearer " + token
        status, text, _ = self.raw(method, "/api/v1" + path, None if body is None else json.dumps(body), headers)
        return status, json.loads(text) if text else None

    def form(self, path, **fields):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{self.port}",
                   "Sec-Fetch-Site": "same-origin"}
        return self.raw("POST", path, urllib.parse.urlencode(fields), headers)[:2]

    def sign_up(self, email, name="Ana", password="a long enough password"):
        status, made = self.call("POST", "/auth/sign-up", {"email": email, "password": password, "name": name})
        assert status == 201, made
        return made["access_token"]

    def rows(self, sql):
        with sqlite3.connect(os.path.join(self.folder, "data", "errand.sqlite")) as database:
            return database.execute(sql).fetchall()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, self.text()
        self.log.close()


@contextlib.contextmanager
def errand(*arguments, **options):
    with tempfile.TemporaryDirectory() as folder:
        one = Errand(folder, *arguments, **options)
        try:
            yield one
        except BaseException:
            print(one.text()[-4000:])
            raise
        finally:
            one.end()


def link(message):
    """The link of a mail, the same in both forms; as a path."""
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    found = re.search(r"https?://[^\s]+", text).group()
    assert f'href="{found}"' in html, html
    parts = urllib.parse.urlsplit(found)
    return parts.path + "?" + parts.query, urllib.parse.parse_qs(parts.query)["token"][0]


def structure(mail, message, recipient):
    raw = mail[2]
    assert mail[0] == "errand@example.com" and mail[1] == [recipient], mail[:2]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n")), "a line is too long"
    assert b"\n" not in raw.replace(b"\r\n", b""), "a bare line feed"
    for name in ("Date", "From", "To", "Message-ID", "Subject", "MIME-Version", "Auto-Submitted", "X-Auto-Response-Suppress"):
        assert len(message.get_all(name) or []) == 1, f"{name} is there {message.get_all(name)}"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"].addresses[0].display_name == "The Errand"
    assert message["To"].addresses[0].addr_spec == recipient
    assert abs(message["Date"].datetime.timestamp() - time.time()) < 120
    assert message.get_content_type() == "multipart/alternative" and not message.defects
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" and not part.defects for part in parts)


def story(one, room):
    """Sign-up, proof of the address, a forgotten password, another address, goodbye."""
    # The name tries to be markup and a header; the subject of a mail never holds it.
    hostile = "<b>Ana</b> =?utf-8?Q?=0ABcc:?= Ü"
    token = one.sign_up("ana@example.org", hostile)
    mail, message = room.wait("ana@example.org", "Confirm")
    structure(mail, message, "ana@example.org")
    assert not message["Bcc"]
    assert "<b>" not in message.get_body(("html",)).get_content() and hostile in message.get_body(("plain",)).get_content()
    path, verification = link(message)
    # Programs that look into mails open links: that changes nothing.
    for _ in range(2):
        status, page, headers = one.raw("GET", path)
        assert status == 200 and "<form" in page and "no-store" in headers["Cache-Control"], page
    assert one.call("GET", "/me", token=token)[1]["email_verified"] is False
    status, page = one.form("/account/verify-email", token=verification)
    assert status == 200, page
    assert one.call("GET", "/me", token=token)[1]["email_verified"] is True
    assert one.form("/account/verify-email", token=verification)[0] == 410, "a link is good once"

    # Unknown, known: the same answer, in much the same time, and mails for the known one alone.
    took = {"nobody@example.org": 1e9, "ANA@example.org": 1e9}
    for address in list(took) * 5:
        start = time.monotonic()
        assert one.call("POST", "/auth/forgot-password", {"email": address}) == (202, None)
        took[address] = min(took[address], time.monotonic() - start)
    assert max(took.values()) < min(took.values()) * 3 + 0.01, took
    mail, message = room.wait("ANA@example.org", "Set a new password")
    assert "nobody@example.org" not in room.attempts
    path, reset = link(message)
    assert not one.rows(f"SELECT 1 FROM mail_tokens WHERE CAST(hash AS TEXT) LIKE '%{reset}%'") and reset not in one.text()
    assert one.raw("GET", path)[0] == 200
    status, page = one.form("/account/reset-password", token=reset, new_password="short")
    assert status == 200 and "at least 8 characters" in page and reset in page, page
    assert one.form("/account/reset-password", token=reset, new_password="another long password")[0] == 200
    assert one.call("POST", "/auth/reset-password", {"token": reset, "new_password": "yet another password"})[0] == 410
    assert one.call("GET", "/me", token=token)[0] == 401, "sessions end"
    assert one.call("POST", "/auth/sign-in", {"email": "ana@example.org", "password": "a long enough password"})[0] == 401
    room.wait("ana@example.org", "password was changed")
    status, signed = one.call("POST", "/auth/sign-in", {"email": "ana@example.org", "password": "another long password"})
    assert status == 200
    token = signed["access_token"]

    # Another address: proved by whoever reads it, and told to whoever reads the one before.
    change = {"email": "ana@example.net", "current_password": "another long password"}
    assert one.call("PUT", "/me/email", change | {"current_password": "wrong"}, token)[0] == 422
    assert one.call("PUT", "/me/email", change, token)[0] == 202
    _, message = room.wait("ana@example.net", "Confirm")
    assert one.call("GET", "/me", token=token)[1]["email"] == "ana@example.org"
    assert one.call("POST", "/auth/verify-email", {"token": link(message)[1]})[0] == 204
    me = one.call("GET", "/me", token=token)[1]
    assert (me["email"], me["email_verified"]) == ("ana@example.net", True)
    room.wait("ana@example.org", "address was changed")

    # Reminders to an address that is not the account's: nothing but a link goes there, with nothing of hers in it, until
    # its reader says yes.
    _, channel = one.call("POST", "/notifications/channels", {"kind": "email", "address": "work@example.org"}, token)
    assert channel["status"] == "unverified", channel
    mail, message = room.wait("work@example.org", "Reminders at this address")
    structure(mail, message, "work@example.org")
    assert "Ana" not in message.get_body(("plain",)).get_content()
    path, confirmation = link(message)
    assert one.raw("GET", path)[0] == 200
    assert one.call("POST", f"/notifications/channels/{channel['id']}/test", {}, token)[0] == 409
    assert one.form("/account/verify-channel", token=confirmation)[0] == 200
    assert one.form("/account/verify-channel", token=confirmation)[0] == 410, "a link is good once"
    assert one.call("POST", f"/notifications/channels/{channel['id']}/test", {}, token)[0] == 202
    room.wait("work@example.org", "A test from Errand")

    # German, and goodbye.
    assert one.call("PATCH", "/me", {"language": "de"}, token)[0] == 200
    for index in range(3):
        assert one.call("POST", "/tasks", {"title": f"Secret plan {index}"}, token)[0] == 201
    user = me["id"]
    assert one.call("DELETE", "/me", {"current_password": "wrong"}, token)[0] == 422
    assert one.call("DELETE", "/me", {"current_password": "another long password"}, token)[0] == 204
    assert one.call("GET", "/me", token=token)[0] == 401
    mail, message = room.wait("ana@example.net", "gelöscht")
    structure(mail, message, "ana@example.net")
    time.sleep(0.5)
    assert one.rows("SELECT count(*) FROM mails")[0][0] == 0
    assert one.rows("SELECT count(*) FROM users")[0][0] == 0
    assert user not in json.dumps(one.rows("SELECT entry FROM audit_tombstones"))
    assert not re.search(r"ana@|password\b.*long|" + re.escape(reset), one.text()), "the log names people"


def hostile_servers(ca, certificate, key):
    # Nobody vouches for it.
    room, port = Mailroom(), free_port()
    server = Server(room, port, "starttls", certificate, key)
    server.start()
    with errand(f"smtp://{LOGIN}@localhost:{port}") as one:
        one.sign_up("ana@example.org")
        logged(one, "certificate")
    with errand(f"smtp://errand:wrong@localhost:{port}", ca=ca) as one:
        one.sign_up("ana@example.org")
        logged(one, "does not let us in")
    # It refuses one recipient for good, and another for now.
    room.refuse.add("nobody@example.org")
    room.replies["later@example.org"] = "451 4.3.0 Come again"
    with errand(f"smtp://{LOGIN}@localhost:{port}", ca=ca) as one:
        for address in ("nobody@example.org", "later@example.org", "ana@example.org"):
            one.sign_up(address)
        room.wait("ana@example.org", "Confirm")
        logged(one, "does not take the address")
        logged(one, "asks to come again")
        waiting = one.rows("SELECT recipient, attempts FROM mails")
        assert waiting == [("later@example.org", 1)], waiting
    server.stop()
    # It offers no TLS: not even a name is told.
    room, port = Mailroom(), free_port()
    server = Server(room, port, "none")
    server.start()
    with errand(f"smtp://{LOGIN}@localhost:{port}", ca=ca) as one:
        one.sign_up("ana@example.org")
        logged(one, "offers no TLS")
        assert not room.attempts and not room.mails
        assert one.rows("SELECT attempts FROM mails") == [(1,)]
    server.stop()
    stops(ca, certificate, key)


def stops(ca, certificate, key):
    """A server that breaks off in DATA, every time."""
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("localhost", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as wire:
                file = wire.makefile("rwb")
                file.write(b"220 ready\r\n")
                file.flush()
                for line in file:
                    verb = line[:4].upper()
                    if verb == b"DATA":
                        file.write(b"354 go on\r\n")
                        file.flush()
                        file.readline()
                        break
                    file.write(b"235 in\r\n" if verb == b"AUTH" else b"250-localhost\r\n250 AUTH PLAIN\r\n" if verb == b"EHLO" else b"250 OK\r\n")
                    file.flush()

    threading.Thread(target=serve, daemon=True).start()
    with errand(f"smtps://{LOGIN}@localhost:{listener.getsockname()[1]}", ca=ca) as one:
        one.sign_up("ana@example.org")
        logged(one, "A mail was not sent")
        assert one.rows("SELECT attempts FROM mails") == [(1,)]
        # Others are served meanwhile.
        assert one.call("POST", "/auth/forgot-password", {"email": secrets.token_hex(4) + "@example.org"})[0] == 202
    listener.close()


def logged(one, words, seconds=20):
    for _ in range(seconds * 10):
        if words in one.text():
            return
        time.sleep(0.1)
    raise AssertionError(f"the log does not say {words!r}")


def main():
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ca, certificate, key = authority(folder)
        for scheme, tls in (("smtps", "implicit"), ("smtp", "starttls")):
            room, port = Mailroom(tls == "implicit"), free_port()
            server = Server(room, port, tls, certificate, key)
            server.start()
            with errand(f"{scheme}://{LOGIN}@localhost:{port}", ca=ca) as one:
                story(one, room)
            server.stop()
            print(f"{scheme}: mails arrive, links work, the account goes")
        hostile_servers(ca, certificate, key)
        print("servers that misbehave are told apart")
    print(f"{time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
