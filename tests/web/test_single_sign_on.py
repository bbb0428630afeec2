"""Single sign-on against a small provider that speaks OpenID Connect over real HTTP: code, PKCE, signed token."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import attrs
import jwt
import pytest
import story
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django.fixtures import Settings

from tinhgon_web.accounts import single_sign_on
from tinhgon_web.core.models import Grant, User

pytestmark = pytest.mark.django_db
START, BACK = "/tai-khoan/oidc/so/login/", "/tai-khoan/oidc/so/login/callback/"


@attrs.define
class Provider:
    """Knows one person; `subject` is their id there, `nonce`-less tokens are signed with its key."""

    address: str = ""
    subject: str = "cb-17"
    audience: str = "tinh-gon"
    key: rsa.RSAPrivateKey = attrs.field(factory=lambda: rsa.generate_private_key(65537, 2048))
    challenge: str = ""
    verified: bool = False

    def configuration(self) -> dict[str, object]:
        ends = {
            name: f"{self.address}/{name}"
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
        }
        return {
            "issuer": self.address,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **ends,
        }

    def token(self) -> dict[str, object]:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": self.audience,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
        }
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "at", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def keys(self) -> dict[str, object]:
        held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**held, "kid": "1", "alg": "RS256", "use": "sig"}]}


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/.well-known/openid-configuration": provider.configuration,
                "/jwks_uri": provider.keys,
                "/userinfo_endpoint": lambda: {"sub": provider.subject, "name": "Lê Thị Hoa"},
            }
            self.answer(answers[self.path]())

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            digest = hashlib.sha256(body["code_verifier"][0].encode()).digest()
            provider.verified = base64.urlsafe_b64encode(digest).rstrip(
                b"="
            ).decode() == provider.challenge and body["code"] == ["good"]
            self.answer(provider.token() if provider.verified else {"error": "invalid_grant"})

        def answer(self, value: dict[str, object]) -> None:
            sent = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Provider]:
    made = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(made))
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "OIDC_SERVER": made.address, "OIDC_ID": "so", "OIDC_NAME": "Cổng xác thực của tỉnh",
        "OIDC_CLIENT_ID": "tinh-gon", "OIDC_CLIENT_SECRET": "bi-mat",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def person() -> User:
    user = User.objects.create(username="hoa", full_name="Lê Thị Hoa")
    Grant.objects.create(user=user, role="viewer", place="", start=story.BASE)
    SocialAccount.objects.create(user=user, provider="so", uid="cb-17")
    return user


def start(client: Client, provider: Provider) -> dict[str, str]:
    """Press the button and go to the provider; what the site asks it."""
    there = urlsplit(client.post(START).headers["Location"])
    assert f"{there.scheme}://{there.netloc}" == provider.address
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.challenge = asked["code_challenge"]
    return asked


def test_the_log_in_page_offers_it_where_the_environment_names_one(
    provider: Provider, nobody: Client
) -> None:
    text = nobody.get("/tai-khoan/dang-nhap/").text
    assert "Cổng xác thực của tỉnh" in text
    assert f'action="{START}"' in text


def test_whoever_is_known_comes_in(provider: Provider, person: User, nobody: Client) -> None:
    asked = start(nobody, provider)
    answer = nobody.get(BACK, {"code": "good", "state": asked["state"]})
    assert answer.headers["Location"] == "/tong-quan/"
    assert provider.verified
    assert nobody.session["_auth_user_id"] == str(person.pk)
    assert nobody.get("/bo-may/").status_code == 200


def test_whoever_is_not_known_does_not_and_no_account_is_made(provider: Provider, nobody: Client) -> None:
    before = User.objects.count()
    asked = start(nobody, provider)
    answer = nobody.get(BACK, {"code": "good", "state": asked["state"]}, follow=True)
    assert "không cho tự đăng ký" in answer.text
    assert "_auth_user_id" not in nobody.session
    assert User.objects.count() == before


def test_an_answer_that_was_not_asked_for_is_refused(
    provider: Provider, person: User, nobody: Client
) -> None:
    start(nobody, provider)
    nobody.get(BACK, {"code": "good", "state": "of somebody else"})
    assert "_auth_user_id" not in nobody.session


def test_a_token_for_another_site_is_refused(provider: Provider, person: User, nobody: Client) -> None:
    provider.audience = "mot-trang-khac"
    asked = start(nobody, provider)
    answer = nobody.get(BACK, {"code": "good", "state": asked["state"]})
    assert "chưa xác nhận được" in answer.text
    assert "_auth_user_id" not in nobody.session


def test_a_closed_account_stays_closed(provider: Provider, person: User, nobody: Client) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    asked = start(nobody, provider)
    nobody.get(BACK, {"code": "good", "state": asked["state"]})
    assert "_auth_user_id" not in nobody.session


def test_one_ties_ones_own_account(provider: Provider, client: Client) -> None:
    assert f'action="{START}?process=connect"' in client.get("/tai-khoan/dang-nhap-mot-lan/").text
    there = client.post(f"{START}?process=connect").headers["Location"]
    asked = parse_qs(urlsplit(there).query)
    provider.challenge = asked["code_challenge"][0]
    client.get(BACK, {"code": "good", "state": asked["state"][0]})
    assert SocialAccount.objects.get(uid="cb-17").user.username == "viewer-all"


def test_a_link_alone_does_not_start_it(provider: Provider, nobody: Client) -> None:
    assert "Location" not in nobody.get(START).headers


def test_without_the_environment_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OIDC_SERVER", raising=False)
    assert single_sign_on() == {}
