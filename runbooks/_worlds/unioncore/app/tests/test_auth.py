"""Login and tokens."""
from types import SimpleNamespace

import jwt
import pytest

from unioncore import auth, seeding

USER = SimpleNamespace(email="check@unioncore.example", role="reader")


@pytest.mark.parametrize("email", [email for email, _ in seeding.USERS])
def test_login_gives_a_token(client, email):
    answer = client.post("/auth/login", json={"email": email, "password": seeding.PASSWORD})
    assert answer.status_code == 200
    assert answer.get_json()["token_type"] == "Bearer"
    claims = jwt.decode(answer.get_json()["access_token"], "a key for tests", ["HS256"])
    assert claims["sub"] == email
    assert claims["exp"] - claims["iat"] == auth.LIFETIME


@pytest.mark.parametrize("body", [
    None,
    {},
    {"email": "check@unioncore.example"},
    {"email": "check@unioncore.example", "password": "wrong"},
    {"email": "nobody@unioncore.example", "password": seeding.PASSWORD},
    {"email": "' OR 1=1 --", "password": ""},
])
def test_login_refuses(client, body):
    assert client.post("/auth/login", json=body).status_code == 401


def test_a_token_says_who_it_is(client, login):
    answer = client.get("/auth/me", headers=login)
    assert answer.get_json() == {"email": "check@unioncore.example", "role": "reader"}


@pytest.mark.parametrize("path", ["/auth/me", "/members", "/dues"])
def test_pages_need_a_token(client, path):
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer abc.def.ghi"])
def test_bad_headers_are_refused(client, header):
    assert client.get("/auth/me", headers={"Authorization": header}).status_code == 401


def test_an_old_token_is_refused(app, client):
    with app.app_context():
        token = auth.issue_token(USER, now=1_000_000)
    answer = client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_token_of_another_key_is_refused(client):
    claims = {"sub": USER.email, "role": "admin", "exp": 4_000_000_000}
    token = jwt.encode(claims, "another key", algorithm="HS256")
    answer = client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_hashes_are_salted():
    assert auth.hash_password("same") != auth.hash_password("same")
