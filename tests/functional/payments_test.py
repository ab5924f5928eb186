#!/usr/bin/env python3
"""Orders are paid for at a real bank: by token and at the cashier, over lost callbacks, a bank that is away, kills, and forgeries.

    tests/functional/payments_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.dont_write_bytecode = True

from bank_process import NO_FAULTS, TELLER, Bank, Credentials  # noqa: E402
from case import Case  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
SETTINGS = {"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed"}
CAMPAIGN, TIER, PRICE = 1001, 2001, 1000

class PaymentsTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS, variables=SETTINGS)
        made = cls.site.staff("POST", "/api/v1/sessions",
                              session(100, [{"id": 1, "count": 500}], [{"id": TIER, "pool": 1, "price": "10.00"}],
                                      [{"id": CAMPAIGN, "tickets_per_order": 4, "tiers": [TIER]}]))
        assert made.status == 201, made
        cls.bank = cls.new_bank(1)
        cls.login = cls.bank.log_in("ada")
        cls.people = iter(range(7000, 8000))

    @classmethod
    def tearDownClass(cls):
        assert cls.bank.stop() == 0
        code, books = cls.bank.check()
        assert (code, books["broken"], books["sum"]) == (0, [], 0), books
        assert cls.site.stop() == 0
        cls.bank.remove()
        cls.site.remove()

    @classmethod
    def new_bank(cls, number):
        path = os.path.join(cls.site.folder, f"bank-{number}.toml")
        names = ["--name-zh", "测试银行", "--name-en", "Trial Bank"]
        server = ["--data", cls.site.data, "--server", f"http://127.0.0.1:{cls.site.port}"]
        subprocess.run([PROGRAMS[0], "banks", "put", str(number), *names, "--credentials", path, *server], check=True,
                       stdout=subprocess.DEVNULL, timeout=60)
        with open(path, encoding="utf-8") as file:
            cls.credentials = Credentials(file.read(), cls.site.port)
        bank = Bank(PROGRAMS[0], cls.credentials, {"ada": 1000000, "bob": 500})
        cls.wait_usable(number)
        return bank

    @classmethod
    def wait_usable(cls, number, usable=True):
        cls.site.wait_until(lambda: any(one["bank"] == number and one["usable"] == usable
                                        for one in cls.site.call("GET", "/api/v1/banks").json["banks"]), f"bank {number}")

    def setUp(self):
        self.faults()
        self.person = next(self.people)
        self.order = self.new_order()

    def faults(self, **more):
        teller = self.bank.log_in(TELLER, "tellers")
        self.expect(self.bank.call("PUT", "/api/v1/teller/faults", {**NO_FAULTS, **more}, teller), 200)

    def new_order(self):
        placed = self.expect(self.site.order(self.person, CAMPAIGN, [(TIER, 1)]), 201)
        return placed["order"]["id"]

    def grant(self, order=None, amount=PRICE, login=None):
        granted = self.bank.grant(login or self.login, str(order or self.order), amount)
        self.expect(granted, 201)
        return granted.json["token"]

    def start(self, way, token=None, bank=1, order=None):
        body = {"bank": bank, "way": way} | ({"token": token} if token is not None else {})
        return self.site.call("POST", f"/api/v1/orders/{order or self.order}/payments", body, self.site.person(self.person))

    def state(self):
        return self.site.call("GET", f"/api/v1/orders/{self.order}", token=self.site.person(self.person)).json["order"]["state"]

    def wait_state(self, state, limit_s=20):
        self.site.wait_until(lambda: self.state() == state, f"order {self.order} as {state}", limit_s)

    def link_of(self, url):
        said = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, keep_blank_values=True))
        return {**{name: said[name] for name in ("merchant", "reference", "order", "currency", "title", "key", "signature")},
                "amount": int(said["amount"]), "expires": int(said["expires"]), "return_to": said["return"]}

    def pay_bill(self, url, login=None):
        return self.bank.call("POST", "/api/v1/cashier/bills/payments", self.link_of(url), login or self.login)

    def callback(self, body, key=None, path="/api/v1/payments/callbacks/1", at=None):
        key = key or self.credentials.key()
        at = str(int(time.time()) if at is None else at)
        signature = hmac.new(bytes.fromhex(key["secret"]), f"POST\n{path}\n{at}\n{body}".encode(), hashlib.sha256).hexdigest()
        return self.site.call("POST", path, body, headers={"Onsale-Party": "bank", "Onsale-Key": key["id"], "Onsale-Time": at,
                                                           "Onsale-Signature": "v1=" + signature, "Content-Type": "application/json"})

    def test_a_token_pays_at_once_and_is_deducted_once(self):
        token = self.grant()
        first = self.expect(self.start("token", token), 201)
        self.assertEqual((first["state"], first["amount"], first["currency"], first["way"]), ("authorised", PRICE, "CNY", "token"))
        again = self.expect(self.start("token", token), 200)
        self.assertEqual(again["payment"], first["payment"])
        self.wait_state("completed")

    def test_the_cashiers_callback_completes_the_order(self):
        started = self.expect(self.start("cashier"), 201)
        self.assertEqual(started["state"], "open")
        self.assertEqual(self.state(), "reserved")
        self.assertEqual(self.expect(self.pay_bill(started["cashier_url"]), 200)["state"], "captured")
        self.wait_state("completed")

    def test_a_lost_callback_is_made_up_for_by_asking(self):
        self.faults(callbacks_lost_percent=100)
        started = self.expect(self.start("cashier"), 201)
        self.expect(self.pay_bill(started["cashier_url"]), 200)
        self.wait_state("completed", 40)

    def available(self):
        return self.bank.call("GET", "/api/v1/me", token=self.login).json["available"]

    def test_money_that_comes_after_the_order_has_ended_goes_back(self):
        before = self.available()
        self.faults(callbacks_lost_percent=100)
        started = self.expect(self.start("cashier"), 201)
        self.expect(self.pay_bill(started["cashier_url"]), 200)
        self.expect(self.site.call("POST", f"/api/v1/orders/{self.order}/cancel", token=self.site.person(self.person)), 200)
        self.site.wait_until(lambda: self.available() == before, "the money's way back")
        self.assertEqual(self.state(), "cancelled")

    def test_a_payment_that_is_not_needed_any_more_is_closed(self):
        started = self.expect(self.start("cashier"), 201)
        self.expect(self.site.call("POST", f"/api/v1/orders/{self.order}/cancel", token=self.site.person(self.person)), 200)
        look = lambda: self.bank.call("POST", "/api/v1/cashier/bills", self.link_of(started["cashier_url"])).json.get("state")  # noqa: E731
        self.site.wait_until(lambda: look() == "closed", "the closure")
        self.assertNotEqual(self.pay_bill(started["cashier_url"]).status, 200)

    def test_a_bank_that_is_away_is_waited_for(self):
        token = self.grant()
        self.faults(down=True)
        self.expect(self.start("token", token), 201)
        time.sleep(3)
        self.assertEqual(self.state(), "paid")
        self.faults()
        self.wait_state("completed", 60)

    def test_answers_that_are_lost_or_broken_do_not_charge_twice(self):
        before = self.available()
        token = self.grant()
        self.faults(error_every=2, bad_json_every=3)
        self.expect(self.start("token", token), 201)
        self.wait_state("completed", 60)
        self.faults()
        self.assertEqual(self.available(), before - PRICE)

    def test_a_refused_deduction_fails_the_order(self):
        token = self.grant()
        self.faults(refuse_every=1)
        self.expect(self.start("token", token), 201)
        self.wait_state("failed")

    def test_a_bank_that_was_killed_goes_on(self):
        started = self.expect(self.start("cashier"), 201)
        self.faults(callbacks_delayed_percent=100, callbacks_delay_seconds_max=1)
        self.expect(self.pay_bill(started["cashier_url"]), 200)
        self.bank.kill()
        self.wait_usable(1, False)
        refused = self.expect(self.start("cashier", order=self.new_order()), 503, "bank_unavailable")
        self.assertEqual(refused["details"]["usable"], [])
        self.bank.start()
        self.wait_usable(1)
        self.wait_state("completed", 60)

    def restart_site(self):
        site = self.site
        site.process.kill()
        site.process.wait()
        site.process.stdout.close()
        site.process = subprocess.Popen([PROGRAMS[0], "serve", "--data", site.data, "--port", str(site.port)], stdout=subprocess.PIPE,
                                        stderr=site.log, env={**os.environ, **SETTINGS})
        self.assertIn("listening", site.process.stdout.readline().decode())
        site.wait_until(lambda: site.call("GET", "/readyz").status == 200, "the site's readiness")
        self.wait_usable(1)

    def test_a_site_that_was_killed_goes_on(self):
        at_cashier, by_token = self.order, self.new_order()
        before = self.available()
        token = self.grant(order=by_token)
        self.faults(callbacks_lost_percent=100)
        started = self.expect(self.start("cashier"), 201)
        self.expect(self.pay_bill(started["cashier_url"]), 200)
        self.faults(callbacks_lost_percent=100, down=True)
        self.expect(self.start("token", token, order=by_token), 201)
        self.restart_site()
        self.faults()
        for self.order in (at_cashier, by_token):
            self.wait_state("completed", 60)
        self.assertEqual(self.available(), before - 2 * PRICE)

    def test_tokens_that_are_not_good_for_this_order(self):
        other = self.grant(order=424242)
        self.expect(self.start("token", other), 422, "authorisation_of_other_order")
        good = self.grant()
        self.expect(self.start("token", good[:-2] + ("AA" if good[-2:] != "AA" else "BB")), 422, "authorisation_invalid")
        self.expect(self.start("token", ""), 422, "authorisation_invalid")
        self.expect(self.start("token", self.grant(amount=PRICE - 1)), 409, "authorisation_too_small")
        self.expect_field(self.start("token"), "token")
        self.expect_field(self.start("cashier", "token"), "token")
        self.expect_field(self.start("cheque"), "way")
        self.expect(self.start("cashier", bank=77), 404, "bank_unknown")
        self.assertEqual(self.state(), "reserved")

    def test_nobody_pays_for_another_persons_order(self):
        stranger = self.site.call("POST", f"/api/v1/orders/{self.order}/payments", {"bank": 1, "way": "cashier"},
                                  self.site.person(next(self.people)))
        self.expect(stranger, 404, "order_unknown")
        self.expect(self.site.call("POST", f"/api/v1/orders/{self.order}/payments", {"bank": 1, "way": "cashier"}), 401, "login_required")

    def test_forged_callbacks_change_nothing(self):
        started = self.expect(self.start("cashier"), 201)
        reference = self.link_of(started["cashier_url"])["reference"]
        event = {"event": "EFORGED", "kind": "payment", "reference": reference, "status": "captured", "transaction": "T666",
                 "order": str(self.order), "amount": PRICE, "currency": "CNY", "at": "2026-11-20T12:00:00Z"}
        body = json.dumps({"events": [event]})
        good = self.credentials.key()
        bad = {"id": good["id"], "secret": "00" * 32}
        self.expect(self.site.call("POST", "/api/v1/payments/callbacks/1", body), 401, "signature_refused")
        self.expect(self.callback(body, bad), 401, "signature_refused")
        self.expect(self.callback(body, {"id": "12345678", "secret": good["secret"]}), 401, "signature_refused")
        self.expect(self.callback(body, at=int(time.time()) - 301), 401, "signature_refused")
        self.expect(self.callback(body, path="/api/v1/payments/callbacks/2"), 401, "signature_refused")
        self.expect_field(self.callback('{"events":[]}'), "events")
        self.expect_field(self.callback("nothing"), "events")
        self.assertEqual(self.state(), "reserved")

    def test_money_for_no_payment_of_ours_is_kept_apart_once(self):
        before = self.site.metric("onsale_payments_events_total", outcome="stray") or 0
        body = json.dumps({"events": [{"event": "ESTRAY", "kind": "payment", "reference": "P1-0000000000000001", "status": "captured",
                                       "transaction": "T1-nobody", "order": "1", "amount": 77, "currency": "CNY",
                                       "at": "2026-11-20T12:00:00Z"}]})
        self.expect(self.callback(body), 200)
        self.expect(self.callback(body), 200)
        self.assertEqual(self.site.metric("onsale_payments_events_total", outcome="stray"), before + 1)

        # The bank knows of no such transaction, and says no; resumed, it is asked under a new name, and says no again.
        def stray():
            strays = self.expect(self.site.staff("GET", "/api/v1/strays"), 200)["strays"]
            return next((one for one in strays if one["transaction"] == "T1-nobody"), {})

        def refused():
            return stray().get("refused") and stray()["parked"]
        self.site.wait_until(refused, "the bank's refusal")
        self.assertEqual((stray()["bank"], stray()["amount"], stray()["state"]), (1, 77, "received"))
        path = f"/api/v1/strays/{stray()['stray']}/resume"
        self.expect(self.site.call("POST", path, None, self.site.person(self.person)), 403)
        self.expect(self.site.staff("POST", "/api/v1/strays/999/resume"), 404, "stray_unknown")
        resumed = self.expect(self.site.staff("POST", path), 200)
        self.assertEqual((resumed["parked"], resumed["refused"]), (False, False))
        self.site.wait_until(refused, "the bank's second refusal")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
