#!/usr/bin/env python3
"""Signed tickets: read, checked by the server and by published keys alone, on paper, in a calendar, void, under a new key.

    tests/functional/tickets_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import json
import os
import subprocess
import sys
import unittest
import urllib.request

sys.dont_write_bytecode = True

from accounts import done, staff  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
BUYER = 11
NOT_VALID = 2


class Tickets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS)
        cls.sessions = iter(range(1000, 2000, 10))

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()
        cls.site.remove()

    def buy(self):
        """One free ticket of a session of its own: the ticket as its person reads it."""
        number = next(self.sessions)
        offer = session(number, [{"id": 1, "count": 10}], [{"id": number + 1, "pool": 1}], [{"id": number + 2, "tiers": [number + 1]}])
        done(self.site.staff("POST", "/api/v1/sessions", offer), 201)
        order = done(self.site.order(BUYER, number + 2, [(number + 1, 1)]), 201)["order"]
        return self.read(order["tickets"][0]["id"])

    def read(self, ticket):
        return done(self.site.call("GET", f"/api/v1/tickets/{ticket}", token=self.site.person(BUYER)), 200)

    def check(self, code):
        return done(self.site.call("POST", "/api/v1/tickets/check", {"code": code}), 200)

    def verify(self, code, *arguments, expected=0):
        command = [self.site.onsale, "verify-ticket", code, "--json", *arguments]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(run.returncode, expected, run.stdout + run.stderr)
        return json.loads(run.stdout) if run.stdout else {}

    def keys_file(self):
        path = os.path.join(self.site.folder, "keys.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.site.call("GET", "/api/v1/tickets/keys").body)
        return path

    def file(self, ticket, name):
        """Bytes and headers of one of a ticket's files."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.site.port}/api/v1/tickets/{ticket}/{name}?language=zh")
        request.add_header("Authorization", "Bearer " + self.site.person(BUYER))
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read(), answer.headers

    def test_a_code_is_good_for_the_server_and_for_published_keys_alone(self):
        ticket = self.buy()
        self.assertRegex(ticket["signed_code"], r"^[A-Z2-7]{152}$")
        self.assertEqual(self.read(ticket["id"])["signed_code"], ticket["signed_code"], "the same whenever it is read")
        checked = self.check(ticket["signed_code"])
        self.assertEqual((checked["result"], checked["ticket"], checked["show"]["en"]), ("valid", ticket["id"], "Trial"))
        self.assertNotIn("person", json.dumps(checked))
        server = f"http://127.0.0.1:{self.site.port}"
        self.assertEqual(self.verify(ticket["signed_code"], "--server", server), checked)
        alone = self.verify(ticket["signed_code"], "--keys", self.keys_file())
        self.assertEqual((alone["result"], alone["ticket"]), ("valid", ticket["id"]))
        listed = done(self.site.call("GET", "/api/v1/tickets", token=self.site.person(BUYER)), 200)["tickets"]
        self.assertTrue(all("signed_code" not in one for one in listed), "nothing is signed for a list")

    def test_what_is_no_ticket_of_this_site_is_told_apart(self):
        code = self.buy()["signed_code"]
        altered = code[:-1] + ("A" if code[-1] != "A" else "B")
        other = Site(*PROGRAMS)
        try:
            foreign = done(other.call("POST", "/api/v1/tickets/check", {"code": code}), 200)
        finally:
            other.stop()
            other.remove()
        self.assertEqual(foreign, {"result": "unknown_key"})
        self.assertEqual(self.check(altered), {"result": "forged"})
        self.assertEqual(self.check("HELLO"), {"result": "malformed"})
        self.assertEqual(self.verify(altered, "--keys", self.keys_file(), expected=NOT_VALID)["result"], "forged")

    def test_a_cancelled_session_voids_its_tickets(self):
        ticket = self.buy()
        done(self.site.staff("POST", f"/api/v1/sessions/{ticket['session']}/cancel", {"reason": {"zh": "雨", "en": "rain"}}), 200)
        checked = self.check(ticket["signed_code"])
        self.assertEqual((checked["result"], checked["reason"]), ("void", "session_cancelled"))
        shown = self.read(ticket["id"])
        self.assertEqual((shown["state"], shown["void_reason"], shown["code"]), ("void", "session_cancelled", ""))
        self.assertNotIn("signed_code", shown)
        held = done(self.site.call("GET", f"/ticket/detail?ticketId={ticket['id']}", token=self.site.person(BUYER)), 200)
        self.assertFalse(held["isEffective"])
        path = f"/api/v1/tickets/{ticket['id']}/ticket.pdf"
        self.assertEqual(self.site.call("GET", path, token=self.site.person(BUYER)).code, "ticket_void")
        calendar, _ = self.file(ticket["id"], "ticket.ics")
        self.assertIn(b"STATUS:CANCELLED\r\n", calendar)

    def test_files_are_for_the_tickets_person_only(self):
        ticket = self.buy()["id"]
        pdf, headers = self.file(ticket, "ticket.pdf")
        self.assertTrue(pdf.startswith(b"%PDF-"))
        self.assertEqual(headers["Content-Type"], "application/pdf")
        self.assertIn(f"ticket-{ticket}.pdf", headers["Content-Disposition"])
        calendar, _ = self.file(ticket, "ticket.ics")
        self.assertIn(b"DTSTART:20981231T120000Z\r\n", calendar)
        self.assertIn("SUMMARY:测试\r\n".encode(), calendar)
        for name in ("ticket.pdf", "ticket.ics"):
            answer = self.site.call("GET", f"/api/v1/tickets/{ticket}/{name}", token=self.site.person(BUYER + 1))
            self.assertEqual(answer.code, "ticket_unknown", answer)

    def test_a_new_key_is_published_at_once_and_old_tickets_stay_good(self):
        ticket = self.buy()
        before = done(self.site.call("GET", "/api/v1/tickets/keys"), 200)["keys"]
        command = [self.site.onsale, "rotate-ticket-keys", "--in", "3600", "--data", self.site.data, "--port", str(self.site.port)]
        made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
        after = done(self.site.call("GET", "/api/v1/tickets/keys"), 200)["keys"]
        self.assertEqual(len(after), len(before) + 1)
        self.assertEqual((after[-1]["id"], after[-1]["from"]), (made["key"], made["from"]))
        self.assertEqual(after[-2]["until"], made["from"])
        self.assertEqual(self.read(ticket["id"])["signed_code"], ticket["signed_code"])
        self.assertEqual(self.check(ticket["signed_code"])["result"], "valid")
        operator = staff(self.site, ["operator"], [1])
        refused = self.site.call("POST", "/api/v1/tickets/keys", {}, operator.token)
        self.assertEqual(refused.code, "admin_only", refused)

    def test_who_checks_too_often_waits(self):
        """Behind a proxy each client has a bucket of its own; here all share one address."""
        site = Site(*PROGRAMS)
        try:
            answers = [site.call("POST", "/api/v1/tickets/check", {"code": "HELLO"}) for _ in range(80)]
        finally:
            site.stop()
            site.remove()
        self.assertEqual(answers[0].status, 200)
        held = [answer for answer in answers if answer.status == 429]
        self.assertTrue(held)
        self.assertEqual(held[0].code, "too_many_attempts")
        self.assertGreaterEqual(int(held[0].headers["Retry-After"]), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
