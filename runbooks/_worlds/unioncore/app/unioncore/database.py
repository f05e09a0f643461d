"""One database session a request. No pool: the platform pools connections."""
from flask import current_app, g
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import NullPool

Base = declarative_base()


def engine_for(url):
    return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5}, future=True)


def attach(app):
    app.extensions["engine"] = engine_for(app.config["DATABASE_URL"])

    @app.teardown_appcontext
    def close(_error):
        session = g.pop("session", None)
        if session is not None:
            session.close()


def session():
    if "session" not in g:
        g.session = Session(current_app.extensions["engine"], future=True)
    return g.session
