"""UnionCore: the application factory."""
from flask import Flask, jsonify
from werkzeug.exceptions import HTTPException

from unioncore import blueprints, database, monitoring, settings


def create_app(**overrides):
    app = Flask(__name__)
    app.config.update(settings.load())
    app.config.update(overrides)
    app.secret_key = app.config["SECRET_KEY"]
    database.attach(app)
    for blueprint in blueprints.ALL:
        app.register_blueprint(blueprint)

    @app.errorhandler(HTTPException)
    def refuse(error):
        return jsonify(error=error.description), error.code

    @app.errorhandler(Exception)
    def fail(error):
        monitoring.report(error)
        return jsonify(error="internal error"), 500

    return app
