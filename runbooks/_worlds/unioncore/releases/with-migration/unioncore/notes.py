"""Notes on members."""
from flask import Blueprint, abort, g, jsonify, request
from sqlalchemy import Column, ForeignKey, Integer, String, Text, select

from unioncore.auth import token_required
from unioncore.database import Base, session
from unioncore.models import Member

blueprint = Blueprint("notes", __name__)


class MemberNote(Base):
    __tablename__ = "member_notes"
    id = Column(Integer, primary_key=True)
    member_id = Column(ForeignKey("members.id"), nullable=False, index=True)
    author = Column(String(120), nullable=False)
    body = Column(Text, nullable=False)


@blueprint.route("/members/<number>/notes", methods=["GET", "POST"])
@token_required
def notes(number):
    member = session().scalar(select(Member).where(Member.number == number))
    if member is None:
        abort(404, "no such member")
    if request.method == "POST":
        body = str((request.get_json(silent=True) or {}).get("body", ""))
        session().add(MemberNote(member_id=member.id, author=g.claims["sub"], body=body))
        session().commit()
    found = session().scalars(select(MemberNote).where(MemberNote.member_id == member.id))
    return jsonify(notes=[{"author": note.author, "body": note.body} for note in found])
