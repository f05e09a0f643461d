"""The tables."""
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, Numeric, String, func
from sqlalchemy.dialects.postgresql import JSONB

from unioncore.database import Base


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String(120), nullable=False, unique=True)
    password_hash = Column(String(200), nullable=False)
    role = Column(String(20), nullable=False)


class Member(Base):
    __tablename__ = "members"
    id = Column(Integer, primary_key=True)
    number = Column(String(12), nullable=False, unique=True)
    first_name = Column(String(60), nullable=False)
    last_name = Column(String(60), nullable=False, index=True)
    email = Column(String(120), nullable=False)
    status = Column(String(12), nullable=False)
    joined_on = Column(Date, nullable=False)


class DuesPayment(Base):
    __tablename__ = "dues_payments"
    id = Column(Integer, primary_key=True)
    member_id = Column(ForeignKey("members.id"), nullable=False, index=True)
    period = Column(Date, nullable=False)
    amount = Column(Numeric(8, 2), nullable=False)
    method = Column(String(12), nullable=False)
    reference = Column(String(40), nullable=False, unique=True)


class StripeEvent(Base):
    __tablename__ = "stripe_events"
    id = Column(String(60), primary_key=True)
    type = Column(String(60), nullable=False)
    payload = Column(JSONB, nullable=False)
    received_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now())
