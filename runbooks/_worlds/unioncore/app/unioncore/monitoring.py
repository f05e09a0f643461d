"""Errors go to Sentry (ADR-007). A `file:` DSN writes events to a local file instead."""
import json
import traceback
from datetime import datetime, timezone
from urllib.parse import urlsplit

from flask import current_app, request


def report(error):
    current_app.logger.error("".join(traceback.format_exception(error)))
    dsn = urlsplit(current_app.config["SENTRY_DSN"])
    if dsn.scheme != "file":
        return
    event = {
        "timestamp": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "environment": current_app.config["MODE"],
        "release": current_app.config["VERSION"],
        "message": f"{type(error).__name__}: {error}",
        "url": request.path,
    }
    with open(dsn.path, "a", encoding="utf-8") as events:
        events.write(json.dumps(event) + "\n")
