"""Settings come from the environment, and from nowhere else."""
import os
import secrets
from pathlib import Path

from unioncore.required_settings import REQUIRED

ROOT = Path(__file__).resolve().parent.parent
LOCAL_DATABASE = "postgresql://postgres:postgres@localhost:5432/ip2a_db"


def version():
    return (ROOT / "VERSION").read_text().strip()


def load(environ=os.environ):
    return {
        "VERSION": version(),
        "MODE": environ.get("FLASK_ENV") or "production",
        "DATABASE_URL": environ.get("DATABASE_URL") or LOCAL_DATABASE,
        # Without a key every restart ends every session: docs/BUGS_LOG.md, Bug #006.
        "JWT_KEY": environ.get("AUTH_JWT_SECRET_KEY") or secrets.token_urlsafe(32),
        "SECRET_KEY": environ.get("SECRET_KEY") or secrets.token_urlsafe(32),
        "SENTRY_DSN": environ.get("SENTRY_DSN", ""),
        "STRIPE_WEBHOOK_SECRET": environ.get("STRIPE_WEBHOOK_SECRET", ""),
        "MISSING": [name for name in REQUIRED if not environ.get(name)],
    }
