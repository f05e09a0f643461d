"""Member search."""
import re

from flask import Blueprint, jsonify, request
from sqlalchemy import func, or_, select

from unioncore.auth import token_required
from unioncore.database import session
from unioncore.models import Member

blueprint = Blueprint("members", __name__)
LIMIT = 50


@blueprint.get("/members")
@token_required
def search():
    query = select(Member)
    text = request.args.get("q", "").strip()
    if text:
        name = func.concat(Member.first_name, " ", Member.last_name)
        query = query.where(or_(name.ilike(f"%{escape(text)}%"), Member.number == text))
    total = session().scalar(select(func.count()).select_from(query.subquery()))
    rows = session().scalars(query.order_by(Member.number).limit(LIMIT))
    return jsonify(total=total, members=[describe(member) for member in rows])


def escape(text):
    """`%` and `_` mean themselves in a search."""
    return re.sub(r"([%_\\])", r"\\\1", text)


def describe(member):
    return {
        "number": member.number,
        "name": f"{member.first_name} {member.last_name}",
        "status": member.status,
    }
