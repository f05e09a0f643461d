"""Login with e-mail and password; a signed token (JWT) is the session."""
import time
from functools import wraps

import jwt
from flask import Blueprint, abort, current_app, g, jsonify, request
from sqlalchemy import select
from werkzeug.security import check_password_hash, generate_password_hash

from unioncore.database import session
from unioncore.models import User

blueprint = Blueprint("auth", __name__, url_prefix="/auth")
LIFETIME = 3600


def hash_password(password):
    return generate_password_hash(password, method="pbkdf2:sha256:20000")


def issue_token(user, now=None):
    now = int(now or time.time())
    claims = {"sub": user.email, "role": user.role, "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, current_app.config["JWT_KEY"], algorithm="HS256")


def token_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            abort(401, "a token is required")
        try:
            g.claims = jwt.decode(token, current_app.config["JWT_KEY"], algorithms=["HS256"])
        except jwt.InvalidTokenError:
            abort(401, "the token is not valid")
        return view(*args, **kwargs)

    return guarded


@blueprint.post("/login")
def login():
    body = request.get_json(silent=True) or {}
    user = session().scalar(select(User).where(User.email == str(body.get("email", ""))))
    if user is None or not check_password_hash(user.password_hash, str(body.get("password", ""))):
        abort(401, "wrong e-mail or password")
    return jsonify(access_token=issue_token(user), token_type="Bearer", expires_in=LIFETIME)


@blueprint.get("/me")
@token_required
def me():
    return jsonify(email=g.claims["sub"], role=g.claims["role"])
