"""/health and /health/ready."""
import json

import pytest

from unioncore import create_app, monitoring, schema, settings
from unioncore.required_settings import REQUIRED

ALL_SET = {name: "set" for name in REQUIRED}


def test_alive(client):
    assert client.get("/health").get_json() == {"status": "ok", "version": settings.version()}


def test_ready(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "configuration": "ok"},
        "version": settings.version(),
    }


def test_not_ready_without_a_database():
    app = create_app(MODE="testing", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["database"] == "unreachable"


@pytest.mark.parametrize("name", REQUIRED)
def test_not_ready_in_production_without_a_variable(scratch_url, engine, name):
    values = {key: value for key, value in ALL_SET.items() if key != name}
    missing = settings.load(values)["MISSING"]
    app = create_app(MODE="production", DATABASE_URL=scratch_url, MISSING=missing)
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["configuration"] == f"missing: {name}"


def test_nothing_is_missing():
    assert settings.load(ALL_SET)["MISSING"] == []


def test_without_a_key_each_start_has_its_own():
    assert settings.load({})["JWT_KEY"] != settings.load({})["JWT_KEY"]


def test_unknown_page(client):
    assert client.get("/nowhere").status_code == 404


def test_errors_are_reported(app, tmp_path, monkeypatch):
    events = tmp_path / "events.ndjson"
    monkeypatch.setitem(app.config, "SENTRY_DSN", f"file://{events}")
    with app.test_request_context("/dues"):
        monitoring.report(ValueError("no good"))
    event = json.loads(events.read_text())
    assert event["message"] == "ValueError: no good"
    assert (event["environment"], event["url"]) == ("testing", "/dues")


def test_the_newest_revision_is_known_first():
    assert schema.known_revisions() == sorted(schema.known_revisions(), reverse=True)
