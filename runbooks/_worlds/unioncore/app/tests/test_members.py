"""Member search."""
import pytest

from unioncore import members, seeding


def test_everybody_is_found_without_words(client, login):
    answer = client.get("/members", headers=login).get_json()
    assert answer["total"] == 33
    assert answer["members"][0]["number"] == "M00001"


@pytest.mark.parametrize("name", seeding.LAST)
def test_search_by_last_name(client, login, name):
    found = client.get(f"/members?q={name.lower()}", headers=login).get_json()["members"]
    assert found
    assert all(name in member["name"] for member in found)


def test_search_by_number(client, login):
    answer = client.get("/members?q=M00007", headers=login).get_json()
    assert [member["number"] for member in answer["members"]] == ["M00007"]


def test_search_by_full_name(client, login):
    name = client.get("/members?q=M00007", headers=login).get_json()["members"][0]["name"]
    found = client.get("/members", query_string={"q": name}, headers=login).get_json()["members"]
    assert "M00007" in [member["number"] for member in found]


@pytest.mark.parametrize("words", ["nobody", "%", "_", "\\", "'; DROP TABLE members; --"])
def test_search_finds_nothing(client, login, words):
    answer = client.get("/members", query_string={"q": words}, headers=login)
    assert answer.status_code == 200
    assert answer.get_json()["total"] == 0


def test_retired_members_are_marked(client, login):
    answer = client.get("/members?q=M00011", headers=login).get_json()
    assert answer["members"][0]["status"] == "retired"


def test_escape():
    assert members.escape("50%_\\") == "50\\%\\_\\\\"
