#!/usr/bin/env python3
"""Why somebody was refused, what became of an order, and how a session stood at a moment: over HTTP and by the verbs.

    tests/functional/explain_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import json
import os
import subprocess
import sys
import unittest
import urllib.parse

sys.dont_write_bytecode = True

from accounts import done, staff  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
SESSION, FREE, PAID, RUSH, LATER = 1000, 1001, 1002, 1003, 1004


class Explanations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = site = Site(*PROGRAMS)
        offer = session(SESSION, [{"id": 1, "count": 3}, {"id": 2, "count": 50}],
                        [{"id": FREE, "pool": 1}, {"id": PAID, "pool": 2, "price": "12.50"}],
                        [{"id": RUSH, "tickets_per_order": 2, "tiers": [FREE, PAID]},
                         {"id": LATER, "opens_at": "2090-01-01T00:00:00+08:00", "tiers": [FREE]}], orders_per_person=2)
        done(site.staff("POST", "/api/v1/sessions", offer), 201)
        cls.first, cls.second = staff(site, ["operator"], [1]), staff(site, ["operator"], [2])
        cls.orders = [done(site.order(person, RUSH, [(FREE, 1)]), 201)["order"]["id"] for person in (11, 12, 13)]

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()
        cls.site.remove()

    def explain(self, person, **question):
        return self.site.call("POST", "/api/v1/explanations", question, self.site.person(person))

    def refused(self, person, campaign, lines, code):
        answer = self.site.order(person, campaign, lines)
        self.assertEqual(answer.code, code, answer)
        return answer.json["receipt"]

    def verb(self, *arguments, code=0):
        command = [self.site.onsale, *arguments, "--data", self.site.data]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "LANG": "C"})
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def test_sold_out_tells_stock_and_the_last_sale(self):
        receipt = self.refused(20, RUSH, [(FREE, 1)], "sold_out")
        told = done(self.explain(20, receipt=receipt), 200)
        refusal = told["refusal"]
        self.assertEqual((refusal["reason"], refusal["agreement"], refusal["free"]), ("sold_out", "agrees", 0))
        pool = next(pool for pool in refusal["pools"] if pool["pool"] == 1)
        self.assertEqual((pool["free"], pool["held"]), (0, 0))
        self.assertEqual(pool["last_sale"]["order"], self.orders[2])
        self.assertLessEqual(pool["last_sale"]["position"]["sequence"], refusal["position"]["sequence"])
        self.assertEqual(refusal["counted"]["orders"], 0)
        self.assertIn(f"order #{self.orders[2]} at position", " ".join(told["sentences"]["en"]))
        self.assertIn("已售罄", told["sentences"]["zh"][0])
        again = done(self.site.call("POST", "/api/v1/explanations", {"receipt": self.refused(20, RUSH, [(FREE, 1)], "sold_out")},
                                    self.site.person(20)), 200)
        self.assertGreaterEqual(again["refusal"]["position"]["sequence"], refusal["position"]["sequence"])
        full = done(self.site.call("POST", "/api/v1/staff/explanations", {"receipt": receipt, "person": 20}, self.first.token), 200)
        pool = next(pool for pool in full["refusal"]["pools"] if pool["pool"] == 1)
        self.assertEqual([pool[part] for part in ("capacity", "free", "held", "sold", "withdrawn")], [3, 0, 0, 3, 0])
        said = self.verb("explain", receipt, "--person", "20")
        for sentence in full["sentences"]["en"]:
            self.assertIn(sentence, said)
        self.assertIn("已售罄", self.verb("explain", receipt, "--language", "zh"))
        self.assertEqual(json.loads(self.verb("explain", receipt, "--person", "20", "--json"))["refusal"], full["refusal"])

    def test_persons_do_not_read_the_books(self):
        for lines, code, pools in (([(FREE, 1)], "sold_out", True), ([(77, 1)], "tier_unknown", False)):
            receipt = self.refused(28, RUSH, lines, code)
            refusal = done(self.explain(28, receipt=receipt), 200)["refusal"]
            self.assertEqual(bool(refusal["pools"]), pools)
            told = [refusal.get(name) for name in ("ordinal", "orders_before")]
            told += [pool.get(name) for pool in refusal["pools"] for name in ("capacity", "sold", "withdrawn")]
            self.assertEqual(set(told), {None})
            whole = done(self.site.call("POST", "/api/v1/staff/explanations", {"receipt": receipt}, self.first.token), 200)["refusal"]
            self.assertTrue(whole["pools"] and whole["orders_before"] >= 3)

    def test_limits_name_the_orders_that_counted_to_their_person_only(self):
        mine = [done(self.site.order(21, RUSH, [(PAID, 1)]), 201)["order"]["id"] for _ in range(2)]
        receipt = self.refused(21, RUSH, [(PAID, 1)], "over_orders_per_person")
        counted = done(self.explain(21, receipt=receipt), 200)["refusal"]["counted"]
        self.assertEqual(sorted(order["order"] for order in counted["list"]), sorted(mine))
        self.assertEqual((counted["orders"], counted["orders_per_person"]), (2, 2))
        other = self.explain(22, receipt=receipt)
        self.assertEqual((other.status, other.code), (403, "receipt_not_yours"), other)
        self.assertNotIn(str(mine[0]), other.body)
        for_staff = lambda body: done(self.site.call("POST", "/api/v1/staff/explanations", body, self.first.token), 200)  # noqa: E731
        self.assertEqual(for_staff({"receipt": receipt})["refusal"]["agreement"], "unknown")
        self.assertEqual(for_staff({"receipt": receipt, "person": 21})["refusal"]["agreement"], "agrees")

    def test_windows_and_wishes_are_told(self):
        early = done(self.explain(23, receipt=self.refused(23, LATER, [(FREE, 1)], "not_open_yet")), 200)
        self.assertEqual(early["refusal"]["agreement"], "agrees")
        self.assertIn("2090-01-01 00:00:00.000 +08:00", " ".join(early["sentences"]["en"]))
        for lines, code in (([(FREE, 3)], "over_tickets_per_order"), ([(9, 1)], "tier_unknown"), ([(FREE, 1), (FREE, 1)], "tier_repeated")):
            told = done(self.explain(23, receipt=self.refused(23, RUSH, lines, code)), 200)["refusal"]
            self.assertEqual((told["reason"], told["agreement"]), (code, "agrees"))

    def test_forged_receipts_and_bad_questions(self):
        receipt = self.refused(24, RUSH, [(FREE, 1)], "sold_out")
        changed = receipt[:40] + ("A" if receipt[40] != "A" else "B") + receipt[41:]
        for text in (changed, "x", "", receipt + "A", receipt[:-2]):
            answer = self.explain(24, receipt=text)
            self.assertEqual((answer.status, answer.code), (400, "receipt_invalid"), text)
        self.assertIn("no receipt of this site", self.verb("explain", changed, code=1))
        for question in ({}, {"receipt": receipt, "order": 1}, {"receipt": 7}):
            self.assertEqual(self.explain(24, **question).code, "invalid_field")
        other = Site(*PROGRAMS)
        try:
            foreign = other.call("POST", "/api/v1/explanations", {"receipt": receipt}, other.person(24))
            self.assertEqual(foreign.code, "receipt_invalid", foreign)
        finally:
            other.stop()
            other.remove()

    def test_an_order_tells_its_facts(self):
        order = done(self.site.order(25, RUSH, [(PAID, 2)]), 201)["order"]["id"]
        told = done(self.explain(25, order=order), 200)["order"]
        self.assertEqual((told["state"], told["cause"], [fact["state"] for fact in told["facts"]]), ("reserved", "none", ["reserved"]))
        self.assertEqual(told["lines"][0]["unit_price"], {"minor": 1250, "currency": "CNY"})
        done(self.site.call("POST", f"/api/v1/orders/{order}/cancel", None, self.site.person(25)), 200)
        explained = done(self.explain(25, order=order), 200)
        told = explained["order"]
        self.assertEqual((told["state"], told["cause"]), ("cancelled", "person"))
        self.assertEqual([fact["state"] for fact in told["facts"]], ["reserved", "cancelled"])
        positions = [fact["position"]["sequence"] for fact in told["facts"]]
        self.assertLess(positions[0], positions[1])
        self.assertEqual(self.explain(26, order=order).code, "order_unknown")
        self.assertEqual(self.explain(25, order=2**53 - 1).code, "order_unknown")
        self.assertEqual(json.loads(self.verb("explain", str(order), "--json")), explained)
        self.verb("explain", "99999999", code=1)

    def test_staff_of_the_organiser_and_nobody_else(self):
        receipt = self.refused(27, RUSH, [(FREE, 1)], "sold_out")
        ask = lambda token, body: self.site.call("POST", "/api/v1/staff/explanations", body, token)  # noqa: E731
        for body in ({"receipt": receipt}, {"order": self.orders[0]}):
            self.assertEqual(ask(self.first.token, body).status, 200)
            self.assertEqual(ask(self.second.token, body).code, "not_your_organiser")
            self.assertEqual(ask(self.site.person(27), body).code, "staff_only")
        self.assertEqual(self.site.call("POST", "/api/v1/explanations", {"receipt": receipt}).code, "login_required")

    def history(self, at=None, number=SESSION, token=None):
        query = "" if at is None else "?at=" + urllib.parse.quote(str(at))
        return self.site.call("GET", f"/api/v1/sessions/{number}/history{query}", None, token or self.first.token)

    def test_history_of_a_session(self):
        whole = done(self.history(), 200)
        points = whole["points"]
        self.assertEqual((points[0]["free"], points[0]["sold"], points[0]["completed"]), (53, 0, 0))
        self.assertTrue(whole["complete"] and whole["then"]["known"])
        for point in points[::3]:
            then = done(self.history(point["sequence"]), 200)["then"]
            self.assertEqual(then["position"]["at"], point["at"])
            self.assertEqual(sum(pool["free"] for pool in then["pools"]), point["free"])
            self.assertEqual(then["orders"]["completed"], point["completed"])
            by_time = done(self.history(point["at"]), 200)["then"]["position"]
            self.assertGreaterEqual(by_time["sequence"], point["sequence"])
            self.assertEqual(by_time["at"], point["at"])
            table = self.verb("stock", "--session", str(SESSION), "--at", str(point["sequence"]))
            self.assertIn(f"position {point['sequence']}, {point['at']}", table)
            self.assertIn(f"{point['completed']} completed", table)
        before = done(self.history("2020-01-01T00:00:00Z"), 200)["then"]
        self.assertEqual((before["known"], before["pools"], before["position"]["sequence"]), (False, [], 0))
        self.assertEqual(self.history(10**9).code, "position_unknown")
        self.assertEqual(self.history("yesterday").code, "invalid_field")
        self.assertEqual(self.history(token=self.second.token).code, "not_your_organiser")
        later = "2099-01-01T00:00:00+08:00"
        self.assertEqual(self.verb("stock", "--at", later), self.verb("stock"))
        self.verb("stock", "--at", "17", code=1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
