"""Accounts for black-box tests: people and staff as a visitor and an administrator would make them."""

import itertools

PASSWORD = "secret123"
NEXT_PASSWORD = "another456"
_numbers = itertools.count(1)


def fresh_name(stem):
    return f"{stem}_{next(_numbers)}"


class Account:
    """Somebody with a login."""

    def __init__(self, username, person, login):
        self.username = username
        self.person = person
        self.login = login

    @property
    def token(self):
        return self.login["token"]


def done(answer, *statuses):
    assert answer.status in statuses, answer
    return answer.json if answer.body else None


def register(site, stem="buyer"):
    name = fresh_name(stem)
    login = done(site.call("POST", "/api/v1/people", {"username": name, "password": PASSWORD, "nickname": "Buyer 买家"}), 201)
    return Account(name, login["person"], login)


def log_in(site, name, password=PASSWORD, path="/api/v1/logins"):
    return done(site.call("POST", path, {"username": name, "password": password}), 200)


def new_staff(site, roles, organisers=()):
    """A member of staff who has not changed the password yet."""
    name = fresh_name("staff")
    made = done(site.staff("POST", "/api/v1/staff", {"username": name, "password": PASSWORD, "nickname": "Staff", "roles": roles,
                                                     "organisers": list(organisers)}), 201)
    return Account(name, made["person"], log_in(site, name, path="/api/v1/staff/logins"))


def staff(site, roles, organisers=()):
    account = new_staff(site, roles, organisers)
    done(site.call("PUT", "/api/v1/staff/me/password", {"old_password": PASSWORD, "new_password": NEXT_PASSWORD}, account.token), 204)
    account.login = log_in(site, account.username, NEXT_PASSWORD, "/api/v1/staff/logins")
    return account


def disable(site, account, disabled=True):
    body = {"disabled": disabled, "reason": "by a test"} if disabled else {"disabled": False}
    return done(site.staff("PUT", f"/api/v1/people/{account.person}/disabled", body), 200)
