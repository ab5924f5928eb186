#!/usr/bin/env python3
"""Buyers want money back of orders that a real bank was paid for: terms, words, reviews, the bank, and who may see what.

    tests/functional/refunds_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True

from accounts import register, staff  # noqa: E402
from bank_process import NO_FAULTS, TELLER, Bank, Credentials  # noqa: E402
from case import Case  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
CAMPAIGN, TIER, PRICE = 1001, 2001, 1000
STRICT_CAMPAIGN, STRICT_TIER, STRICT = 1101, 2101, 101
LOST_CAMPAIGN, LOST_TIER, LOST = 1201, 2201, 102  # is cancelled


class RefundsTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS, variables={"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed"})
        terms = {"refund_until_hours": 48, "refund_fee_percent": "10", "refund_second_review_from": "20.00"}
        for number, campaign, tier, more in ((100, CAMPAIGN, TIER, terms), (STRICT, STRICT_CAMPAIGN, STRICT_TIER, {}),
                                             (LOST, LOST_CAMPAIGN, LOST_TIER, {})):
            made = cls.site.staff("POST", "/api/v1/sessions",
                                  session(number, [{"id": 1, "count": 500}], [{"id": tier, "pool": 1, "price": "10.00"}],
                                          [{"id": campaign, "tickets_per_order": 4, "tiers": [tier]}], **more))
            assert made.status == 201, made
        path = os.path.join(cls.site.folder, "bank-1.toml")
        subprocess.run([PROGRAMS[0], "banks", "put", "1", "--name-zh", "测试银行", "--name-en", "Trial Bank", "--credentials", path,
                        "--data", cls.site.data, "--server", f"http://127.0.0.1:{cls.site.port}"], check=True, stdout=subprocess.DEVNULL,
                       timeout=60)
        with open(path, encoding="utf-8") as file:
            cls.bank = Bank(PROGRAMS[0], Credentials(file.read(), cls.site.port), {"ada": 1000000})
        cls.site.wait_until(lambda: any(one["usable"] for one in cls.site.call("GET", "/api/v1/banks").json["banks"]), "the bank")
        cls.login = cls.bank.log_in("ada")
        cls.buyer, cls.other = register(cls.site), register(cls.site)
        cls.first, cls.second = staff(cls.site, ["operator"], [1]), staff(cls.site, ["operator"], [1])
        cls.stranger = staff(cls.site, ["operator"], [2])

    @classmethod
    def tearDownClass(cls):
        assert cls.bank.stop() == 0
        assert cls.site.stop() == 0
        cls.bank.remove()
        cls.site.remove()

    def get(self, path, account=None, status=200):
        return self.expect(self.site.call("GET", path, token=(account or self.buyer).token), status)

    def buy(self, quantity=1, campaign=CAMPAIGN, tier=TIER):
        wish = {"campaign": campaign, "lines": [{"tier": tier, "quantity": quantity}]}
        order = self.expect(self.site.call("POST", "/api/v1/orders", wish, self.buyer.token), 201)["order"]["id"]
        granted = self.bank.grant(self.login, str(order), quantity * PRICE)
        body = {"bank": 1, "way": "token", "token": self.expect(granted, 201)["token"]}
        self.expect(self.site.call("POST", f"/api/v1/orders/{order}/payments", body, self.buyer.token), 201)
        self.wait_state(order, "completed")
        return order

    def wait_state(self, order, state):
        self.site.wait_until(lambda: self.get(f"/api/v1/orders/{order}")["order"]["state"] == state, f"order {order} as {state}")

    def ask(self, order, account=None, **body):
        body = {"reason": "schedule", "note": "临时有事", **body}
        return self.site.call("POST", f"/api/v1/orders/{order}/refunds", body, (account or self.buyer).token)

    def review(self, refund, account, approve=True, reason=None):
        return self.site.call("POST", f"/api/v1/staff/refunds/{refund}/review", {"approve": approve, "reason": reason or ""}, account.token)

    def test_a_refund_is_reviewed_done_at_the_bank_and_told(self):
        order = self.buy()
        payments = self.get(f"/api/v1/orders/{order}/payments")["payments"]
        self.assertEqual([(one["state"], one["use"], one["captured"], one["bank_name"]["en"]) for one in payments],
                         [("captured", "order", PRICE, "Trial Bank")])
        self.assertEqual(self.get(f"/api/v1/payments/{payments[0]['payment']}"), payments[0])
        terms = self.get(f"/api/v1/orders/{order}/refund-terms")
        self.assertEqual((terms["allowed"], terms["paid"], terms["fee"], terms["amount"], terms["until"], terms["reviewed"]),
                         (True, 1000, 100, 900, "2098-12-29T12:00:00.000Z", True))
        asked = self.expect(self.ask(order), 201)
        self.assertEqual((asked["state"], asked["note"], asked["reason"], asked["amount"], asked["fee"], asked["approvals_needed"]),
                         ("requested", "临时有事", "schedule", 900, 100, 1))
        self.assertEqual(self.expect(self.ask(order, note="again"), 200), asked)
        self.assertFalse(self.get(f"/api/v1/orders/{order}/refund-terms")["allowed"])
        done = self.expect(self.review(asked["refund"], self.first), 200)
        self.assertEqual((done["state"], done["note"], done["first_reviewer"]), ("approved", "临时有事", self.first.person))
        self.expect(self.review(asked["refund"], self.second), 409, "refund_not_pending")
        self.wait_state(order, "refunded")

        def kinds():
            return {one["kind"] for one in self.get("/api/v1/me/messages?limit=100")["messages"] if one["refund"] == asked["refund"]}
        self.site.wait_until(lambda: kinds() == {"refund_approved", "refund_completed"}, "the messages")
        message = self.get("/api/v1/me/messages?limit=1")["messages"][0]
        path = f"/api/v1/me/messages/{message['message']}/read"
        self.expect(self.site.call("PUT", path, None, self.other.token), 404, "message_unknown")
        self.expect(self.site.call("PUT", path, None, self.buyer.token), 204)
        self.assertTrue(self.get("/api/v1/me/messages?limit=1")["messages"][0]["read"])
        self.assertEqual(self.get("/api/v1/me/messages", self.other)["messages"], [])
        listed = self.get("/api/v1/refunds?limit=100")["refunds"]
        self.assertEqual([one["state"] for one in listed if one["refund"] == asked["refund"]], ["completed"])
        kept = [one for one in self.get("/api/v1/me/export")["refunds"] if one["refund"] == asked["refund"]]
        self.assertEqual([(one["note"], one["reason"], one["state"], one["amount"]) for one in kept],
                         [("临时有事", "schedule", "completed", 900)])
        self.assertEqual(self.get("/api/v1/me/export", self.other)["refunds"], [])
        figures = self.get("/api/v1/sessions/100/refunds", self.first)
        self.assertGreaterEqual(figures["completed"], 1)
        self.assertEqual(figures["approved"], figures["completed"] + figures["parked"])
        self.assertNotIn("cancellation", figures)

    def test_from_an_amount_on_two_people_review(self):
        refund = self.expect(self.ask(self.buy(2)), 201)["refund"]
        one = self.expect(self.review(refund, self.first), 200)
        self.assertEqual((one["state"], one["approvals"], one["approvals_needed"]), ("requested", 1, 2))
        self.expect(self.review(refund, self.first), 409, "refund_same_reviewer")
        self.assertEqual(self.expect(self.review(refund, self.second), 200)["state"], "approved")

    def test_a_rejection_has_a_reason_and_the_order_stays(self):
        order = self.buy()
        refund = self.expect(self.ask(order), 201)["refund"]
        self.expect_field(self.review(refund, self.first, approve=False), "reason")
        self.assertEqual(self.expect(self.review(refund, self.first, False, "已出票"), 200)["state"], "rejected")
        self.wait_state(order, "completed")
        mine = lambda: [one for one in self.get("/api/v1/refunds")["refunds"] if one["refund"] == refund]  # noqa: E731
        self.site.wait_until(lambda: mine() and mine()[0]["state"] == "rejected", "the list")
        self.assertEqual((mine()[0]["review"], mine()[0]["approvals"]), ("已出票", 0))

    def test_a_buyer_takes_a_refund_back(self):
        order = self.buy()
        refund = self.expect(self.ask(order), 201)["refund"]
        self.expect(self.site.call("DELETE", f"/api/v1/refunds/{refund}", token=self.other.token), 404, "refund_unknown")
        back = self.expect(self.site.call("DELETE", f"/api/v1/refunds/{refund}", token=self.buyer.token), 200)
        self.assertEqual(back["state"], "cancelled")
        self.wait_state(order, "completed")
        self.expect(self.review(refund, self.first), 409, "refund_not_pending")

    def test_nobody_else_sees_or_touches_it(self):
        order = self.buy()
        payment = self.get(f"/api/v1/orders/{order}/payments")["payments"][0]["payment"]
        for path, code in ((f"/api/v1/orders/{order}/payments", "order_unknown"), (f"/api/v1/payments/{payment}", "payment_unknown"),
                           (f"/api/v1/orders/{order}/refund-terms", "order_unknown")):
            self.expect(self.site.call("GET", path, token=self.other.token), 404, code)
        self.expect(self.ask(order, self.other), 404, "order_unknown")
        refund = self.expect(self.ask(order), 201)["refund"]
        self.expect(self.review(refund, self.stranger), 403, "not_your_organiser")
        self.expect(self.review(refund + 1, self.first), 404, "refund_unknown")
        resume = f"/api/v1/staff/refunds/{refund}/resume"
        self.expect(self.site.call("POST", resume, None, self.stranger.token), 403, "not_your_organiser")
        self.expect(self.site.call("POST", resume, None, self.first.token), 409, "not_parked")
        resume = f"/api/v1/staff/payments/{payment}/resume"
        self.expect(self.site.call("POST", resume, None, self.first.token), 409, "not_parked")
        seen = lambda who, path, field: self.get(path, who)[field]  # noqa: E731
        by_order = f"/api/v1/staff/payments?order={order}"
        self.site.wait_until(lambda: [one["payment"] for one in seen(self.first, by_order, "payments")] == [payment], "the rows")
        self.assertEqual(seen(self.stranger, by_order, "payments"), [])
        waiting = "/api/v1/staff/refunds?state=requested&limit=100"
        self.site.wait_until(lambda: refund in [one["refund"] for one in seen(self.first, waiting, "refunds")], "the reviews")
        self.assertEqual(seen(self.stranger, waiting, "refunds"), [])
        self.assertEqual(self.get("/api/v1/refunds", self.other)["refunds"], [])

    def test_what_is_asked_for_is_looked_at(self):
        order = self.buy()
        self.expect_field(self.ask(order, reason="bored"), "reason")
        self.expect_field(self.ask(order, note="退" * 201), "note")
        self.expect_field(self.site.call("GET", "/api/v1/staff/payments?parked=yes", token=self.first.token), "parked")
        self.expect_field(self.site.call("GET", "/api/v1/staff/refunds?state=lost", token=self.first.token), "state")

    def test_without_terms_nothing_is_given_back_until_they_are_changed(self):
        order = self.buy(1, STRICT_CAMPAIGN, STRICT_TIER)
        terms = self.get(f"/api/v1/orders/{order}/refund-terms")
        self.assertEqual((terms["allowed"], terms["why_not"], terms.get("until")), (False, "refund_not_allowed", None))
        self.expect(self.ask(order), 409, "refund_not_allowed")
        change = {"refund_fee_percent": "2.5", "refund_review": False, "late_payment": "same"}
        path = f"/api/v1/sessions/{STRICT}"
        self.expect_field(self.site.staff("PATCH", path, {**change, "orders_per_person": 5}), "late_payment")
        self.expect_field(self.site.staff("PATCH", path, {"refund_fee_percent": "101"}), "refund_fee_percent")
        self.expect(self.site.staff("PATCH", path, change), 200)
        shown = self.expect(self.site.staff("GET", path), 200)
        self.assertEqual((shown["refund_allowed"], shown["refund_until_hours"], shown["refund_fee_percent"], shown["refund_review"],
                          shown["late_payment"]), (True, 48, "2.50", False, "same"))
        asked = self.expect(self.ask(order), 201)
        self.assertEqual((asked["state"], asked["fee"], asked["amount"]), ("approved", 25, 975))
        self.wait_state(order, "refunded")

    def refuses(self, percent):
        teller = self.bank.log_in(TELLER, "tellers")
        faults = {"refunds_accepted_percent": percent, "refunds_refused_percent": percent, "refunds_settled_after_seconds": 0}
        self.expect(self.bank.call("PUT", "/api/v1/teller/faults", {**NO_FAULTS, **faults}, teller), 200)

    def refused_refund(self):
        """An order and its refund that the bank has refused for good."""
        order = self.buy()
        refund = self.expect(self.ask(order), 201)["refund"]
        self.refuses(100)
        self.expect(self.review(refund, self.first), 200)
        self.site.wait_until(lambda: self.parked(refund).get("refused"), "the refusal")
        return order, refund

    def parked(self, refund):
        rows = self.get("/api/v1/staff/refunds?state=parked&limit=100", self.first)["refunds"]
        return next((one for one in rows if one["refund"] == refund), {})

    def test_what_the_bank_refuses_goes_on_under_a_new_name(self):
        order, refund = self.refused_refund()
        self.refuses(0)
        self.expect(self.site.call("POST", f"/api/v1/staff/refunds/{refund}/resume", None, self.first.token), 200)
        self.wait_state(order, "refunded")

    def test_what_the_bank_never_pays_is_settled_otherwise_by_two_people(self):
        order, refund = self.refused_refund()
        path = f"/api/v1/staff/refunds/{refund}/settlement"
        note = {"note": "2026-11-20 电汇"}
        self.expect(self.site.call("POST", path, note, self.stranger.token), 403, "not_your_organiser")
        self.expect_field(self.site.call("POST", path, {"note": ""}, self.first.token), "note")
        said = self.expect(self.site.call("POST", path, note, self.first.token), 200)
        self.assertEqual((said["state"], said["first_settler"]), ("parked", self.first.person))
        self.expect(self.site.call("POST", path, note, self.first.token), 409, "refund_same_reviewer")
        said = self.expect(self.site.call("POST", path, note, self.second.token), 200)
        self.assertEqual((said["state"], said["second_settler"], said["review"]), ("completed", self.second.person, note["note"]))
        self.wait_state(order, "refunded")
        self.refuses(0)

    def test_what_the_bank_may_still_pay_is_not_settled_otherwise(self):
        refund = self.expect(self.ask(self.buy()), 201)["refund"]
        path = f"/api/v1/staff/refunds/{refund}/settlement"
        self.expect(self.site.call("POST", path, {"note": "电汇"}, self.first.token), 409, "refund_not_refused")

    def test_days_have_what_was_paid_and_given_back(self):
        self.expect(self.site.call("GET", "/api/v1/payment-days", token=self.first.token), 403, "admin_only")
        self.expect_field(self.site.staff("GET", "/api/v1/payment-days?days=367"), "days")
        days = lambda: self.expect(self.site.staff("GET", "/api/v1/payment-days"), 200)["days"]  # noqa: E731
        total = lambda field: sum(one[field] for one in days())  # noqa: E731
        before = total("amount"), total("refunded")
        order = self.buy()
        refund = self.expect(self.ask(order), 201)["refund"]
        self.expect(self.review(refund, self.first), 200)
        self.wait_state(order, "refunded")
        self.site.wait_until(lambda: total("amount") == before[0] + 1000 and total("refunded") >= before[1] + 900, "the figures")
        self.assertEqual({(one["bank"], one["way"], one["bank_name"]["en"]) for one in days()}, {(1, "token", "Trial Bank")})

    def test_a_cancelled_session_gives_everything_back(self):
        order = self.buy(2, LOST_CAMPAIGN, LOST_TIER)
        reason = {"reason": {"zh": "场馆停电", "en": "No power"}}
        self.expect(self.site.call("POST", f"/api/v1/sessions/{LOST}/cancel", reason, self.first.token), 200)
        self.wait_state(order, "refunded")

        def progress():
            return self.get(f"/api/v1/sessions/{LOST}/refunds", self.first).get("cancellation")
        self.site.wait_until(lambda: progress() == {"orders": 1, "done": 1, "parked": 0}, "the progress")
        given_back = [one for one in self.get("/api/v1/refunds?limit=100")["refunds"] if one["order"] == order]
        self.assertEqual([(one["cause"], one["amount"], one["fee"], one["state"]) for one in given_back],
                         [("session_cancelled", 2 * PRICE, 0, "completed")])
        self.expect(self.site.call("GET", f"/api/v1/sessions/{LOST}/refunds", token=self.stranger.token), 403, "not_your_organiser")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
