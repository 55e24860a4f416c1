"""One call: to the address that was checked, by TLS, bounded, and never redirected."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from infra.config.egress_policy import Outside, networks
from infra.webhooks.http_client import Caller, CallResult, LookUp
from scripts.scenarios.webhook_receivers import LOOPBACK, Receiver, Reply, receiving
from tests.infra.webhooks.authority import Trust, an_authority

NAME = "receiver.example.org"


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return an_authority(tmp_path_factory.mktemp("trust"), NAME, "localhost")


@pytest.fixture(scope="module")
def receiver(trust: Trust) -> Iterator[Receiver]:
    with receiving(trust.server) as server:
        yield server


def called(
    url: str,
    *,
    allow: str = LOOPBACK,
    look_up: LookUp | None = None,
    seconds: float = 20,
) -> CallResult:
    caller = Caller(Outside(networks(allow)), seconds=seconds, look_up=look_up)
    return asyncio.run(caller.post(url, {"Content-Type": "application/json"}, b"{}"))


def answering(*answers: list[str]) -> tuple[LookUp, list[str]]:
    """Return a name server that gives one answer after another, and the names it was asked."""
    asked: list[str] = []

    async def look_up(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return look_up, asked


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch, trust: Trust) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(trust.authority))


@pytest.mark.usefixtures("trusting")
def test_the_name_stands_in_tls_and_in_the_host_header_the_connection_goes_to_the_address(
    receiver: Receiver,
) -> None:
    look_up, asked = answering(["127.0.0.1"], ["10.0.0.1"])
    answer = called(receiver.url("/name", NAME), look_up=look_up)
    assert answer == CallResult(204, "HTTP 204")
    (call,) = receiver.calls["/name"]
    assert call.headers["Host"] == f"{NAME}:{receiver.server_port}"
    assert asked == [NAME]


@pytest.mark.usefixtures("trusting")
def test_a_name_that_leads_elsewhere_after_the_check_is_not_asked_again() -> None:
    """The second answer would lead to a server that is there, and is allowed to nobody."""
    with receiving(host="127.0.0.2") as secret:
        look_up, asked = answering(["127.0.0.1"], ["127.0.0.2"])
        url = secret.url("/secret", NAME)
        first = called(url, allow="127.0.0.1/32", look_up=look_up)
        assert first.status is None
        second = called(url, allow="127.0.0.1/32", look_up=look_up)
        assert second == CallResult(None, "not called: 127.0.0.2 lies inside")
        assert asked == [NAME, NAME]
        assert not secret.calls


def test_a_name_with_one_address_inside_is_not_called_at_all() -> None:
    look_up, _ = answering(["8.8.8.8", "127.0.0.1"])
    assert "127.0.0.1 lies inside" in called(f"https://{NAME}/", allow="", look_up=look_up).said


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%1", "fd00::1"],
)
def test_a_name_that_leads_inside_is_not_called(address: str) -> None:
    look_up, _ = answering([address])
    assert "lies inside" in called(f"https://{NAME}/", allow="", look_up=look_up).said


def test_the_systems_own_resolver_is_asked_and_what_it_says_is_checked(receiver: Receiver) -> None:
    for url in (receiver.url("/own", "localhost"), f"https://{socket.gethostname()}/"):
        answer = called(url, allow="192.0.2.0/24")
        assert answer.said.startswith("not called: ")
    assert not receiver.calls["/own"]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"])
def test_an_inside_address_in_another_form_is_not_called(receiver: Receiver, host: str) -> None:
    assert called(receiver.url("/form", host), allow="10.0.0.0/8").said.startswith("not called: ")
    assert not receiver.calls["/form"]


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(receiver: Receiver) -> None:
    assert "certificate" in called(receiver.url("/strange")).said
    assert not receiver.calls["/strange"]


@pytest.mark.usefixtures("trusting")
def test_a_certificate_of_another_name_is_not_trusted(receiver: Receiver) -> None:
    look_up, _ = answering(["127.0.0.1"])
    answer = called(receiver.url("/other", "other.example.org"), look_up=look_up)
    assert "certificate" in answer.said
    assert not receiver.calls["/other"]


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Receiver, status: int) -> None:
    path = f"/moved/{status}"
    receiver.reply(path, Reply(status, {"Location": receiver.url("/target")}))
    answer = called(receiver.url(path))
    assert (answer.status, answer.good) == (status, False)
    assert not receiver.calls["/target"]
    assert not receiver.calls["GET /target"]


@pytest.mark.usefixtures("trusting")
def test_a_proxy_of_the_environment_is_not_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        assert called(receiver.url("/straight")).good
        assert not proxy.calls


@pytest.mark.usefixtures("trusting")
def test_the_next_address_is_tried_if_one_does_not_answer(receiver: Receiver) -> None:
    look_up, _ = answering(["::1", "127.0.0.1"])
    assert called(receiver.url("/second", NAME), look_up=look_up).good


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7), ("99999", 3600), ("", 0), ("-1", 0), ("soon", 0), ("9" * 40, 0), ("1.5", 0)],
)
def test_a_receiver_may_ask_to_wait_but_not_for_ever(header: str, wait: float) -> None:
    with receiving() as server:
        server.reply("/", Reply(503, {"Retry-After": header}))
        assert called(server.url()) == CallResult(503, "HTTP 503", wait)


def hostile(answer: Callable[[socket.socket], None]) -> tuple[str, threading.Thread]:
    """Listen for one connection and treat it so; return the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, listening.accept()[0] as connection:
            connection.recv(65536)
            try:
                answer(connection)
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/", thread


def test_an_answer_that_never_ends_is_not_read_to_its_end() -> None:
    sent = 0

    def endless(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
        while True:
            sent += connection.send(b"x" * 65536)

    url, thread = hostile(endless)
    assert called(url).good
    thread.join()
    assert sent < 64 * 2**20


def test_a_head_that_never_ends_is_cut_off() -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")

    url, thread = hostile(endless)
    assert called(url).status is None
    thread.join()


def test_who_never_answers_is_given_up() -> None:
    held = threading.Event()

    def silent(_connection: socket.socket) -> None:
        held.wait(60)

    url, thread = hostile(silent)
    answer = called(url, seconds=0.2)
    held.set()
    thread.join()
    assert answer == CallResult(None, "no answer within 0.2 s")


def test_a_name_server_that_never_answers_is_given_up() -> None:
    async def look_up(_host: str, _port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    answer = called(f"https://{NAME}/", allow="", look_up=look_up, seconds=0.2)
    assert answer == CallResult(None, "no answer within 0.2 s")


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\xff" * 100, b"HTTP/9.9 what\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n"]
)
def test_what_is_no_http_is_a_failed_call(answer: bytes) -> None:
    url, thread = hostile(lambda connection: connection.sendall(answer))
    found = called(url)
    thread.join()
    assert (found.status, found.good) == (None, False)
    assert found.said
    assert found.said.isprintable()


def test_what_cannot_be_reached_or_found_is_a_failed_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    assert called(f"http://127.0.0.1:{free}/").status is None
    assert called("https://no-such-name.invalid/").status is None
    assert called(f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.invalid/").status is None
