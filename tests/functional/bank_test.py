#!/usr/bin/env python3
"""A bank as its customers, its tellers and a merchant see it, over kills and restarts.

    tests/functional/bank_test.py [ONSALE]      or ONSALE_BIN in the environment
"""

import base64
import concurrent.futures
import json
import os
import signal
import sys
import unittest

sys.dont_write_bytecode = True

from bank_process import TELLER, Bank, Merchant  # noqa: E402

ONSALE = sys.argv[1] if len(sys.argv) >= 2 else os.environ["ONSALE_BIN"]


class BankTest(unittest.TestCase):
    def setUp(self):
        self.merchant = Merchant()
        self.bank = Bank(ONSALE, self.merchant, {"ada": 100000, "bob": 1000})

    def tearDown(self):
        if self.bank.process.poll() is None:
            self.assertEqual(self.bank.stop(), 0)
        code, books = self.bank.check()
        self.assertEqual((code, books["broken"], books["sum"]), (0, [], 0))
        self.bank.remove()
        self.merchant.stop()

    def deduct(self, reference, token, order, amount):
        item = {"reference": reference, "token": token, "order": order, "amount": amount, "currency": "CNY"}
        return self.bank.as_merchant("/merchant/v1/deductions", [item])[0]

    def test_what_was_answered_survives_a_kill(self):
        login = self.bank.log_in("ada")
        token = self.bank.grant(login, "7", 1200).json["token"]
        paid = self.deduct("P1", token, "7", 1200)
        self.assertEqual(paid["status"], "captured")
        bill = self.merchant.bill("P2", "8", 300)
        self.merchant.status = 503  # the callback is not acknowledged before the kill
        self.assertEqual(self.bank.call("POST", "/api/v1/cashier/bills/payments", bill, login).json["state"], "captured")
        self.bank.kill()
        self.merchant.status = 200
        self.bank.start()
        self.assertEqual(self.deduct("P1", token, "7", 1200), paid)
        self.assertEqual(self.bank.as_merchant("/merchant/v1/queries", [{"reference": "P2"}])[0]["status"], "captured")
        # The login is still good: its key is in the data folder.
        self.assertEqual(self.bank.call("GET", "/api/v1/me", token=login).json["available"], 98500)
        self.assertEqual(self.bank.stop(), 0)
        self.assertEqual(self.bank.check()[1]["merchants"], 1500)

    def test_the_token_is_as_published(self):
        granted = self.bank.grant(self.bank.log_in("ada"), "7", 1200).json
        payload, mark = granted["token"].split(".")
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        self.assertEqual((said["key"], said["bank"], said["merchant"], said["order"], said["amount"], said["currency"]),
                         (self.merchant.to_site[0], 1, "onsale", "7", 1200, "CNY"))
        self.assertEqual(said["authorisation"], granted["authorisation"]["authorisation"])
        self.assertEqual(len(mark), 43)

    def test_parallel_grants_at_a_balance_that_fits_only_some(self):
        login = self.bank.log_in("bob")
        with concurrent.futures.ThreadPoolExecutor(16) as crowd:
            answers = list(crowd.map(lambda i: self.bank.grant(login, str(i), 300), range(16)))
            granted = [(i, a.json["token"]) for i, a in enumerate(answers) if a.status == 201]
            self.assertEqual(len(granted), 3)
            self.assertEqual({a.code for a in answers if a.status != 201}, {"insufficient_funds"})
            # Each token from four sides at once, under names of their own.
            tries = [(f"P{i}-{n}", token, str(i)) for i, token in granted for n in range(4)]
            results = list(crowd.map(lambda t: self.deduct(t[0], t[1], t[2], 300), tries))
        self.assertEqual(sum(r["status"] == "captured" for r in results), 3)
        me = self.bank.call("GET", "/api/v1/me", token=login).json
        self.assertEqual((me["available"], me["held"]), (100, 0))

    def test_new_keys_are_read_while_it_runs(self):
        self.merchant.wait(lambda: self.merchant.beats, "a heartbeat")
        self.bank.process.send_signal(signal.SIGHUP)
        with self.merchant.changed:
            self.merchant.to_bank, self.merchant.to_site = ("2f0c93aa", "c3" * 32), ("a0b1d2e4", "d4" * 32)
            self.merchant.beats.clear()
        self.bank.write(self.bank.credentials, self.merchant.credentials())
        self.merchant.wait(lambda: self.merchant.beats, "a heartbeat with the new key")
        self.assertEqual(self.bank.as_merchant("/merchant/v1/queries", [{"reference": "P9"}])[0]["status"], "unknown")

    def test_a_clean_stop_is_told(self):
        self.merchant.wait(lambda: self.merchant.beats, "a heartbeat")
        self.assertEqual(self.bank.stop(), 0)
        self.merchant.wait(lambda: not self.merchant.beats[-1]["serving"], "the last heartbeat")

    def test_a_login_of_elsewhere_is_refused(self):
        teller, customer = self.bank.log_in(TELLER, "tellers"), self.bank.log_in("ada")
        self.assertEqual(self.bank.call("GET", "/api/v1/me", token=teller).code, "login_invalid")
        self.assertEqual(self.bank.call("GET", "/api/v1/teller/operations", token=customer).code, "login_invalid")
        # A token of the site's form and audience, signed by somebody else.
        head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
        body = base64.urlsafe_b64encode(b'{"sub":"1","jti":"1","aud":"person","iat":1795000000,"exp":1999999999}').decode()
        foreign = f"{head}.{body.rstrip('=')}.{'A' * 43}"
        self.assertEqual(self.bank.call("GET", "/api/v1/me", token=foreign).code, "login_invalid")

    def test_statement_file_and_statistics_agree(self):
        login = self.bank.log_in("ada")
        for number in range(3):
            token = self.bank.grant(login, str(number), 1000).json["token"]
            self.assertEqual(self.deduct(f"P{number}", token, str(number), 700)["status"], "captured")
        back = {"refund": "R1", "reference": "P1", "amount": 200, "currency": "CNY"}
        self.assertEqual(self.bank.as_merchant("/merchant/v1/refunds", [back, back])[0]["status"], "completed")
        self.merchant.wait(lambda: self.merchant.events, "the refund's callback")
        lines = self.bank.call("GET", "/api/v1/me/statement?max=200", token=login).json["items"]
        self.assertEqual(sum(line["amount"] for line in lines), 100000 - 2100 + 200)
        teller = self.bank.log_in(TELLER, "tellers")
        sums = {d["kind"]: d["amount"]
                for d in self.bank.call("GET", "/api/v1/teller/statistics", token=teller).json["days"]}
        self.assertEqual((sums["deduction"], sums["refund"]), (2100, 200))
        day = next(line["at"] for line in lines)[:10]
        path = f"/merchant/v1/days/{day}.csv"
        file = self.bank.call("GET", path, headers=self.merchant.headers("GET", path, ""))
        self.assertEqual(file.body.splitlines()[-1], "total,4,2100,200")

    def test_a_process_beside_the_owner_goes_on_alone(self):
        other = self.bank.beside()
        try:
            instances = lambda: {beat["instance"] for beat in self.merchant.beats}  # noqa: E731
            self.merchant.wait(lambda: len(instances()) == 2, "the heartbeats of both")
            token = self.bank.grant(self.bank.log_in("ada"), "7", 1200).json["token"]
            item = [{"reference": "P1", "token": token, "order": "7", "amount": 1200, "currency": "CNY"}]
            paid = other.as_merchant("/merchant/v1/deductions", item)
            self.assertEqual(self.bank.as_merchant("/merchant/v1/deductions", item), paid)
            self.bank.kill()
            self.assertEqual(other.as_merchant("/merchant/v1/deductions", item), paid)
            self.assertEqual(other.call("POST", "/api/v1/cashier/bills/payments", self.merchant.bill("P2", "8", 300),
                                        other.log_in("ada")).json["state"], "captured")
            self.merchant.wait(lambda: [event["reference"] for event in self.merchant.events] == ["P2"], "the callback")
            # The owner comes back while the other one is at work.
            self.bank.start()
            self.assertEqual(self.bank.as_merchant("/merchant/v1/queries", [{"reference": "P2"}])[0]["status"], "captured")
        finally:
            self.assertEqual(other.stop(), 0)

    def test_both_processes_write_at_once(self):
        other = self.bank.beside()
        try:
            logins = [self.bank.log_in("ada"), other.log_in("ada")]
            sides = [self.bank, other]
            with concurrent.futures.ThreadPoolExecutor(8) as crowd:
                answers = list(crowd.map(lambda i: sides[i % 2].grant(logins[i % 2], str(i), 100), range(40)))
            self.assertEqual([answer.status for answer in answers], [201] * 40)
            items = [{"reference": f"P{i}", "token": answer.json["token"], "order": str(i), "amount": 100, "currency": "CNY"}
                     for i, answer in enumerate(answers)]
            with concurrent.futures.ThreadPoolExecutor(8) as crowd:
                results = list(crowd.map(lambda n: sides[n % 2].as_merchant("/merchant/v1/deductions", items), range(8)))
            self.assertTrue(all(result == results[0] for result in results))
            self.assertEqual({item["status"] for item in results[0]}, {"captured"})
            self.assertEqual(self.bank.call("GET", "/api/v1/me", token=logins[1]).json["available"], 96000)
        finally:
            self.assertEqual(other.stop(), 0)

    def test_whether_it_is_alive_can_be_asked(self):
        self.assertEqual(self.bank.call("GET", "/healthz").json, {"alive": True})

    def test_the_document_names_every_address(self):
        paths = self.bank.call("GET", "/openapi.json").json["paths"]
        for path in ("/merchant/v1/deductions", "/api/v1/me/authorisations", "/api/v1/cashier/bills/payments",
                     "/api/v1/teller/faults"):
            self.assertIn(path, paths)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
