"""Variables that a production service must have."""

REQUIRED = (
    "DATABASE_URL",
    "AUTH_JWT_SECRET_KEY",
    "SECRET_KEY",
    "SENTRY_DSN",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_PUBLISHABLE_KEY",
)
