"""Every feature of this release; importing this module loads every model."""
from unioncore import auth, dues, export, health, members, stripe_webhook

ALL = (
    health.blueprint,
    auth.blueprint,
    members.blueprint,
    export.blueprint,
    dues.blueprint,
    stripe_webhook.blueprint,
)
