"""Each migration has a way back, and the models need no further one."""
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from unioncore import schema
from unioncore.database import Base


def test_the_models_match_the_migrations(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_one_step_back_and_forth(engine, alembic_config):
    with engine.connect() as connection:
        head = schema.current_revision(connection)
    command.downgrade(alembic_config, "-1")
    with engine.connect() as connection:
        assert schema.state(connection) == f"behind: {schema.known_revisions()[1]} instead of {head}"
    command.upgrade(alembic_config, "head")
    with engine.connect() as connection:
        assert schema.state(connection) == "ok"
