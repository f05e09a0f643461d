"""The dues payments page."""
from flask import Blueprint, render_template
from sqlalchemy import func, select

from unioncore.auth import token_required
from unioncore.database import session
from unioncore.models import DuesPayment, Member

blueprint = Blueprint("dues", __name__)
LIMIT = 50


@blueprint.get("/dues")
@token_required
def page():
    payments = session().execute(
        select(DuesPayment, Member)
        .join(Member, DuesPayment.member_id == Member.id)
        .order_by(DuesPayment.period.desc(), Member.number)
        .limit(LIMIT)
    ).all()
    count, total = session().execute(
        select(func.count(DuesPayment.id), func.coalesce(func.sum(DuesPayment.amount), 0))
    ).one()
    return render_template("dues.html", payments=payments, count=count, total=total)
