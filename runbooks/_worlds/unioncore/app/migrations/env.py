"""Runs migrations on DATABASE_URL."""
from logging.config import fileConfig

from alembic import context

from unioncore import blueprints, settings
from unioncore.database import Base, engine_for

assert blueprints.ALL  # importing them has loaded every model

if context.config.config_file_name and not context.config.attributes.get("quiet"):
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)

options = {"target_metadata": Base.metadata, "compare_type": True}
url = settings.load()["DATABASE_URL"]

if context.is_offline_mode():
    context.configure(url=url, literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine_for(url).connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
