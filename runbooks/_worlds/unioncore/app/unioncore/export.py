"""Members as CSV."""
import csv
import io

from flask import Blueprint, Response
from sqlalchemy import select

from unioncore.auth import token_required
from unioncore.database import session
from unioncore.models import Member

blueprint = Blueprint("export", __name__)


@blueprint.get("/members.csv")
@token_required
def members_csv():
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["number", "last_name", "first_name", "status"])
    for member in session().scalars(select(Member).order_by(Member.number)):
        writer.writerow([member.number, member.last_name, member.first_name, member.status])
    return Response(text.getvalue(), mimetype="text/csv")
