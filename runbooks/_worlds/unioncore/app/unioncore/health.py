"""/health: the process lives. /health/ready: it can do its work."""
from flask import Blueprint, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from unioncore import schema

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("")
def alive():
    return jsonify(status="ok", version=current_app.config["VERSION"])


@blueprint.get("/ready")
def ready():
    checks = {**database_checks(), "configuration": configuration()}
    healthy = all(result == "ok" for result in checks.values())
    body = jsonify(
        status="ready" if healthy else "not ready",
        checks=checks,
        version=current_app.config["VERSION"],
    )
    return body, 200 if healthy else 503


def database_checks():
    try:
        with current_app.extensions["engine"].connect() as connection:
            connection.execute(text("SELECT 1"))
            return {"database": "ok", "migrations": schema.state(connection)}
    except SQLAlchemyError:
        return {"database": "unreachable", "migrations": "unknown"}


def configuration():
    missing = current_app.config["MISSING"]
    if current_app.config["MODE"] == "production" and missing:
        return "missing: " + ", ".join(missing)
    return "ok"
