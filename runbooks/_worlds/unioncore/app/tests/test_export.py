"""Members as CSV."""


def test_all_members_and_a_heading(client, login):
    answer = client.get("/members.csv", headers=login)
    lines = answer.text.splitlines()
    assert answer.mimetype == "text/csv"
    assert lines[0] == "number,last_name,first_name,status"
    assert len(lines) == 34


def test_it_needs_a_token(client):
    assert client.get("/members.csv").status_code == 401
