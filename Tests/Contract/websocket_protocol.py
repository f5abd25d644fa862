#!/usr/bin/env python3
"""Protocol test of the WebSocket endpoint: every rule of RFC 6455 sections 4, 5 and 7 that a client can break.

    ERRAND_BASE_URL=http://localhost:8080 .venv/bin/python Tests/Contract/websocket_protocol.py

Signs up an account, opens raw TCP connections to GET /api/v1/live, sends hand-made bytes and checks the close code that
comes back; then uses the endpoint with the `websockets` package. Prints a line per case; exits with 1 on any failure.
"""

import base64
import hashlib
import json
import os
import secrets
import socket
import struct
import sys
import time
import traceback
import urllib.parse
import urllib.request

import websockets
from websockets.sync.client import connect

BASE = urllib.parse.urlsplit(os.environ.get("ERRAND_BASE_URL", "http://localhost:8080"))
PATH = "/api/v1/live"
TIMEOUT = 10
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
RESUME = b'{"type":"resume","cursor":0}'


def sign_up():
    body = {
        "email": f"websocket-{secrets.token_hex(6)}@example.org",
        "password": secrets.token_urlsafe(18),
        "name": "WebSocket",
        "time_zone": "Europe/Paris",
    }
    request = urllib.request.Request(
        BASE.geturl().rstrip("/") + "/api/v1/auth/sign-up",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        return json.load(response)["access_token"]


# Wire


def frame(opcode, payload=b"", fin=True, rsv=0, masked=True, length_form=None, length=None):
    """A client's frame. `length_form` forces the 2- or 8-byte length field, `length` makes it lie."""
    length = len(payload) if length is None else length
    if length_form is None:
        length_form = 0 if length <= 125 else 2 if length <= 0xFFFF else 8
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    mask_bit = 0x80 if masked else 0
    head = {
        0: lambda: struct.pack("!BB", first, mask_bit | length),
        2: lambda: struct.pack("!BBH", first, mask_bit | 126, length),
        8: lambda: struct.pack("!BBQ", first, mask_bit | 127, length),
    }[length_form]()
    if not masked:
        return head + payload
    key = secrets.token_bytes(4)
    return head + key + bytes(byte ^ key[index & 3] for index, byte in enumerate(payload))


def close_frame(code, reason=b""):
    return frame(CLOSE, struct.pack("!H", code) + reason)


class Ended(Exception):
    """The server closed the TCP connection."""


class Peer:
    """A raw connection."""

    def __init__(self):
        self.socket = socket.create_connection((BASE.hostname, BASE.port or 80), TIMEOUT)
        self.received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def exactly(self, count):
        while len(self.received) < count:
            self.more()
        data, self.received = self.received[:count], self.received[count:]
        return data

    def until(self, mark):
        while mark not in self.received:
            self.more()
        return self.exactly(self.received.index(mark) + len(mark))

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            raise Ended
        self.received += data

    def request(self, fields, method="GET", path=PATH, version="1.1"):
        lines = [f"{method} {path} HTTP/{version}", f"Host: {BASE.netloc}"]
        lines += [f"{name}: {value}" for name, value in fields.items() if value is not None]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode())

    def response(self):
        """Status and fields; the body, if its length is known, is read and dropped."""
        head = self.until(b"\r\n\r\n").decode().split("\r\n")
        fields = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(":")
            fields[name.lower()] = ", ".join(filter(None, [fields.get(name.lower()), value.strip()]))
        status = int(head[0].split()[1])
        if status != 101:
            self.exactly(int(fields.get("content-length", 0)))
        return status, fields

    def read_frame(self):
        """(opcode, final, payload) of a server's frame, which must follow the rules itself."""
        first, second = self.exactly(2)
        assert first & 0x70 == 0, "reserved bits set by the server"
        assert second & 0x80 == 0, "a server's frame is not masked"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self.exactly(2))
            assert length > 125, "length not in its shortest form"
        elif length == 127:
            (length,) = struct.unpack("!Q", self.exactly(8))
            assert length > 0xFFFF, "length not in its shortest form"
        opcode = first & 0x0F
        assert opcode in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG), f"opcode {opcode}"
        return opcode, bool(first & 0x80), self.exactly(length)

    def expect(self, opcode):
        """The payload of the next frame of this kind; messages and pings of the server's own are passed over."""
        while True:
            kind, _, payload = self.read_frame()
            if kind == opcode:
                return payload
            assert kind in (TEXT, CONTINUATION, PING), f"frame {kind:#x} instead of {opcode:#x}: {payload!r}"

    def expect_end(self, within=5):
        started = time.monotonic()
        self.socket.settimeout(within)
        try:
            while True:
                self.read_frame()
        except Ended:
            pass
        assert time.monotonic() - started < within, "the server did not close the TCP connection"

    def expect_alive(self):
        mark = secrets.token_bytes(8)
        self.send(frame(PING, mark))
        assert self.expect(PONG) == mark, "the pong carries another payload"


def handshake(**changes):
    fields = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(),
        "Authorization": f"Bearer {TOKEN}",
    }
    fields.update({name.replace("_", "-"): value for name, value in changes.items()})
    return fields


def opened(peer, fields=None):
    """Does the opening handshake on `peer` and reads the first message."""
    fields = fields or handshake()
    peer.request(fields)
    status, answer = peer.response()
    assert status == 101, f"status {status}"
    proof = hashlib.sha1((fields["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    assert answer["sec-websocket-accept"] == base64.b64encode(proof).decode(), "wrong Sec-WebSocket-Accept"
    assert answer["upgrade"].lower() == "websocket" and answer["connection"].lower() == "upgrade"
    assert "sec-websocket-extensions" not in answer and "sec-websocket-protocol" not in answer
    opcode, final, payload = peer.read_frame()
    hello = json.loads(payload)
    assert opcode == TEXT and final and hello["type"] == "hello" and isinstance(hello["cursor"], int), hello
    return peer


# Failures: name, bytes, close code (None: an empty close frame)

CAFE = "café".encode()
FAILURES = [
    *((f"reserved bit RSV{3 - rsv.bit_length() + 1} set", frame(TEXT, RESUME, rsv=rsv), 1002) for rsv in (4, 2, 1)),
    ("reserved bit on a control frame", frame(PING, rsv=4), 1002),
    *((f"reserved opcode {opcode:#x}", frame(opcode), 1002) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    ("reserved opcode as a fragment", frame(3, fin=False), 1002),
    ("frame not masked", frame(TEXT, RESUME, masked=False), 1002),
    ("ping not masked", frame(PING, masked=False), 1002),
    ("close not masked", frame(CLOSE, struct.pack("!H", 1000), masked=False), 1002),
    ("ping of 126 bytes", frame(PING, b"x" * 126), 1002),
    ("pong of 126 bytes", frame(PONG, b"x" * 126), 1002),
    ("close of 126 bytes", close_frame(1000, b"x" * 124), 1002),
    ("ping with an 8-byte length", frame(PING, b"x" * 70000), 1002),
    ("fragmented ping", frame(PING, b"x", fin=False), 1002),
    ("fragmented pong", frame(PONG, b"x", fin=False), 1002),
    ("fragmented close", frame(CLOSE, b"", fin=False), 1002),
    ("continuation of nothing", frame(CONTINUATION, RESUME), 1002),
    ("continuation of nothing, not final", frame(CONTINUATION, RESUME, fin=False), 1002),
    ("continuation after a whole message", frame(TEXT, RESUME) + frame(CONTINUATION, b"x"), 1002),
    ("text inside a fragmented message", frame(TEXT, b"{", fin=False) + frame(TEXT, RESUME), 1002),
    ("binary inside a fragmented message", frame(TEXT, b"{", fin=False) + frame(BINARY, RESUME), 1002),
    ("text that is not UTF-8", frame(TEXT, b"\xff\xfe"), 1007),
    ("text with an overlong form", frame(TEXT, b"\xc0\xaf"), 1007),
    ("text with a surrogate", frame(TEXT, b"\xed\xa0\x80"), 1007),
    ("text above U+10FFFF", frame(TEXT, b"\xf4\x90\x80\x80"), 1007),
    ("text that ends inside a character", frame(TEXT, CAFE[:-1]), 1007),
    ("bad UTF-8 across fragments", frame(TEXT, CAFE[:-1], fin=False) + frame(CONTINUATION, b"x"), 1007),
    ("close payload of one byte", frame(CLOSE, b"\x03"), 1002),
    *(
        (f"close code {code}", close_frame(code), 1002)
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    ),
    ("close reason that is not UTF-8", close_frame(1000, b"\xff"), 1007),
    ("frame too big", frame(TEXT, b"x" * 1_000_000), 1009),
    ("frame of 2^62 bytes announced", frame(TEXT, length_form=8, length=2**62), 1009),
    (
        "message too big in fragments",
        frame(TEXT, b"x" * 40_000, fin=False) + frame(CONTINUATION, b"x" * 40_000),
        1009,
    ),
    ("binary message", frame(BINARY, b"\x00\x01"), 1003),
    ("too many fragments", frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 5_000, 1008),
    ("length with its top bit set", frame(TEXT, length_form=8, length=2**63), 1002),
    ("2-byte length for 125 bytes", frame(TEXT, b"x" * 125, length_form=2), 1002),
    ("8-byte length for 126 bytes", frame(TEXT, b"x" * 126, length_form=8), 1002),
    ("8-byte length for 65535 bytes", frame(TEXT, b"x" * 65535, length_form=8), 1002),
    ("HTTP instead of frames", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 1002),
]

# Closes that are right, and their echo

ECHOES = [
    ("close without a code", frame(CLOSE), None),
    *(
        (f"close code {code}", close_frame(code), code)
        for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999)
    ),
    ("close with a reason of 123 bytes", close_frame(1000, b"x" * 123), 1000),
    ("close with a reason in UTF-8", close_frame(1000, CAFE), 1000),
    ("close inside a fragmented message", frame(TEXT, b"{", fin=False) + close_frame(1000), 1000),
    ("data after close", close_frame(1000) + frame(TEXT, RESUME) + frame(3) + b"\xff" * 200_000, 1000),
]


def expect_close(peer, data, code):
    try:
        peer.send(data)
    except OSError:
        pass  # The server may have had enough before it has read all.
    payload = peer.expect(CLOSE)
    if code is None:
        assert payload == b"", payload
    else:
        assert payload[:2] == struct.pack("!H", code), f"{payload!r} instead of {code}"
        payload[2:].decode()
    peer.expect_end()
    return "empty close" if code is None else code


# Good behaviour of the peer


def ping_of_125_bytes(peer):
    peer.send(frame(PING, b"x" * 125))
    assert peer.expect(PONG) == b"x" * 125


def empty_ping(peer):
    peer.send(frame(PING))
    assert peer.expect(PONG) == b""


def ten_pings_in_one_packet(peer):
    peer.send(b"".join(frame(PING, bytes([number])) for number in range(10)))
    assert [peer.expect(PONG) for _ in range(10)] == [bytes([number]) for number in range(10)]


def unsolicited_pong(peer):
    peer.send(frame(PONG, b"nobody asked") + frame(PONG))


def fragmented_text(peer):
    peer.send(frame(TEXT, RESUME[:5], fin=False) + frame(CONTINUATION, RESUME[5:9], fin=False))
    peer.send(frame(CONTINUATION, RESUME[9:]))


def empty_fragments(peer):
    peer.send(frame(TEXT, fin=False) + frame(CONTINUATION, RESUME, fin=False) + frame(CONTINUATION))


def ping_between_fragments(peer):
    peer.send(frame(TEXT, RESUME[:9], fin=False) + frame(PING, b"between"))
    assert peer.expect(PONG) == b"between"
    peer.send(frame(CONTINUATION, RESUME[9:]))


def text_byte_by_byte(peer):
    peer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in frame(TEXT, RESUME):
        peer.send(bytes([byte]))
        time.sleep(0.001)


def character_across_fragments(peer):
    text = json.dumps({"type": "resume", "cursor": 0, "note": "é"}, ensure_ascii=False).encode()
    split = text.index(b"\xc3") + 1
    peer.send(frame(TEXT, text[:split], fin=False) + frame(CONTINUATION, text[split:]))


def two_byte_length(peer):
    peer.send(frame(TEXT, RESUME + b" " * 200))


GOOD = [
    empty_ping, ping_of_125_bytes, ten_pings_in_one_packet, unsolicited_pong, fragmented_text, empty_fragments,
    ping_between_fragments, text_byte_by_byte, character_across_fragments, two_byte_length,
]  # fmt: skip


# Opening handshake


def refused(fields, statuses, **request):
    with Peer() as peer:
        peer.request(fields, **request)
        status, answer = peer.response()
        assert status in statuses, f"status {status}"
        assert "close" in answer.get("connection", ""), "the answer does not say that the connection ends"
        peer.socket.settimeout(5)
        assert peer.socket.recv(1) == b"", "the connection stays open"
        return status, answer


def refusals():
    ordinary = range(400, 500)
    yield "wrong credentials", lambda: refused(handshake(Authorization="Bearer nonsense"), [401])[0]
    yield "another path", lambda: refused(handshake(), [404], path="/api/v1/nowhere")[0]
    yield "key missing", lambda: refused(handshake(Sec_WebSocket_Key=None), ordinary)[0]
    yield "key of 15 bytes", lambda: refused(handshake(Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAA"), ordinary)[0]
    yield "key not base64", lambda: refused(handshake(Sec_WebSocket_Key="!" * 24), ordinary)[0]
    yield "Connection without Upgrade", lambda: refused(handshake(Connection="close"), ordinary)[0]
    yield "HTTP/1.0", lambda: refused(handshake(), ordinary, version="1.0")[0]
    yield "POST", lambda: refused(handshake(Content_Length="0"), ordinary, method="POST")[0]
    yield "another protocol", lambda: refused(handshake(Upgrade="h2c"), ordinary)[0]

    def version(number):
        status, answer = refused(handshake(Sec_WebSocket_Version=number), [426])
        assert answer["sec-websocket-version"] == "13"
        return status

    yield "version 8", lambda: version("8")
    yield "version missing", lambda: version(None)


def accepted_handshakes():
    def names_in_any_case():
        with Peer() as peer:
            opened(peer, handshake(Upgrade="WebSocket", Connection="keep-alive, upgrade")).expect_alive()

    def offers_ignored():
        fields = handshake(Sec_WebSocket_Extensions="permessage-deflate", Sec_WebSocket_Protocol="chat, superchat")
        with Peer() as peer:
            opened(peer, fields).expect_alive()

    def second_request():
        with Peer() as peer:
            peer.request({"Authorization": f"Bearer {TOKEN}"}, path="/api/v1/nowhere")
            assert peer.response()[0] == 404
            opened(peer).expect_alive()

    yield "names in any case", names_in_any_case
    yield "extensions and subprotocols ignored", offers_ignored
    yield "on a connection used before", second_request


# A real client


def real_client():
    with connect(
        f"ws://{BASE.netloc}{PATH}", additional_headers={"Authorization": f"Bearer {TOKEN}"}, open_timeout=TIMEOUT
    ) as client:
        assert json.loads(client.recv(TIMEOUT))["type"] == "hello"
        assert client.ping().wait(TIMEOUT), "no pong"
        client.send(RESUME.decode())
        client.send([RESUME[:7].decode(), RESUME[7:].decode()])
        assert client.ping().wait(TIMEOUT), "no pong"
        client.close(1000)
    assert (client.close_code, client.protocol.close_rcvd.code) == (1000, 1000), client.close_code
    return f"websockets {websockets.__version__}"


def vanishing_peers():
    """Peers that send more than the server takes at once, break a rule at the end and are gone."""
    for _ in range(20):
        with Peer() as peer:
            opened(peer)
            peer.send(frame(TEXT, RESUME) * 200 + frame(3))
    with Peer() as peer:
        opened(peer).expect_alive()


def cases():
    def closing(data, code):
        def run():
            with Peer() as peer:
                return expect_close(opened(peer), data, code)

        return run

    def good(action):
        def run():
            with Peer() as peer:
                action(opened(peer))
                peer.expect_alive()
                return expect_close(peer, close_frame(1000), 1000)

        return run

    yield from refusals()
    yield from accepted_handshakes()
    for name, data, code in FAILURES:
        yield name, closing(data, code)
    for name, data, code in ECHOES:
        yield "echo: " + name, closing(data, code)
    for action in GOOD:
        yield "good: " + action.__name__.replace("_", " "), good(action)
    yield "peers that vanish", vanishing_peers
    yield "real client", real_client


def main():
    failures = count = 0
    for name, run in cases():
        count += 1
        try:
            result = run()
            print(f"ok    {name}" + ("" if result is None else f" -> {result}"), flush=True)
        except Exception as error:
            failures += 1
            print(f"FAIL  {name}: {type(error).__name__} {error}", flush=True)
            if os.environ.get("TRACE"):
                traceback.print_exc()
    print(f"{count - failures} of {count} cases passed")
    return 1 if failures else 0


TOKEN = sign_up()

if __name__ == "__main__":
    sys.exit(main())
