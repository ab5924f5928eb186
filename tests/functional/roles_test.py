#!/usr/bin/env python3
"""Who may do what: every address of `onsale routes --json` as every role, and on other people's objects.

    tests/functional/roles_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment

What is expected follows from the row alone. Bodies are empty objects, so what is allowed is mostly refused for its
content; what is denied has to be denied before anybody looks at that.
"""

import http.client
import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True

import accounts  # noqa: E402
from accounts import done, register, staff  # noqa: E402
from site_process import Answer, Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
OPERATOR_ROWS = {"organiser", "show", "session", "campaign", "tier"}  # the wrapper knows whose these are
DENIED = {401, 403, 404}
# Their answer to an empty body is about a token in it, or about its signature, not about who calls.
ABOUT_TOKENS = {"refresh_login", "refresh_staff_login", "heartbeat", "bank_callback"}


def offer(number, organiser):
    """A session of an organiser with one free ticket a person and one that is paid."""
    made = session(number, [{"id": 1, "count": 50}], [{"id": number + 1, "pool": 1}, {"id": number + 2, "pool": 1, "price": "5.00"}],
                   [{"id": number + 3, "tickets_per_order": 2, "tiers": [number + 1, number + 2]}])
    made["organiser"]["id"] = organiser
    made["show"]["id"] = number + 4
    return made


class World:
    """One server with two organisers and somebody of every role."""

    def __init__(self):
        self.site = site = Site(*PROGRAMS)
        printed = subprocess.run([PROGRAMS[0], "routes", "--json"], check=True, capture_output=True, text=True).stdout
        self.rows = json.loads(printed)["routes"]
        done(site.staff("POST", "/api/v1/sessions", offer(1000, 1)), 201)
        done(site.staff("POST", "/api/v1/sessions", offer(2000, 2)), 201)
        self.buyer, self.other, self.disabled = register(site), register(site), register(site)
        self.first, self.second = staff(site, ["operator"], [1]), staff(site, ["operator"], [2])
        self.admin, self.fresh = staff(site, ["admin"]), accounts.new_staff(site, ["admin"])
        accounts.disable(site, self.disabled)
        wish = {"campaign": 1003, "lines": [{"tier": 1001, "quantity": 1}]}
        self.order = done(site.call("POST", "/api/v1/orders", wish, self.buyer.token), 201)["order"]
        self.values = {"organiser": 1, "show": 1004, "session": 1000, "campaign": 1003, "tier": 1001, "pool": 1,
                       "order": self.order["id"], "ticket": self.order["tickets"][0]["id"], "person": self.buyer.person,
                       "login": 1, "list": 900001, "index": 0, "webhook": 1, "delivery": 1, "import": 1, "name": "x",
                       "picture": 1, "bank": 1, "payment": 1, "refund": 1, "message": 1, "reconciliation": 1, "stray": 1}
        hook = {"organiser": 1, "url": "https://hooks.example.org/onsale", "events": ["order.completed"]}
        self.values["webhook"] = done(site.call("POST", "/api/v1/webhooks", hook, self.first.token), 201)["id"]
        self.values["import"] = done(site.call("POST", "/api/v1/imports", None, self.first.token), 201)["import"]

    @property
    def tokens(self):
        return {"nobody": None, "buyer": self.buyer.token, "other": self.other.token, "disabled": self.disabled.token,
                "first": self.first.token, "second": self.second.token, "admin": self.admin.token, "fresh": self.fresh.token,
                "owner": self.site.staff_token}

    def log_in_again(self):
        """After the addresses that log out."""
        for account in (self.buyer, self.other):
            account.login = accounts.log_in(self.site, account.username)
        for account in (self.first, self.second, self.admin):
            account.login = accounts.log_in(self.site, account.username, accounts.NEXT_PASSWORD, "/api/v1/staff/logins")

    def call(self, row, token, values=None):
        path = row["pattern"]
        for name, value in {**self.values, **(values or {})}.items():
            path = path.replace("{" + name + "}", str(value))
        assert "{" not in path, path
        headers = {"Connection": "close", "Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        try:
            connection.request(row["method"], path, None if row["method"] == "GET" else "{}", headers)
            response = connection.getresponse()
            # An event stream has no end.
            stream = response.headers.get("Content-Type", "") == "text/event-stream"
            return Answer(response.status, response.headers, "" if stream else response.read().decode("utf-8", "replace"))
        finally:
            connection.close()


def expected(row, role):
    """None: allowed. Otherwise the codes of which one has to be the answer."""
    access, of_catalogue = row["access"], row["object"] in OPERATOR_ROWS
    is_staff = role in ("first", "second", "admin", "fresh", "owner")
    if access == "open" or (access == "visitor" and role in ("nobody", "buyer", "other")):
        return None
    if access in ("visitor", "person"):
        if role == "nobody":
            return {"login_required"}
        if role == "disabled":
            return {"account_disabled"}
        if is_staff:
            return {"token_invalid"}
        foreign = role == "other" and row["object"] in ("order", "ticket")
        return {row["object"] + "_unknown"} if foreign else None
    if role == "nobody":
        return {"login_required"}
    if role == "disabled":
        return {"token_invalid", "account_disabled", "staff_only"}
    if not is_staff:
        return {"staff_only"}
    if access == "staff":
        return None
    if role == "fresh":
        return {"password_change_required"}
    if access == "admin" and role in ("first", "second"):
        return {"admin_only"}
    if role == "second" and row["object"] in ("webhook", "import"):
        return {"not_your_organiser", row["object"] + "_unknown"}
    return {"not_your_organiser"} if of_catalogue and role == "second" else None


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()

    @classmethod
    def tearDownClass(cls):
        cls.world.site.stop()
        cls.world.site.remove()

    def check(self, row, role):
        answer = self.world.call(row, self.world.tokens[role])
        codes = expected(row, role)
        if codes is None:
            told = answer.status in (401, 403) and row["id"] not in ABOUT_TOKENS
            return f"is refused by {answer}" if told else None
        if answer.status not in DENIED or answer.code not in codes:
            return f"is not refused by {sorted(codes)} but {answer}"
        return None

    def test_every_address_as_every_role(self):
        # What removes something comes last, what ends a login at the very end.
        last = ["log_out_staff", "log_out"]
        rows = sorted(self.world.rows, key=lambda row: (last.index(row["id"]) + 1 if row["id"] in last else 0, row["method"] == "DELETE"))
        denied_first = sorted(self.world.tokens, key=lambda role: role in ("first", "admin", "owner", "buyer"))
        wrong = []
        for row in rows:
            for role in denied_first:
                problem = self.check(row, role)
                if problem:
                    wrong.append(f"{row['method']} {row['pattern']} as {role} {problem}")
        self.world.log_in_again()
        self.assertGreater(len(rows), 40)
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_nothing_is_changed_without_a_login_but_this(self):
        """A row that is opened by mistake passes every other test here."""
        opened = {row["id"] for row in self.world.rows if row["access"] in ("open", "visitor") and row["method"] != "GET"}
        self.assertEqual(opened, {"register_person", "log_in", "refresh_login", "send_code", "reset_password", "log_in_staff",
                                  "refresh_staff_login", "heartbeat", "bank_callback", "check_ticket"})
        of_admins = ("/api/v1/operations", "/api/v1/audit", "/api/v1/staff", "/api/v1/banners", "/api/v1/people/{person}")
        for row in self.world.rows:
            if row["pattern"] in of_admins or row["pattern"].startswith("/api/v1/people/{person}/"):
                self.assertEqual(row["access"], "admin", row)
            if row["pattern"].startswith("/api/v1/me"):
                self.assertEqual(row["access"], "person", row)

    def test_what_is_not_there_is_unknown_and_not_refused(self):
        gone = {"organiser": 99, "show": 99, "session": 99, "campaign": 99, "tier": 99}
        wrong = []
        for row in self.world.rows:
            if row["access"] == "operator" and row["object"] in OPERATOR_ROWS:
                answer = self.world.call(row, self.world.first.token, gone)
                if answer.code != row["object"] + "_unknown":
                    wrong.append(f"{row['method']} {row['pattern']}: {answer}")
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_an_operator_sells_for_no_other_organiser(self):
        answer = self.world.site.call("POST", "/api/v1/sessions", offer(3000, 2), self.world.first.token)
        self.assertEqual((answer.status, answer.code), (403, "not_your_organiser"), answer)
        mine = self.world.site.call("POST", "/api/v1/sessions", offer(3000, 1), self.world.first.token)
        self.assertEqual(mine.status, 201, mine)

    def test_a_list_of_codes_is_unknown_to_all_but_who_began_it(self):
        site, world = self.world.site, self.world
        text, codes = {"Content-Type": "text/plain"}, "MINE-1\nMINE-2\n"
        lists = "/api/v1/code-lists/900777"
        self.assertEqual(site.call("PUT", lists + "/chunks/0", codes, world.first.token, text).status, 200)
        self.assertEqual(site.call("PUT", lists + "/chunks/0", codes, world.second.token, text).code, "list_unknown")
        self.assertEqual(site.call("PUT", lists + "/chunks/1", "JUNK\n", world.second.token, text).code, "list_unknown")
        self.assertEqual(site.call("POST", lists + "/seal", None, world.second.token).code, "list_unknown")
        self.assertEqual(site.call("POST", lists + "/seal", None, world.first.token).status, 200)
        theirs = offer(4000, 2)
        theirs["pools"][0] = {"id": theirs["pools"][0]["id"], "list": 900777}
        stolen = site.call("POST", "/api/v1/sessions", theirs, world.second.token)
        self.assertEqual((stolen.status, stolen.json["details"]["field"]), (400, "pools[0].list"), stolen)

    def test_roles_hold_at_once(self):
        site, world = self.world.site, self.world
        person = staff(site, ["operator"], [1])
        stock = "/api/v1/stock/sessions/1000"
        self.assertEqual(site.call("GET", stock, token=person.token).status, 200)
        path = f"/api/v1/people/{person.person}/roles"
        done(site.call("PUT", path, {"roles": ["operator"], "organisers": [2]}, world.admin.token), 200)
        self.assertEqual(site.call("GET", stock, token=person.token).code, "not_your_organiser")
        done(site.call("PUT", path, {"roles": ["admin"], "organisers": []}, world.admin.token), 200)
        self.assertEqual(site.call("GET", stock, token=person.token).status, 200)
        done(site.call("PUT", path, {"roles": [], "organisers": []}, world.admin.token), 200)
        self.assertEqual(site.call("GET", stock, token=person.token).code, "staff_only")

    def test_changes_are_written_down_and_their_secrets_are_not(self):
        site, world = self.world.site, self.world
        person = register(site)
        accounts.disable(site, person)
        path = f"/api/v1/operations?person={world.admin.person}&limit=100"
        done(site.call("PUT", f"/api/v1/people/{person.person}/disabled", {"disabled": False}, world.admin.token), 200)
        self.assertEqual(site.call("POST", "/api/v1/staff", {"username": "x"}, world.first.token).code, "admin_only")

        def written(person, action):
            page = done(site.staff("GET", f"/api/v1/operations?person={person}&action={action}"), 200)
            return [(one["object"], one["result"]) for one in page["operations"]]
        site.wait_until(lambda: (f"person {person.person}", "ok") in written(world.admin.person, "set_disabled"), "the record")
        site.wait_until(lambda: ("", "admin_only") in written(world.first.person, "create_staff"), "the record of a refusal")
        site.wait_until(lambda: ("", "ok") in written(person.person, "register_person"), "the record of registering")
        self.assertEqual(site.call("POST", "/api/v1/staff", {"username": "x"}).code, "login_required")
        by_strangers = done(site.staff("GET", "/api/v1/operations?action=create_staff&limit=100"), 200)["operations"]
        self.assertNotIn("login_required", [one["result"] for one in by_strangers])
        text = site.staff("GET", path).body + site.staff("GET", "/api/v1/operations?limit=100").body
        for secret in (accounts.PASSWORD, accounts.NEXT_PASSWORD, world.admin.token, person.login["refresh_token"]):
            self.assertNotIn(secret, text)

    def test_the_audit_is_run_by_an_administrator(self):
        site, world = self.world.site, self.world
        done(site.call("POST", "/api/v1/audit", None, world.admin.token), 202)
        state = lambda: done(site.call("GET", "/api/v1/audit", None, world.admin.token), 200)["state"]  # noqa: E731
        site.wait_until(lambda: state() != "running", "the audit", 60)
        self.assertEqual(state(), "clean")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
