"""Where the database stands among the migrations of this release."""
from functools import lru_cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from unioncore.settings import ROOT


@lru_cache(maxsize=None)
def known_revisions():
    """This release's revisions, newest first."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def current_revision(connection):
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def state(connection):
    """`ok` or `behind`. A revision that this release does not know was made by a
    newer one; migrations only add, so the older release works with it: `ok`."""
    revision = current_revision(connection)
    known = known_revisions()
    if revision is None or revision in known[1:]:
        return f"behind: {revision or 'none'} instead of {known[0]}"
    return "ok"
