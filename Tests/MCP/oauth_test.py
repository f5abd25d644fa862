#!/usr/bin/env python3
"""OAuth from 401 to a successful call, by the client of PyPI mcp; the person in the browser is a script.

    scripts/with-server .build-tools/venv-agents/bin/python Tests/MCP/oauth_test.py
"""

import asyncio
import html
import http.cookiejar
import json
import re
import secrets
import sys
import urllib.error
import urllib.parse
import urllib.request

import httpx2
from mcp import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata

from client_test import BASE, LEGACY, MODERN, data, post

CALLBACK = "http://localhost:8765/callback"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Person:
    """Somebody with an account and a browser."""

    def __init__(self, decision="allow"):
        self.email, self.password = f"oauth-{secrets.token_hex(6)}@example.org", secrets.token_urlsafe(18)
        self.decision = decision
        self.session = post("/api/v1/auth/sign-up", {"email": self.email, "password": self.password, "time_zone": "UTC"})["access_token"]
        self.browser = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.pages = []

    def open(self, url, form=None):
        request = urllib.request.Request(url, urllib.parse.urlencode(form).encode() if form else None)
        if form:
            request.add_header("Origin", BASE)
        try:
            with self.browser.open(request, timeout=20) as answer:
                page = answer.read().decode()
                self.pages.append(page)
                return page, None
        except urllib.error.HTTPError as answer:
            if answer.code == 303:
                return None, answer.headers["Location"]
            raise AssertionError(f"{answer.code} {answer.read().decode()[-500:]}")

    def decide(self, url):
        page, _ = self.open(url)
        assert "Sign in to Errand" in page
        query = html.unescape(re.search(r'name="query" value="([^"]*)"', page)[1])
        _, place = self.open(BASE + "/authorize", {"query": query, "email": self.email, "password": self.password})
        page, _ = self.open(BASE + place)
        assert "use Errand?" in page and self.email in page
        note = html.unescape(re.search(r'name="request" value="([^"]*)"', page)[1])
        _, place = self.open(BASE + "/authorize", {"request": note, "decision": self.decision})
        return place


class Storage:
    def __init__(self):
        self.tokens = self.client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


async def connect(mode):
    person, storage, came_back = Person(), Storage(), []

    async def redirect(url):
        came_back.append(await asyncio.to_thread(person.decide, url))

    async def callback():
        assert came_back[0].startswith(CALLBACK + "?"), came_back
        values = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(came_back[0]).query))
        return AuthorizationCodeResult(code=values["code"], state=values["state"], iss=values["iss"])

    metadata = OAuthClientMetadata(
        redirect_uris=[CALLBACK], client_name="Test <agent>", grant_types=["authorization_code", "refresh_token"],
        response_types=["code"], token_endpoint_auth_method="none",
    )
    auth = OAuthClientProvider(BASE + "/mcp", metadata, storage, redirect, callback)
    async with httpx2.AsyncClient(auth=auth, timeout=60) as http_client:
        async with Client(streamable_http_client(BASE + "/mcp", http_client=http_client), mode=mode) as client:
            added = data(await client.call_tool("add_task", {"title": "Let in"}))
            assert added["task_id"] == 1
            assert data(await client.call_tool("list_tasks"))["count"] == 1
    assert "Test &lt;agent&gt;" in person.pages[1], "names are escaped"
    return person, storage


def refused(form):
    try:
        request = urllib.request.Request(BASE + "/token", urllib.parse.urlencode(form).encode())
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as answer:
        return json.loads(answer.read())["error"]


async def main():
    for mode in (MODERN, LEGACY):
        person, storage = await connect(mode)
        listed = urllib.request.Request(BASE + "/api/v1/me/tokens", headers={"Authorization": "Bearer " + person.session})
        with urllib.request.urlopen(listed, timeout=20) as answer:
            token = json.loads(answer.read())["items"][0]
        assert token["name"] == "Test <agent>" and token["scopes"], token
        first = {"grant_type": "refresh_token", "client_id": storage.client.client_id, "refresh_token": storage.tokens.refresh_token}
        renewed = refused(first)
        assert renewed["refresh_token"] != storage.tokens.refresh_token
        assert refused({**first, "client_id": "nobody"}) == "invalid_client"
        gone = urllib.request.Request(BASE + f"/api/v1/me/tokens/{token['id']}", method="DELETE", headers={"Authorization": "Bearer " + person.session})
        urllib.request.urlopen(gone, timeout=20).close()
        try:
            post("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, renewed["access_token"])
            raise AssertionError("a revoked program is let in")
        except urllib.error.HTTPError as answer:
            assert answer.code == 401 and "invalid_token" in answer.headers["WWW-Authenticate"]
        assert refused({**first, "refresh_token": renewed["refresh_token"]}) == "invalid_grant"
    print("OAuth: from 401 to a call, renewed and revoked, in both eras")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
