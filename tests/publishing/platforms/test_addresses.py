"""An address that somebody typed leads out to the internet, or nowhere (no loopback, as in
production)."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer

from policy.models import Channel
from publishing.models import Connection
from publishing.platforms import web
from publishing.platforms.addresses import check_address
from publishing.platforms.shape import NotSent, Rejected

INSIDE = "That address leads inside a private network."
OUTSIDE = "93.184.215.14"


@pytest.fixture
def as_in_production(settings):
    """No exception for loopback."""
    settings.GOLIVE_ALLOW_LOOPBACK_PLATFORMS = False


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://www.oakprimary.example", "must start with https://"),
        ("ftp://www.oakprimary.example", "must start with https://"),
        ("//www.oakprimary.example", "must start with https://"),
        ("https://", "must start with https://"),
        ("https://[", "not the address of a website"),
        ("https://93.184.215.14:99999", "not the address of a website"),
        ("https://user:password@93.184.215.14", "must not hold a user name or password"),
        ("https://user@93.184.215.14", "must not hold a user name or password"),
        ("https://127.0.0.1", INSIDE),
        ("https://127.1", INSIDE),
        ("https://2130706433", INSIDE),
        ("https://0x7f000001", INSIDE),
        ("https://localhost", INSIDE),
        ("https://0.0.0.0", INSIDE),
        ("https://10.0.0.1", INSIDE),
        ("https://172.16.0.1", INSIDE),
        ("https://192.168.1.1", INSIDE),
        ("https://100.64.0.1", INSIDE),
        ("https://169.254.169.254", INSIDE),
        ("https://224.0.0.1", INSIDE),
        ("https://255.255.255.255", INSIDE),
        ("https://[::1]", INSIDE),
        ("https://[::]", INSIDE),
        ("https://[fd00::1]", INSIDE),
        ("https://[fe80::1]", INSIDE),
        ("https://[ff02::1]", INSIDE),
        ("https://[::ffff:10.0.0.1]", INSIDE),
        ("https://[64:ff9b::10.0.0.1]", INSIDE),
        ("https://[2002:0a00:0001::]", INSIDE),
    ],
)
def test_an_address_that_leads_elsewhere_is_refused_in_words(as_in_production, address, said):
    with pytest.raises(Rejected, match=said.replace(".", r"\.")):
        check_address(address)


@pytest.mark.parametrize("address", [OUTSIDE, "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]"])
def test_an_address_on_the_internet_is_let_through(as_in_production, address):
    check_address(f"https://{address}/school")


def test_a_name_that_nobody_knows_is_tried_again_later(as_in_production):
    with pytest.raises(NotSent, match="could not be found"):
        check_address("https://oak.invalid")


def test_a_name_with_one_inner_address_among_others_is_refused(as_in_production, monkeypatch):
    _resolves(monkeypatch, [OUTSIDE, "10.0.0.1"])
    with pytest.raises(Rejected, match="private network"):
        check_address("https://www.oakprimary.example")


def _resolves(monkeypatch, *rounds):
    """The name servers of the internet: one answer after the other, the last one for good."""
    left = list(rounds)

    def getaddrinfo(host, port, *_, **__):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_that_changes_its_mind_reaches_nothing_inside(as_in_production, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as inner:
        heard = []
        listening = threading.Thread(target=_listen, args=(inner, heard), daemon=True)
        listening.start()
        _resolves(monkeypatch, [OUTSIDE], ["127.0.0.1"])
        port = inner.getsockname()[1]
        with pytest.raises(Rejected, match="private network"):
            web.ask("GET", f"https://www.oakprimary.example:{port}/", auth=("golive", "secret"))
        listening.join(5)
    assert heard == [b""], "connected, and hung up without a word"


def _listen(server, heard):
    connection, _ = server.accept()
    with connection:
        heard.append(connection.recv(1_000))


def test_a_website_with_a_certificate_of_its_own_making_is_told_nothing(tmp_path):
    with HTTPServer(ssl_context=_own_certificate(tmp_path)) as server:
        with pytest.raises(NotSent, match="certificate is not valid"):
            web.ask("GET", server.url_for("/"), auth=("golive", "secret"))
        assert server.log == []


def _own_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "site.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://www.oakprimary.example", "The address must start with https://."),
        ("https://192.168.1.1", INSIDE),
        ("https://user:password@93.184.215.14", "must not hold a user name or password"),
    ],
)
def test_a_channel_cannot_be_connected_to_such_an_address(
    as_in_production, trust, signed_in, address, said
):
    channel = Channel.objects.create(
        school=trust.oak,
        platform=trust.platform("website"),
        name="Oak website",
        way=Channel.Way.WORDPRESS,
    )
    form = {"base_url": address, "username": "golive", "secret": "abcd efgh"}
    page = signed_in(trust.cara).post(f"/publishing/channels/{channel.pk}/", form)
    assert said in page.content.decode()
    assert not Connection.objects.exists()
