#!/usr/bin/env python3
"""The books over HTTP, with real banks: what balances and organisers are owed, reconciliation with a bank's file, and a person's bills.

    tests/functional/ledger_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import csv
import datetime
import hashlib
import hmac
import io
import json
import os
import re
import subprocess
import sys
import time
import tomllib
import unittest
import urllib.parse
import urllib.request

sys.dont_write_bytecode = True

from accounts import register, staff  # noqa: E402
from bank_process import TELLER, Bank  # noqa: E402
from case import Case  # noqa: E402
from payments_test import NO_FAULTS, Credentials  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
CAMPAIGN, TIER, PRICE = 1001, 2001, 1000
OTHER_CAMPAIGN, OTHER_TIER, OTHER = 1101, 2101, 101
RUNS = "/api/v1/reconciliations"
BILLS = "/api/v1/me/bank-bills"
PAYABLES = "/api/v1/ledger/payables"
DAY_S = 24 * 3600
NEAR_MIDNIGHT_S = 400  # a difference is only a note there


def today():
    return datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).strftime("%Y-%m-%d")


class LedgerTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS, variables={"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed"})
        terms = {"refund_until_hours": 48, "refund_fee_percent": "10", "refund_review": False}
        for number, organiser, campaign, tier, more in ((100, 1, CAMPAIGN, TIER, terms), (OTHER, 2, OTHER_CAMPAIGN, OTHER_TIER, {})):
            definition = session(number, [{"id": 1, "count": 500}], [{"id": tier, "pool": 1, "price": "10.00"}],
                                 [{"id": campaign, "tickets_per_order": 4, "tiers": [tier]}], **more)
            definition["organiser"]["id"] = organiser
            made = cls.site.staff("POST", "/api/v1/sessions", definition)
            assert made.status == 201, made
        cls.banks, cls.keys = {}, {}
        for number in (1, 2):
            cls.banks[number] = cls.new_bank(number)
        cls.logins = {number: bank.log_in("ada") for number, bank in cls.banks.items()}
        cls.buyer, cls.other = register(cls.site), register(cls.site)
        cls.admin = staff(cls.site, ["admin"])
        cls.first, cls.second = staff(cls.site, ["operator"], [1]), staff(cls.site, ["operator"], [2])

    @classmethod
    def new_bank(cls, number):
        path = os.path.join(cls.site.folder, f"bank-{number}.toml")
        names = ["--name-zh", f"测试银行{number}", "--name-en", f"Trial Bank {number}"]
        subprocess.run([PROGRAMS[0], "banks", "put", str(number), *names, "--credentials", path, "--data", cls.site.data, "--server",
                        f"http://127.0.0.1:{cls.site.port}"], check=True, stdout=subprocess.DEVNULL, timeout=60)
        with open(path, encoding="utf-8") as file:
            credentials = Credentials(file.read(), cls.site.port)
        cls.keys[number] = credentials.key()
        bank = Bank(PROGRAMS[0], credentials, {"ada": 1000000, "bob": 1000000})
        cls.wait_usable(number)
        return bank

    @classmethod
    def wait_usable(cls, number, usable=True):
        cls.site.wait_until(lambda: any(one["bank"] == number and one["usable"] == usable
                                        for one in cls.site.call("GET", "/api/v1/banks").json["banks"]), f"bank {number}")

    @classmethod
    def tearDownClass(cls):
        for bank in cls.banks.values():
            assert bank.stop() == 0
            bank.remove()
        assert cls.site.stop() == 0
        cls.site.remove()

    def get(self, path, account=None, status=200, code=None):
        return self.expect(self.site.call("GET", path, token=(account or self.admin).token), status, code)

    def faults(self, number, **more):
        teller = self.banks[number].log_in(TELLER, "tellers")
        self.expect(self.banks[number].call("PUT", "/api/v1/teller/faults", {**NO_FAULTS, **more}, teller), 200)

    def state(self, order):
        return self.get(f"/api/v1/orders/{order}", self.buyer)["order"]["state"]

    def wait_state(self, order, state, limit_s=30):
        self.site.wait_until(lambda: self.state(order) == state, f"order {order} as {state}", limit_s)

    def reserve(self, quantity=1, campaign=CAMPAIGN, tier=TIER):
        wish = {"campaign": campaign, "lines": [{"tier": tier, "quantity": quantity}]}
        return self.expect(self.site.call("POST", "/api/v1/orders", wish, self.buyer.token), 201)["order"]["id"]

    def start(self, order, bank, **way):
        return self.expect(self.site.call("POST", f"/api/v1/orders/{order}/payments", {"bank": bank, **way}, self.buyer.token), 201)

    def buy(self, quantity=1, bank=1, **what):
        order = self.reserve(quantity, **what)
        granted = self.expect(self.banks[bank].grant(self.logins[bank], str(order), quantity * PRICE), 201)
        self.start(order, bank, way="token", token=granted["token"])
        self.wait_state(order, "completed")
        return order

    def begin_at_cashier(self, bank):
        order = self.reserve()
        said = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.start(order, bank, way="cashier")["cashier_url"]).query,
                                           keep_blank_values=True))
        link = {**{name: said[name] for name in ("merchant", "reference", "order", "currency", "title", "key", "signature")},
                "amount": int(said["amount"]), "expires": int(said["expires"]), "return_to": said["return"]}
        return order, link

    def callback(self, bank, event):
        path, body, at = f"/api/v1/payments/callbacks/{bank}", json.dumps({"events": [event]}), str(int(time.time()))
        key = self.keys[bank]
        signature = hmac.new(bytes.fromhex(key["secret"]), f"POST\n{path}\n{at}\n{body}".encode(), hashlib.sha256).hexdigest()
        return self.site.call("POST", path, body, headers={"Onsale-Party": "bank", "Onsale-Key": key["id"], "Onsale-Time": at,
                                                           "Onsale-Signature": "v1=" + signature, "Content-Type": "application/json"})

    # The rows are those of everything that was answered before.
    def settled(self, order):
        self.site.wait_until(lambda: any(one["account"].startswith("organiser") for one in
                                         self.get(f"/api/v1/ledger/entries?order={order}")["entries"]), f"the entries of {order}")

    def ended(self, run):
        path = f"{RUNS}/{run['reconciliation']}"
        self.site.wait_until(lambda: self.get(path)["state"] in ("done", "failed"), f"reconciliation {run['reconciliation']}")
        return self.get(path)

    def reconcile(self, bank, day=None):
        wish = {"bank": bank, "day": day or today()}
        return self.ended(self.expect(self.site.call("POST", RUNS, wish, self.admin.token), 202))

    def by_verb(self, bank, *more):
        verb = [PROGRAMS[0], "reconcile", "--bank", str(bank), "--day", today(), "--data", self.site.data, *more]
        return subprocess.run(verb, capture_output=True, text=True, check=False, timeout=60)

    def not_near_midnight(self):
        seconds = time.time() % DAY_S
        if min(seconds, DAY_S - seconds) < NEAR_MIDNIGHT_S:
            self.skipTest("both sides of midnight are told apart by other tests")

    def test_the_books_balance_and_say_what_each_entry_is_about(self):
        order = self.buy(2)
        self.settled(order)
        body = self.get("/api/v1/ledger/balances")
        self.assertEqual(body["sums"], [{"currency": "CNY", "sum": 0}])
        accounts = {one["account"]: one for one in body["balances"]}
        self.assertEqual(sum(one["balance"] for one in body["balances"]), 0)
        self.assertEqual(accounts["bank:1"]["name"], {"zh": "测试银行1", "en": "Trial Bank 1"})
        self.assertEqual(accounts["bank:1"]["balance"], accounts["bank:1"]["debit"] - accounts["bank:1"]["credit"])
        entries = self.get(f"/api/v1/ledger/entries?order={order}")["entries"]
        self.assertEqual(sum(one["amount"] for one in entries), 0)
        self.assertEqual(sorted((one["account"], one["amount"]) for one in entries),
                         [("bank:1", 2 * PRICE), ("deposits", -2 * PRICE), ("deposits", 2 * PRICE), ("organiser:1", -2 * PRICE)])
        self.assertEqual({(one["order"], one["session"]) for one in entries}, {(order, 100)})
        paged, path = [], f"/api/v1/ledger/entries?order={order}&limit=3"
        page = self.get(path)
        while True:
            paged += page["entries"]
            if not page.get("next"):
                break
            page = self.get(f"{path}&before={page['next']}")
        self.assertEqual(paged, entries)
        of_bank = self.get(f"/api/v1/ledger/entries?account=bank:1&day={today()}&limit=100")["entries"]
        self.assertEqual({one["account"] for one in of_bank}, {"bank:1"})
        self.assertEqual(self.get("/api/v1/ledger/entries?day=2020-01-01")["entries"], [])
        for query in ("account=moon:1", "day=yesterday", "before=1", "order=x", "limit=101"):
            self.expect_field(self.site.call("GET", f"/api/v1/ledger/entries?{query}", token=self.admin.token), query.split("=")[0])

    def payable(self, account, number):
        rows = self.get(PAYABLES, account)["payables"]
        return next((one for one in rows if one["session"] == number), None)

    def test_an_organiser_is_owed_what_was_sold_less_what_went_back(self):
        before = self.payable(self.first, 100) or {name: 0 for name in ("orders", "sold", "refunded", "fees", "owed")}
        kept, back = self.buy(2), self.buy(1)
        other = self.buy(1, campaign=OTHER_CAMPAIGN, tier=OTHER_TIER)
        self.expect(self.site.call("POST", f"/api/v1/orders/{back}/refunds", {"reason": "schedule"}, self.buyer.token), 201)
        self.wait_state(back, "refunded")
        for order in (kept, other):
            self.settled(order)

        def change():
            now = self.payable(self.first, 100)
            return {name: now[name] - before[name] for name in before if isinstance(before[name], int)}
        self.site.wait_until(lambda: change().get("refunded") == 900, "the refund in the rows")
        moved = change()
        self.assertEqual({name: moved[name] for name in ("orders", "sold", "refunded", "fees", "owed")},
                         {"orders": 2, "sold": 3000, "refunded": 900, "fees": 100, "owed": 2000})
        self.assertIsNone(self.payable(self.first, OTHER))
        self.assertEqual(self.payable(self.second, OTHER)["sold"], PRICE)
        self.assertIsNone(self.payable(self.second, 100))
        all_rows = self.get(PAYABLES)
        self.assertEqual({one["session"] for one in all_rows["payables"]}, {100, OTHER})
        self.assertTrue(all_rows["complete"])
        self.assertEqual(all_rows["sums"][0]["owed"], sum(one["owed"] for one in all_rows["payables"]))
        balances = {one["account"]: one["balance"] for one in self.get("/api/v1/ledger/balances")["balances"]}
        self.assertEqual(-balances["organiser:1"], self.payable(self.first, 100)["owed"])
        self.get(f"{PAYABLES}?organiser=2", self.first, 403, "not_your_organiser")
        self.assertEqual({one["organiser"] for one in self.get(f"{PAYABLES}?organiser=2")["payables"]}, {2})

    def test_payables_as_files(self):
        self.settled(self.buy())
        answer = self.site.call("GET", f"{PAYABLES}.csv?language=en", token=self.first.token)
        self.expect(answer, 200)
        rows = list(csv.DictReader(io.StringIO(answer.body.lstrip("\ufeff"))))
        row = next(one for one in rows if one["Session"] == "100")
        self.assertEqual(row["Currency"], "CNY")
        self.assertEqual(round(float(row["Owed"]) * 100), self.payable(self.first, 100)["owed"])
        self.assertNotIn(str(OTHER), [one["Session"] for one in rows])
        chinese = self.site.call("GET", f"{PAYABLES}.csv?language=zh", token=self.first.token)
        self.assertIn("主办方编号", chinese.body)
        address = f"http://127.0.0.1:{self.site.port}{PAYABLES}.xlsx"
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Authorization": f"Bearer {self.first.token}"})) as answer:
            self.assertIn("payables.xlsx", answer.headers["Content-Disposition"])
            self.assertTrue(answer.read().startswith(b"PK"))
        self.expect_field(self.site.call("GET", f"{PAYABLES}.csv?language=fr", token=self.first.token), "language")

    def test_a_day_on_which_both_agree(self):
        order = self.buy()
        self.settled(order)
        run = self.reconcile(1)
        self.assertEqual((run["state"], run["clean"], run["differences"], run["day_was_over"]), ("done", True, 0, False), run)
        self.assertEqual((run["banks_in"], run["banks_out"]), (run["ours_in"], run["ours_out"]))
        self.assertGreaterEqual(run["matched"], 1)
        self.assertEqual([one for one in run["items"] if one["kind"] != "note"], [])
        again = self.reconcile(1)
        self.assertGreater(again["reconciliation"], run["reconciliation"])
        listed = self.get(f"{RUNS}?bank=1&limit=1")
        self.assertEqual([one["reconciliation"] for one in listed["reconciliations"]], [again["reconciliation"]])
        older = self.get(f"{RUNS}?bank=1&before={listed['next']}")
        self.assertIn(run["reconciliation"], [one["reconciliation"] for one in older["reconciliations"]])
        verb = self.by_verb(1, "--server", f"http://127.0.0.1:{self.site.port}")
        self.assertEqual((verb.returncode, verb.stderr), (0, ""), verb.stdout)
        self.assertIn("0 differences", verb.stdout)

    def test_what_the_bank_does_not_have_is_found(self):
        self.not_near_midnight()
        order, link = self.begin_at_cashier(2)
        event = {"event": f"E{order}", "kind": "payment", "reference": link["reference"], "status": "captured",
                 "transaction": f"T666{order}", "order": str(order), "amount": PRICE, "currency": "CNY", "at": "2026-11-20T12:00:00Z"}
        self.expect(self.callback(2, event), 200)
        self.wait_state(order, "completed")
        self.settled(order)
        run = self.reconcile(2)
        self.assertEqual((run["state"], run["clean"]), ("done", False))
        found = [one for one in run["items"] if one["reference"] == link["reference"]]
        self.assertEqual([(one["kind"], one["cause"], one["mends"], one["order"], one["ours"]) for one in found],
                         [("ours_only", "missing_at_bank", "by_person", order, {"amount": PRICE, "currency": "CNY"})])
        self.assertIsNone(found[0].get("banks"))
        self.assertEqual(run["ours_in"], run["banks_in"] + PRICE * run["differences"])
        answer = self.site.call("GET", f"{RUNS}/{run['reconciliation']}/items.csv?language=zh", token=self.admin.token)
        self.expect(answer, 200)
        self.assertIn(link["reference"], answer.body)
        self.assertIn("银行文件中没有", answer.body)
        part = self.get(f"{RUNS}/{run['reconciliation']}?limit=1&from={len(run['items']) - 1}")
        self.assertEqual(part["items"], run["items"][-1:])
        self.assertIsNone(part.get("next"))
        verb = self.by_verb(2, "--server", f"http://127.0.0.1:{self.site.port}", "--json")
        self.assertEqual(verb.returncode, 1, verb.stderr)
        self.assertIn(link["reference"], [one["reference"] for one in json.loads(verb.stdout)["items"]])

    def test_what_nobody_told_us_is_found_and_mends_itself(self):
        self.faults(1, callbacks_lost_percent=100, bad_json_every=1)
        order, link = self.begin_at_cashier(1)
        self.expect(self.banks[1].call("POST", "/api/v1/cashier/bills/payments", link, self.logins[1]), 200)
        run = self.reconcile(1)
        found = [one for one in run["items"] if one["reference"] == link["reference"]]
        self.assertEqual([(one["kind"], one["cause"], one["mends"], one["banks"]) for one in found],
                         [("state_differs", "callback_lost", "by_itself", {"amount": PRICE, "currency": "CNY"})], run)
        self.assertEqual(self.state(order), "reserved")
        self.faults(1)
        self.wait_state(order, "completed", 60)
        self.settled(order)
        self.assertEqual([one for one in self.reconcile(1)["items"] if one["reference"] == link["reference"]], [])

    def test_a_bank_that_is_away_or_does_not_answer(self):
        self.faults(2, down=True)
        run = self.reconcile(2)
        self.assertEqual((run["state"], run["trouble"], run["clean"]), ("failed", "bank_silent", False))
        self.assertIn("503", run["detail"])
        self.faults(2)
        self.banks[2].kill()
        self.wait_usable(2, False)
        answer = self.site.call("POST", RUNS, {"bank": 2, "day": today()}, self.admin.token)
        self.expect(answer, 503, "bank_away")
        self.banks[2].start()
        self.wait_usable(2)
        self.assertEqual(self.reconcile(2)["state"], "done")

    def test_what_is_asked_for_is_looked_at(self):
        ask = lambda body: self.site.call("POST", RUNS, body, self.admin.token)  # noqa: E731
        self.expect_field(ask({"bank": 1, "day": "today"}), "day")
        self.expect_field(ask({"bank": 1, "day": "2090-01-01"}), "day")
        self.expect_field(ask({"bank": 1}), "day")
        self.expect(ask({"bank": 77, "day": today()}), 404, "bank_unknown")
        empty = self.reconcile(1, "2020-02-29")
        self.assertEqual((empty["clean"], empty["lines"], empty["items"], empty["day_was_over"]), (True, 0, [], True))
        for path in (f"{RUNS}/999999", f"{RUNS}/x", f"{RUNS}/999999/items.csv"):
            self.get(path, status=404, code="reconciliation_unknown")

    def test_only_administrators_see_the_books(self):
        run = self.reconcile(1, "2020-01-01")["reconciliation"]
        for path in ("/api/v1/ledger/balances", "/api/v1/ledger/entries", RUNS, f"{RUNS}/{run}", f"{RUNS}/{run}/items.csv"):
            self.get(path, self.first, 403, "admin_only")
            self.expect(self.site.call("GET", path, token=self.buyer.token), 403, "staff_only")
            self.expect(self.site.call("GET", path), 401, "login_required")
        self.expect(self.site.call("POST", RUNS, {"bank": 1, "day": today()}, self.first.token), 403, "admin_only")
        for path in (PAYABLES, f"{PAYABLES}.csv", f"{PAYABLES}.xlsx"):
            self.expect(self.site.call("GET", path, token=self.buyer.token), 403, "staff_only")

    def consent(self, login=None):
        made = self.banks[1].call("POST", "/api/v1/me/consents", {"merchant": "onsale"}, login or self.logins[1])
        return self.expect(made, 201)

    def bills(self, consent, account=None, bank=1, **more):
        return self.site.call("POST", BILLS, {"bank": bank, "consent": consent, **more}, (account or self.buyer).token)

    def test_a_person_sees_their_bills_with_a_consent(self):
        order = self.buy()
        self.expect(self.site.call("POST", f"/api/v1/orders/{order}/refunds", {"reason": "schedule"}, self.buyer.token), 201)
        self.wait_state(order, "refunded")
        token = self.consent()["token"]
        body = self.expect(self.bills(token), 200)
        self.assertEqual(body["bank_name"]["en"], "Trial Bank 1")
        self.assertEqual([(one["kind"], one["amount"], one["currency"]) for one in body["items"] if one.get("order") == order],
                         [("refund", 900, "CNY"), ("payment", PRICE, "CNY")])
        last = body["items"][-1]["transaction"]
        older = self.expect(self.bills(token, before=int(re.sub(r"\D", "", last))), 200)["items"]
        self.assertNotIn(last, [one["transaction"] for one in older])
        self.expect(self.bills(token, self.other), 422, "consent_of_other")
        self.expect(self.bills(token), 200)
        found = []
        for folder, _, names in os.walk(self.site.folder):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    if token.encode() in file.read():
                        found.append(name)
        self.assertEqual(found, [], "the consent is kept in the clear")

    def test_consents_that_are_not_good(self):
        made = self.consent()
        self.expect(self.bills(made["token"]), 200)
        self.expect(self.banks[1].call("DELETE", f"/api/v1/me/consents/{made['consent']['consent']}", token=self.logins[1]), 200)
        self.expect(self.bills(made["token"]), 422, "consent_invalid")
        self.expect(self.bills("invented"), 422, "consent_invalid")
        self.expect(self.bills(self.consent()["token"], bank=2), 422, "consent_invalid")
        self.expect(self.bills(made["token"], bank=77), 404, "bank_unknown")
        self.expect_field(self.bills(""), "consent")
        self.expect_field(self.bills("x" * 1025), "consent")
        self.expect(self.site.call("POST", BILLS, {"bank": 1, "consent": "x"}), 401, "login_required")
        self.faults(1, down=True)
        self.expect(self.bills(self.consent()["token"]), 503, "bank_away")
        self.faults(1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
