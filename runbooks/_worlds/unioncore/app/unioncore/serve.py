"""Serves the application on $HOST:$PORT."""
import os

from werkzeug.serving import run_simple

from unioncore import create_app

if __name__ == "__main__":
    run_simple(
        os.environ.get("HOST", "127.0.0.1"),
        int(os.environ.get("PORT", "5000")),
        create_app(),
        threaded=True,
    )
