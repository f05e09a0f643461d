"""Notes on members."""


def test_a_note_is_kept(client, login):
    client.post("/members/M00001/notes", json={"body": "called"}, headers=login)
    answer = client.get("/members/M00001/notes", headers=login)
    assert answer.get_json()["notes"] == [{"author": "check@unioncore.example", "body": "called"}]


def test_unknown_member(client, login):
    assert client.get("/members/none/notes", headers=login).status_code == 404
