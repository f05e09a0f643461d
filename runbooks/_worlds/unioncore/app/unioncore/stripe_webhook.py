"""Stripe's webhook: an event counts if its signature does, and counts once."""
import hashlib
import hmac
import json
import time

from flask import Blueprint, abort, current_app, jsonify, request
from sqlalchemy.dialects.postgresql import insert

from unioncore.database import session
from unioncore.models import StripeEvent

blueprint = Blueprint("stripe", __name__, url_prefix="/webhooks")
TOLERANCE = 300


def sign(payload, secret, timestamp):
    message = f"{timestamp}.".encode() + payload
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_genuine(header, payload, secret, now=None):
    """Whether `t=<seconds>,v1=<hex>[,v1=…]` signs the payload, recently."""
    if not secret:
        return False
    parts = [part.partition("=") for part in header.split(",")]
    times = [value for key, _, value in parts if key.strip() == "t"]
    if len(times) != 1 or not times[0].isdecimal():
        return False
    if abs((now or time.time()) - int(times[0])) > TOLERANCE:
        return False
    expected = sign(payload, secret, times[0])
    return any(
        hmac.compare_digest(value.encode(), expected.encode())
        for key, _, value in parts if key.strip() == "v1"
    )


@blueprint.post("/stripe")
def receive():
    payload = request.get_data()
    header = request.headers.get("Stripe-Signature", "")
    if not is_genuine(header, payload, current_app.config["STRIPE_WEBHOOK_SECRET"]):
        abort(400, "the signature is not valid")
    try:
        event = json.loads(payload)
        row = {"id": event["id"], "type": event["type"], "payload": event}
    except (ValueError, KeyError, TypeError):
        abort(400, "not an event")
    statement = insert(StripeEvent).values(row).on_conflict_do_nothing()
    added = session().execute(statement).rowcount == 1
    session().commit()
    return jsonify(received=True, duplicate=not added)
