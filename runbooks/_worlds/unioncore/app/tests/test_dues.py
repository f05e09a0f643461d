"""The dues payments page."""


def test_the_page_loads(client, login):
    answer = client.get("/dues", headers=login)
    assert answer.status_code == 200
    assert "<h1>Dues payments</h1>" in answer.text


def test_it_counts_all_payments(client, login):
    assert "<p>99 payments, " in client.get("/dues", headers=login).text


def test_it_shows_fifty(client, login):
    assert client.get("/dues", headers=login).text.count("<tr><td>") == 50
