"""Made-up members and payments, the same ones every time."""
from sqlalchemy import text

from unioncore.auth import hash_password

FIRST = "Ada Ben Carla Dmitri Elena Farid Grace Hugo Ines Jamal Kira Liam Mona Nils Olga".split()
LAST = "Abbott Becker Castillo Dufour Eriksen Fontaine Garcia Hansen Ivanov Jensen Keller".split()
USERS = (
    ("xerxes@unioncore.example", "admin"),
    ("check@unioncore.example", "reader"),
)
PASSWORD = "world-password"

MEMBERS = text("""
    INSERT INTO members (number, first_name, last_name, email, status, joined_on)
    SELECT 'M' || lpad(n::text, 5, '0'),
           (:first)[1 + n % :firsts], (:last)[1 + (n / 3) % :lasts],
           'member' || n || '@members.example',
           CASE WHEN n % 11 = 0 THEN 'retired' ELSE 'active' END,
           date '2010-01-01' + n * 7
    FROM generate_series(1, :members) n
""")
PAYMENTS = text("""
    INSERT INTO dues_payments (member_id, period, amount, method, reference)
    SELECT m.id, (date '2018-01-01' + month * interval '1 month')::date, 42.50 + m.id % 5,
           CASE WHEN (m.id + month) % 3 = 0 THEN 'card' ELSE 'check' END,
           'pay_' || md5(m.number || '/' || month)
    FROM members m, generate_series(0, :months - 1) month
""")


def seed(connection, members, months):
    for email, role in USERS:
        connection.execute(
            text("INSERT INTO users (email, password_hash, role) VALUES (:email, :hash, :role)"),
            {"email": email, "hash": hash_password(PASSWORD), "role": role},
        )
    connection.execute(MEMBERS, {
        "first": FIRST, "firsts": len(FIRST), "last": LAST, "lasts": len(LAST), "members": members,
    })
    connection.execute(PAYMENTS, {"months": months})
