"""A scratch database for the whole run, on the server of TEST_DATABASE_URL."""
import os
import secrets

import psycopg2
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from unioncore import create_app, seeding, settings
from unioncore.database import engine_for

SERVER = os.environ.get("TEST_DATABASE_URL") or settings.LOCAL_DATABASE


def administer(statement):
    connection = psycopg2.connect(SERVER)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.fixture(scope="session")
def scratch_url():
    name = f"pytest_{secrets.token_hex(4)}"
    administer(f"CREATE DATABASE {name}")
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def alembic_config(scratch_url):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", scratch_url)
        config = Config(str(settings.ROOT / "alembic.ini"))
        config.set_main_option("script_location", str(settings.ROOT / "migrations"))
        config.attributes["quiet"] = True
        yield config


@pytest.fixture(scope="session")
def engine(scratch_url, alembic_config):
    command.upgrade(alembic_config, "head")
    engine = engine_for(scratch_url)
    with engine.begin() as connection:
        seeding.seed(connection, members=33, months=3)
    return engine


@pytest.fixture(scope="session")
def app(engine, scratch_url):
    return create_app(
        TESTING=True,
        MODE="testing",
        DATABASE_URL=scratch_url,
        JWT_KEY="a key for tests",
        STRIPE_WEBHOOK_SECRET="whsec_tests",
        SENTRY_DSN="",
    )


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def login(client):
    body = {"email": "check@unioncore.example", "password": seeding.PASSWORD}
    token = client.post("/auth/login", json=body).get_json()["access_token"]
    return {"Authorization": f"Bearer {token}"}
