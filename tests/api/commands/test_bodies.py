"""What POST /v1/commands takes: lines, bounds, and what is no command."""

from __future__ import annotations

import socket

import httpx
import pytest

from api.commands.request import MOST_BYTES, MOST_LINE_BYTES
from scripts.scenarios.office import Office
from tests.api.commands.json_lines import encoded
from tests.api.commands.served_office import (
    COMMANDS,
    HELD,
    JSON_LINES,
    answers,
    office,
    promise,
    web,
)
from tests.api.conftest import code_of

__all__ = ["office", "web"]


def test_lines_are_answered_one_by_one_in_their_order(web: httpx.Client, office: Office) -> None:
    sent = [
        encoded(promise(), "line-1"),
        b"{",
        b"",
        encoded(promise(HELD * 2), "line-3"),
        encoded(promise(), "line-4").ljust(MOST_LINE_BYTES + 1),
        b"   ",
        encoded(promise(), "line-5") + b"\r",
        encoded(promise()),
        encoded(promise(), "line-1"),
        encoded(promise(), "line-6"),
    ]
    head = office.positions()
    found = answers(web.post(COMMANDS, content=b"\n".join(sent), headers=JSON_LINES))
    assert [answer.get("key") or answer["code"] for answer in found] == [
        "line-1",
        "malformed",
        "insufficient-fund",
        "too-large",
        "line-5",
        "key-missing",
        "line-1",
        "line-6",
    ]
    assert [answer.get("replayed") for answer in found if "key" in answer] == [
        False,
        False,
        True,
        False,
    ]
    assert len(office.positions()) == len(head) + 3
    for answer in found:
        if "key" in answer:
            assert web.get(f"/v1/receipts/{answer['key']}").json()["positions"]


def test_lines_have_no_bound_together(web: httpx.Client) -> None:
    line = encoded(promise(HELD * 2), "much").ljust(MOST_LINE_BYTES - 1) + b"\n"
    number = MOST_BYTES // len(line) + 2
    found = answers(web.post(COMMANDS, content=line * number, headers=JSON_LINES))
    assert [answer["code"] for answer in found] == ["insufficient-fund"] * number


def test_lines_are_answered_while_more_are_to_come(web: httpx.Client) -> None:
    """Whoever sends a day's commands sees each answer when it is there."""
    host, port = web.base_url.host, web.base_url.port
    head = (
        f"POST {COMMANDS} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-ndjson\r\n"
        f"Authorization: {web.headers['Authorization']}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection((host, port or 80), timeout=10) as connection:
        connection.sendall(head.encode())
        heard = b""
        for number in (1, 2, 3):
            line = encoded(promise(), f"stream-{number}") + b"\n"
            connection.sendall(b"%x\r\n%s\r\n" % (len(line), line))
            while f'"stream-{number}"'.encode() not in heard:
                part = connection.recv(65536)
                assert part, heard
                heard += part
        connection.sendall(b"0\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 200")


def test_a_body_has_a_bound_and_a_form(web: httpx.Client) -> None:
    large = encoded(promise(), "large").ljust(MOST_BYTES + 1)
    as_json = {"Content-Type": "application/json"}
    assert code_of(web.post(COMMANDS, content=large, headers=as_json)) == (413, "too-large")
    chunked = (large[start : start + 2**20] for start in range(0, len(large), 2**20))
    assert code_of(web.post(COMMANDS, content=chunked, headers=as_json)) == (413, "too-large")
    whole = web.post(COMMANDS, content=large[:MOST_BYTES], headers=as_json)
    assert whole.status_code == 201
    for form in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "json"):
        response = web.post(COMMANDS, content=b"{}", headers={"Content-Type": form})
        assert code_of(response) == (415, "media-type")
    charset = {"Content-Type": "application/json; charset=utf-8"}
    response = web.post(COMMANDS, content=encoded(promise(), "charset"), headers=charset)
    assert response.status_code == 201


@pytest.mark.parametrize(
    "body", [b"", b"null", b"1", b"[1]", b"\xff", b"NaN", b"[" * 10_000, b'{"a":1,"a":1}']
)
def test_a_body_that_is_no_command_is_malformed(web: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    assert code_of(web.post(COMMANDS, content=body, headers=headers)) == (422, "malformed")
