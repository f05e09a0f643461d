"""Alembic's command line, with `check` where the installed Alembic has none (before 1.9).

`check` asks Alembic's own autogeneration whether the models need a migration that
does not exist yet. Messages and exit codes are those of the real sub-command.
"""
import sys

from alembic import autogenerate, command, config, util
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory


def check(config):
    """Check if there are any new operations to generate."""
    scripts = ScriptDirectory.from_config(config)
    differences = []

    def compare(revision, context):
        if set(scripts.get_revisions(revision)) != set(scripts.get_revisions("heads")):
            raise util.CommandError("Target database is not up to date.")
        metadata = context.opts["target_metadata"]
        differences.extend(autogenerate.compare_metadata(context, metadata))
        return []

    with EnvironmentContext(config, scripts, fn=compare):
        scripts.run_env()
    if differences:
        raise util.CommandError(f"New upgrade operations detected: {differences}")
    config.print_stdout("No new upgrade operations detected.")


if not hasattr(command, "check"):
    # Alembic makes a sub-command of each function that its `command` module has.
    check.__module__ = command.__name__
    command.check = check

if __name__ == "__main__":
    sys.exit(config.main(prog="alembic"))
