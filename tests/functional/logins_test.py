#!/usr/bin/env python3
"""Attacks on logins, each against a running server: what must not work, and what must go on working meanwhile.

    tests/functional/logins_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import base64
import json
import os
import sys
import unittest

sys.dont_write_bytecode = True

import accounts  # noqa: E402
from accounts import NEXT_PASSWORD, PASSWORD, done, fresh_name, log_in, register  # noqa: E402
from site_process import Site, Stream  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
# The tests speak for many addresses, as a proxy would.
SETTINGS = {"ONSALE_HTTP_TRUSTED_PROXIES": "127.0.0.1", "ONSALE_MESSAGES_SENDER": "file"}
OURS = {"Sec-Fetch-Site": "same-origin"}


def part(value):
    text = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def unpart(text):
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def cookies_of(answer):
    """Name and value of each cookie that an answer sets."""
    made = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
    return dict(cookie.split("=", 1) for cookie in made)


def cookie_header(cookies, **more):
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **more}


class Logins(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS, variables=SETTINGS)

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()
        cls.site.remove()

    def call(self, *arguments, **more):
        return self.site.call(*arguments, **more)

    def expect(self, answer, status, code=None):
        self.assertEqual(answer.status, status, answer)
        if code:
            self.assertEqual(answer.code, code, answer)
        return answer.json if answer.body else None

    def log_in(self, name, password=PASSWORD, path="/api/v1/logins", address=None, **more):
        headers = {"X-Forwarded-For": address} if address else {}
        return self.call("POST", path, {"username": name, "password": password, **more}, None, headers)

    def me(self, token):
        return self.call("GET", "/api/v1/me", None, token)

    def refresh(self, token, path="/api/v1/logins/refresh"):
        return self.call("POST", path, {"refresh_token": token})

    # Passwords.

    def test_a_password_that_is_no_text_is_refused(self):
        person = register(self.site)
        for wrong in ({}, {"$ne": ""}, [], [PASSWORD], None, True, 0, 1.5):
            for field in ("username", "password"):
                body = {"username": person.username, "password": PASSWORD, field: wrong}
                refused = self.expect(self.call("POST", "/api/v1/logins", body), 400, "invalid_field")
                self.assertEqual(refused["details"]["field"], field)
        for body in (f'{{"username":"{person.username}","username":"x","password":"{PASSWORD}"}}', "[]", "null", ""):
            self.expect(self.call("POST", "/api/v1/logins", body, None, {"Content-Type": "application/json"}), 400, "invalid_field")

    def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(self):
        person = register(self.site)
        answers = [self.log_in(name, "wrong12345", path) for path in ("/api/v1/logins", "/api/v1/staff/logins")
                   for name in (person.username, fresh_name("nobody"), "13900000000", "nobody@example.org")]
        told = [{**self.expect(answer, 401, "wrong_credentials"), "request_id": ""} for answer in answers]
        self.assertEqual(told, [told[0]] * len(told))

    def test_look_alike_names_are_one_name_or_none(self):
        person = register(self.site)
        new = {"password": PASSWORD, "nickname": "Look"}
        for name in (person.username.upper(), person.username.capitalize()):
            self.expect(self.call("POST", "/api/v1/people", {"username": name, **new}), 409, "username_taken")
            self.assertEqual(self.expect(self.log_in(name), 200)["person"], person.person)
        for name in ("\u0430dmin", "adm\u0131n", "\uff41dmin", "admin\u200b", " admin", "admin ", "admin\u0000", "ad\u0301min"):
            self.expect(self.call("POST", "/api/v1/people", {"username": name, **new}), 400, "username_invalid")
            self.expect(self.log_in(name), 401, "wrong_credentials")

    def test_guessing_is_slowed_down_and_locks_nobody_out(self):
        person = register(self.site)
        self.expect(self.log_in(person.username, address="192.0.2.1"), 200)
        one = [self.log_in(person.username, "wrong12345", address="198.51.100.1") for _ in range(8)]
        self.assertEqual(one[0].code, "wrong_credentials")
        self.assertEqual(one[-1].code, "too_many_attempts", one[-1])
        self.assertGreater(int(one[-1].headers["Retry-After"]), 0)
        for number in range(30):
            self.log_in(person.username, "wrong12345", address=f"203.0.113.{number}")
        self.expect(self.log_in(person.username, "wrong12345", address="203.0.113.99"), 429, "too_many_attempts")
        # From where they usually are, the person still gets in.
        self.expect(self.log_in(person.username, address="192.0.2.1"), 200)

    def test_the_address_of_a_login_is_the_proxys_word_and_not_the_callers(self):
        person = register(self.site)
        self.expect(self.log_in(person.username, address="6.6.6.6, 192.0.2.77"), 200)
        seen = self.expect(self.call("GET", "/api/v1/logins", None, person.token), 200)["logins"]
        self.assertIn("192.0.2.77", [login["address"] for login in seen])
        self.assertNotIn("6.6.6.6", [login["address"] for login in seen])

    def test_changing_and_resetting_the_password_end_other_logins(self):
        person = register(self.site)
        other = log_in(self.site, person.username)
        change = {"old_password": "wrong12345", "new_password": NEXT_PASSWORD}
        self.expect(self.call("PUT", "/api/v1/me/password", change, person.token), 403, "password_wrong")
        change["old_password"] = PASSWORD
        self.expect(self.call("PUT", "/api/v1/me/password", change, person.token), 204)
        self.expect(self.me(person.token), 200)
        self.expect(self.me(other["token"]), 401, "login_revoked")
        self.expect(self.refresh(other["refresh_token"]), 401, "login_revoked")
        self.expect(self.log_in(person.username), 401, "wrong_credentials")
        self.expect(self.log_in(person.username, NEXT_PASSWORD), 200)

    # Tokens.

    def test_tokens_that_we_did_not_make_are_refused(self):
        person = register(self.site)
        header, claims, signature = person.token.split(".")
        now = unpart(claims)
        later = part({**now, "exp": now["exp"] + 3600})
        another = part({**now, "sub": str(person.person + 1)})
        none = part({"alg": "none", "typ": "JWT"})
        forged = [f"{none}.{claims}.", f"{none}.{claims}.{signature}", f"{none}.{claims}", f"{part({'alg': 'NONE'})}.{claims}.",
                  f"{part({'alg': 'RS256', 'typ': 'JWT'})}.{claims}.{signature}",
                  f"{part({'alg': 'HS512', 'typ': 'JWT'})}.{claims}.{signature}",
                  f"{header}.{later}.{signature}", f"{header}.{another}.{signature}", f"{header}.{claims}.",
                  f"{header}.{claims}.{signature[:-2]}", f"{header}.{claims}.{'A' * len(signature)}", f"{header}..{signature}",
                  "..", "a" * 5000, "null", "{}"]
        for token in forged:
            self.expect(self.me(token), 401, "token_invalid")
        self.expect(self.me(self.site.token(person.person, lifetime_s=-1)), 401, "token_expired")
        self.expect(self.me(person.token), 200)

    def test_a_token_is_good_for_its_audience_only(self):
        person, admin = register(self.site), accounts.staff(self.site, ["admin"])
        self.expect(self.me(admin.token), 401, "token_invalid")
        self.expect(self.call("GET", "/api/v1/operations", None, person.token), 403, "staff_only")
        self.expect(self.refresh(admin.login["refresh_token"]), 401, "token_invalid")
        self.expect(self.refresh(person.login["refresh_token"], "/api/v1/staff/logins/refresh"), 401, "token_invalid")
        # A refresh token is no access token, nor the other way round.
        self.expect(self.me(person.login["refresh_token"]), 401, "token_invalid")
        self.expect(self.refresh(person.token), 401, "token_invalid")
        self.expect(self.log_in(person.username, path="/api/v1/staff/logins"), 403, "staff_only")

    def test_a_refresh_token_is_good_once_and_theft_ends_the_login(self):
        person = register(self.site)
        second = self.expect(self.refresh(person.login["refresh_token"]), 200)
        self.assertEqual(second["person"], person.person)
        third = self.expect(self.refresh(second["refresh_token"]), 200)
        self.assertEqual(len({person.login["refresh_token"], second["refresh_token"], third["refresh_token"]}), 3)
        self.assertLess(third["refresh_after"], third["expires_at"])
        other = log_in(self.site, person.username)
        self.expect(self.refresh(person.login["refresh_token"]), 401, "login_revoked")
        self.expect(self.refresh(third["refresh_token"]), 401, "login_revoked")
        self.expect(self.me(third["token"]), 401, "login_revoked")
        self.expect(self.me(other["token"]), 200)
        for wrong in ("", "x", "A" * 64, "A" * 4000):
            self.expect(self.refresh(wrong), 401, "token_invalid")

    def test_after_logging_out_nothing_of_the_login_works(self):
        person = register(self.site)
        stays = log_in(self.site, person.username)
        self.expect(self.call("DELETE", "/api/v1/logins/current", None, person.token), 204)
        self.expect(self.me(person.token), 401, "login_revoked")
        self.expect(self.refresh(person.login["refresh_token"]), 401, "login_revoked")
        self.expect(self.me(stays["token"]), 200)

    def test_logins_of_others_are_unknown(self):
        person, other = register(self.site), register(self.site)
        theirs = self.expect(self.call("GET", "/api/v1/logins", None, other.token), 200)["logins"]
        self.assertEqual([login["current"] for login in theirs], [True])
        self.expect(self.call("DELETE", f"/api/v1/logins/{theirs[0]['id']}", None, person.token), 404, "login_unknown")
        self.expect(self.me(other.token), 200)
        second = log_in(self.site, other.username)
        self.assertEqual(self.expect(self.call("DELETE", "/api/v1/logins", None, second["token"]), 200)["ended"], 1)
        self.expect(self.me(other.token), 401, "login_revoked")

    def test_who_is_disabled_is_out_at_once(self):
        person = register(self.site)
        stream = Stream(self.site, "", person.token)
        try:
            stream.next("time")
            accounts.disable(self.site, person)
            records = lambda: self.site.staff("GET", "/api/v1/operations?action=set_disabled").body
            self.site.wait_until(lambda: f"person {person.person}" in records(), "the record")
            self.assertNotIn("by a test", records())  # the reason is sealed with the person's own key
            self.expect(self.me(person.token), 403, "account_disabled")
            self.expect(self.refresh(person.login["refresh_token"]), 401)
            self.expect(self.log_in(person.username), 403, "account_disabled")
            self.expect(self.log_in(person.username, "wrong12345"), 401, "wrong_credentials")
            with self.assertRaisesRegex(AssertionError, "the stream ended"):
                stream.next("never")
        finally:
            stream.close()
        accounts.disable(self.site, person, False)
        self.expect(self.me(person.token), 401, "login_revoked")
        self.expect(self.log_in(person.username), 200)

    def test_logging_out_ends_the_event_stream(self):
        person = register(self.site)
        stream = Stream(self.site, "", person.token)
        try:
            stream.next("time")
            self.expect(self.call("DELETE", "/api/v1/logins/current", None, person.token), 204)
            with self.assertRaisesRegex(AssertionError, "the stream ended"):
                stream.next("never")
        finally:
            stream.close()

    def test_a_person_has_a_bounded_number_of_event_streams(self):
        person = register(self.site)
        streams = [Stream(self.site, "", person.token) for _ in range(9)]
        try:
            statuses = [stream.head.split(" ")[1] for stream in streams]
            self.assertEqual(statuses, ["200"] * 8 + ["503"])
        finally:
            for stream in streams:
                stream.close()

    # Cookies.

    def test_cookies_are_for_pages_of_this_site(self):
        person = register(self.site)
        asked = {"username": person.username, "password": PASSWORD, "cookies": True}
        for foreign in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            self.expect(self.call("POST", "/api/v1/logins", asked, None, foreign), 403, "cross_site_refused")
        answer = self.call("POST", "/api/v1/logins", asked, None, OURS)
        body = self.expect(answer, 200)
        self.assertNotIn("token", body)
        self.assertNotIn("refresh_token", body)
        lines = answer.headers.get_all("Set-Cookie")
        self.assertEqual(len(lines), 2)
        for line in lines:
            for word in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
                self.assertIn(word, line)
            self.assertNotIn("Domain", line)
        cookies = cookies_of(answer)
        self.assertEqual(set(cookies), {"__Host-onsale", "__Host-onsale-refresh"})
        self.expect(self.call("GET", "/api/v1/me", None, None, cookie_header(cookies)), 200)
        change = {"nickname": "By cookie"}
        for foreign in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                        {"Sec-Fetch-Site": "none"}, {"Origin": "null"}):
            self.expect(self.call("PATCH", "/api/v1/me", change, None, cookie_header(cookies, **foreign)), 403, "cross_site_refused")
            self.expect(self.call("POST", "/api/v1/logins/refresh", None, None, cookie_header(cookies, **foreign)), 403,
                        "cross_site_refused")
        self.expect(self.call("PATCH", "/api/v1/me", change, None, cookie_header(cookies, **OURS)), 200)
        origin = {"Origin": f"http://127.0.0.1:{self.site.port}"}
        self.expect(self.call("PATCH", "/api/v1/me", change, None, cookie_header(cookies, **origin)), 200)
        renewed = self.call("POST", "/api/v1/logins/refresh", None, None, cookie_header(cookies, **OURS))
        self.expect(renewed, 200)
        self.assertNotEqual(cookies_of(renewed), cookies)
        gone = self.call("DELETE", "/api/v1/logins/current", None, None, cookie_header(cookies_of(renewed), **OURS))
        self.expect(gone, 204)
        self.assertEqual(set(cookies_of(gone).values()), {""})
        self.expect(self.call("GET", "/api/v1/me", None, None, cookie_header(cookies_of(renewed))), 401, "login_revoked")

    def test_a_cookie_that_somebody_else_has_planted_gives_them_nothing(self):
        victim, attacker = register(self.site), register(self.site)
        asked = {"username": attacker.username, "password": PASSWORD, "cookies": True}
        planted = cookies_of(self.call("POST", "/api/v1/logins", asked, None, OURS))
        asked["username"] = victim.username
        mine = self.call("POST", "/api/v1/logins", asked, None, cookie_header(planted, **OURS))
        self.assertEqual(self.expect(mine, 200)["person"], victim.person)
        self.assertFalse(set(cookies_of(mine).values()) & set(planted.values()))
        theirs = self.call("GET", "/api/v1/me", None, None, cookie_header(planted))
        self.assertEqual(self.expect(theirs, 200)["person"], attacker.person)
        renewed = self.expect(self.call("POST", "/api/v1/logins/refresh", None, None, cookie_header(planted, **OURS)), 200)
        self.assertEqual(renewed["person"], attacker.person)

    # Staff.

    def test_the_first_administrator_has_to_change_the_password(self):
        with open(os.path.join(self.site.data, "keys", "first-admin.txt"), encoding="utf-8") as file:
            told = dict(line.strip().split(": ", 1) for line in file if ": " in line)
        self.assertEqual(os.stat(file.name).st_mode & 0o077, 0)
        path = "/api/v1/staff/logins"
        login = self.expect(self.log_in(told["username"], told["password"], path), 200)
        self.assertTrue(login["must_change_password"])
        token = login["token"]
        self.assertTrue(self.expect(self.call("GET", "/api/v1/staff/me", None, token), 200)["must_change_password"])
        for address in ("/api/v1/people", "/api/v1/operations", "/api/v1/audit"):
            self.expect(self.call("GET", address, None, token), 403, "password_change_required")
        change = {"old_password": told["password"], "new_password": told["password"]}
        self.expect(self.call("PUT", "/api/v1/staff/me/password", change, token), 400, "password_unchanged")
        change["new_password"] = NEXT_PASSWORD
        self.expect(self.call("PUT", "/api/v1/staff/me/password", change, token), 204)
        self.assertFalse(os.path.exists(file.name))
        self.expect(self.call("GET", "/api/v1/people", None, token), 200)
        self.assertFalse(self.expect(self.log_in(told["username"], NEXT_PASSWORD, path), 200)["must_change_password"])

    # Codes.

    def messages(self):
        path = os.path.join(self.site.data, "outbox.jsonl")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def code_for(self, target):
        self.site.wait_until(lambda: any(message["to"] == target for message in self.messages()), "the message")
        text = [message["text"] for message in self.messages() if message["to"] == target][-1]
        return next(word for word in "".join(c if c.isdigit() else " " for c in text).split() if len(word) == 6)

    def test_a_code_cannot_be_guessed(self):
        mobile = "13800000001"
        asked = {"purpose": "register", "mobile": mobile}
        self.expect(self.call("POST", "/api/v1/codes", asked), 202)
        again = self.call("POST", "/api/v1/codes", asked)
        self.expect(again, 429, "code_too_soon")
        self.assertGreater(int(again.headers["Retry-After"]), 0)
        right = self.code_for(mobile)
        new = {"password": PASSWORD, "nickname": "Code", "mobile": mobile}
        for number in range(5):
            wrong = f"{(int(right) + number + 1) % 1_000_000:06}"
            body = {"username": fresh_name("guess"), "mobile_code": wrong, **new}
            self.expect(self.call("POST", "/api/v1/people", body), 400, "code_wrong")
        body = {"username": fresh_name("guess"), "mobile_code": right, **new}
        self.expect(self.call("POST", "/api/v1/people", body), 429, "too_many_attempts")
        # From elsewhere, too, the code is spent.
        self.expect(self.call("POST", "/api/v1/people", body, None, {"X-Forwarded-For": "192.0.2.88"}), 400, "code_wrong")

    def test_a_code_is_good_once_for_its_purpose(self):
        email = "someone@example.org"
        self.expect(self.call("POST", "/api/v1/codes", {"purpose": "register", "email": email}), 202)
        code = self.code_for(email)
        self.expect(self.call("POST", "/api/v1/passwords/reset", {"email": email, "code": code, "password": NEXT_PASSWORD}),
                    400, "code_wrong")
        body = {"username": fresh_name("mail"), "password": PASSWORD, "nickname": "Mail", "email": email, "email_code": code}
        made = self.expect(self.call("POST", "/api/v1/people", body), 201)
        self.assertEqual(self.expect(self.me(made["token"]), 200)["email"], email)
        self.assertEqual(self.expect(self.log_in(email), 200)["person"], made["person"])
        body["username"] = fresh_name("mail")
        self.assertIn(self.call("POST", "/api/v1/people", body).code, ("code_wrong", "email_taken"))

    def test_asking_for_a_reset_does_not_tell_who_is_here(self):
        answers = [self.call("POST", "/api/v1/codes", {"purpose": "reset", "email": email})
                   for email in ("nobody-at-all@example.org", "nobody-else@example.org")]
        for answer in answers:
            self.assertEqual(set(self.expect(answer, 202)), {"resend_after", "expires_at"})
        self.assertFalse([message for message in self.messages() if message["to"].startswith("nobody")])

    def test_registering_neither_fills_the_queue_nor_tells_who_is_here(self):
        mobile, there = "13800000002", {"X-Forwarded-For": "198.51.100.20"}
        self.expect(self.call("POST", "/api/v1/codes", {"purpose": "register", "mobile": mobile}), 202)
        new = {"password": PASSWORD, "nickname": "Flood", "mobile": mobile}
        body = {"username": fresh_name("flood"), "mobile_code": self.code_for(mobile), **new}
        self.expect(self.call("POST", "/api/v1/people", body, None, there), 201)
        for known in (mobile, "13800000003"):
            body = {"username": fresh_name("flood"), **new, "mobile": known, "mobile_code": "000000"}
            self.expect(self.call("POST", "/api/v1/people", body, None, there), 400, "code_wrong")
        taken = {"username": register(self.site).username, "password": PASSWORD, "nickname": "Flood"}
        answers = [self.call("POST", "/api/v1/people", taken, None, there) for _ in range(60)]
        self.assertEqual({answer.code for answer in answers}, {"username_taken", "too_many_attempts"})
        self.expect(self.call("POST", "/api/v1/people", taken, None, {"X-Forwarded-For": "198.51.100.21"}), 409, "username_taken")

    def test_strangers_write_no_records(self):
        def actions():
            page = self.site.staff("GET", "/api/v1/operations?limit=100").json
            return [(one["action"], one["result"]) for one in page["operations"]]
        person, there = register(self.site), {"X-Forwarded-For": "198.51.100.30"}
        taken = {"username": person.username, "password": PASSWORD, "nickname": "Record"}
        self.expect(self.call("POST", "/api/v1/people", taken, None, there), 409, "username_taken")
        asked = {"username": person.username, "password": PASSWORD, "cookies": True}
        self.expect(self.call("POST", "/api/v1/logins", asked, None, there), 403, "cross_site_refused")
        self.expect(self.log_in(person.username, "wrong12345", address="198.51.100.30"), 401, "wrong_credentials")
        self.site.wait_until(lambda: ("log_in", "wrong_credentials") in actions(), "the record")
        self.assertFalse({"username_taken", "cross_site_refused"} & {result for _, result in actions()})

    def test_a_contact_changes_with_the_password_and_its_code(self):
        person, email = register(self.site), "mine@example.org"
        self.expect(self.call("POST", "/api/v1/codes", {"purpose": "change", "email": email}), 202)
        body = {"email": email, "code": self.code_for(email)}
        for wrong in ({}, {"password": "wrong12345"}):
            self.expect(self.call("PUT", "/api/v1/me/email", {**body, **wrong}, person.token), 403, "password_wrong")
        body["password"] = PASSWORD
        self.assertEqual(self.expect(self.call("PUT", "/api/v1/me/email", body, person.token), 200)["email"], email)
        other = "other@example.org"
        self.expect(self.call("POST", "/api/v1/codes", {"purpose": "change", "email": other}), 202)
        before = len([message for message in self.messages() if message["to"] == email])
        body = {"email": other, "code": self.code_for(other), "password": PASSWORD}
        self.expect(self.call("PUT", "/api/v1/me/email", body, person.token), 200)
        self.site.wait_until(lambda: len([message for message in self.messages() if message["to"] == email]) > before, "the word")

    def test_a_stream_ends_with_its_token(self):
        person = register(self.site)
        stream = Stream(self.site, "", self.site.token(person.person, lifetime_s=2))
        try:
            stream.next("time")
            with self.assertRaisesRegex(AssertionError, "the stream ended"):
                stream.next("never")
        finally:
            stream.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
