#!/usr/bin/env python3
"""Banks at the site: made by the command line, heard by their heartbeats, shown to buyers, given new keys, switched off.

    tests/functional/registry_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment

The bank's side is written here from docs/formats/bank-interface.md alone.
"""

import hashlib
import hmac
import json
import os
import stat
import subprocess
import sys
import time
import tomllib
import unittest

sys.dont_write_bytecode = True

from case import Case  # noqa: E402
from site_process import Site  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
HEARTBEATS = "/api/v1/registry/heartbeats"
OUT_WITHIN_S = 3


class Bank:
    """A bank's program, as far as its heartbeats go."""

    def __init__(self, site, path):
        self.site = site
        self.path = path

    def file(self):
        with open(self.path, "rb") as file:
            return tomllib.load(file)

    def key(self):
        return self.file()["to_site"][-1]

    def headers(self, body, key=None, path=HEARTBEATS, at=None):
        key = key or self.key()
        at = str(int(time.time()) if at is None else at)
        signed = "\n".join(["POST", path, at, body]).encode()
        signature = hmac.new(bytes.fromhex(key["secret"]), signed, hashlib.sha256).hexdigest()
        return {"Onsale-Party": "bank", "Onsale-Key": key["id"], "Onsale-Time": at, "Onsale-Signature": "v1=" + signature,
                "Content-Type": "application/json"}

    def body(self, **more):
        return json.dumps({"kind": "bank", "party": self.file()["bank"], "instance": "one", "url": "http://127.0.0.1:8101",
                           "public_url": "http://127.0.0.1:8101", "ways": ["token", "cashier"], "serving": True, **more})

    def beat(self, key=None, **more):
        body = self.body(**more)
        return self.site.call("POST", HEARTBEATS, body, headers=self.headers(body, key))


class RegistryTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(*PROGRAMS, variables={"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed"})
        cls.numbers = iter(range(1, 60))

    @classmethod
    def tearDownClass(cls):
        if cls.site.stop() == 0:
            cls.site.remove()

    def banks_verb(self, *words, status=0):
        done = subprocess.run([PROGRAMS[0], "banks", *words, "--data", self.site.data, "--server", f"http://127.0.0.1:{self.site.port}"],
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def make(self):
        number = next(self.numbers)
        path = os.path.join(self.site.folder, f"bank-{number}.toml")
        said = self.banks_verb("put", str(number), "--name-zh", "测试银行", "--name-en", "Trial Bank", "--credentials", path)
        bank = Bank(self.site, path)
        for key in bank.file()["to_bank"] + bank.file()["to_site"]:
            self.assertNotIn(key["secret"], said)
        return number, bank

    def listed(self, number):
        found = [one for one in self.site.call("GET", "/api/v1/banks").json["banks"] if one["bank"] == number]
        return found[0] if found else None

    def shown(self, number):
        banks = self.site.staff("GET", "/api/v1/staff/banks").json["banks"]
        return next(one for one in banks if one["bank"] == number)

    def refused(self, answer, reason):
        details = self.expect(answer, 401, "signature_refused")["details"]
        self.assertEqual(details["reason"], reason)

    def test_a_bank_is_usable_by_its_heartbeats(self):
        number, bank = self.make()
        file = bank.file()
        self.assertEqual(stat.S_IMODE(os.stat(bank.path).st_mode), 0o600)
        self.assertEqual((file["bank"], file["merchant"]), (number, "onsale"))
        self.assertEqual(file["site"], f"http://127.0.0.1:{self.site.port}")
        self.assertEqual(self.listed(number), {"bank": number, "name": {"zh": "测试银行", "en": "Trial Bank"}, "ways": [], "usable": False,
                                               "merchant": "onsale"})
        taken = self.expect(bank.beat(), 200)
        self.assertLess(taken["pause_ms"] * 2, taken["lifetime_ms"])
        now = self.listed(number)
        self.assertTrue(now["usable"])
        self.assertEqual(now["ways"], ["cashier", "token"])
        self.assertTrue(now["public_url"].startswith("http://"))
        begin = time.monotonic()
        self.site.wait_until(lambda: not self.listed(number)["usable"], "the lost bank's end", OUT_WITHIN_S)
        self.assertGreater(time.monotonic() - begin, 2)
        self.expect(bank.beat(), 200)
        self.assertTrue(self.listed(number)["usable"])
        self.expect(bank.beat(serving=False), 200)
        self.assertFalse(self.listed(number)["usable"])

    def test_keys_are_not_handed_out_for_an_address_that_nobody_has_set(self):
        number, _ = self.make()
        body = {"name": {"zh": "银行", "en": "Bank"}}
        proxied = {"Host": "tickets.example", "X-Forwarded-Proto": "https"}
        for method, path, sent in (("PUT", "/api/v1/staff/banks/777", body), ("POST", f"/api/v1/staff/banks/{number}/keys", {})):
            refused = self.expect(self.site.staff(method, path, sent, headers=proxied), 409, "site_address_unknown")
            self.assertIn("http.public_url", refused["remedy"])
        self.assertIsNone(self.listed(777))
        # What needs no file goes on.
        self.expect(self.site.staff("PUT", f"/api/v1/staff/banks/{number}", body, headers=proxied), 200)

    def test_instances_are_shown_each_by_itself(self):
        number, bank = self.make()
        self.expect(bank.beat(instance="a", url="http://127.0.0.1:8101", ways=["token"]), 200)
        self.expect(bank.beat(instance="b", url="http://127.0.0.1:8102", ways=["cashier"]), 200)
        shown = self.shown(number)
        self.assertEqual([(one["instance"], one["in_use"], one["breaker"]) for one in shown["instances"]],
                         [("a", True, "closed"), ("b", True, "closed")])
        self.assertEqual(shown["ways"], ["cashier", "token"])
        self.assertIn("Trial Bank", self.banks_verb("list"))

    def test_what_is_not_signed_rightly_is_refused(self):
        number, bank = self.make()
        body = bank.body()
        send = lambda headers, sent=body, path=HEARTBEATS: self.site.call("POST", path, sent, headers=headers)  # noqa: E731
        self.refused(send({"Content-Type": "application/json"}), "malformed")
        self.refused(send(bank.headers(body, {**bank.key(), "id": "00000000"})), "unknown_key")
        self.refused(send(bank.headers(body, {**bank.key(), "secret": "00" * 32})), "wrong_signature")
        self.refused(send(bank.headers(body, bank.file()["to_bank"][0])), "unknown_key")
        self.refused(send(bank.headers(body), bank.body(url="http://127.0.0.1:6666")), "wrong_signature")
        self.refused(send(bank.headers(body), path=HEARTBEATS + "?again=1"), "wrong_signature")
        self.refused(send(bank.headers(body, path="/api/v1/payments/callbacks/1")), "wrong_signature")
        self.refused(send(bank.headers(body, at=int(time.time()) - 400)), "wrong_time")
        self.refused(send(bank.headers(body, at=int(time.time()) + 400)), "wrong_time")
        _, other = self.make()
        self.refused(send(other.headers(body)), "wrong_party")
        self.assertFalse(self.listed(number)["usable"])
        self.assertGreaterEqual(self.site.metric("onsale_registry_refused_total", reason="wrong_signature"), 3)

    def test_a_heartbeat_has_to_make_sense(self):
        _, bank = self.make()
        self.expect_field(bank.beat(kind="shop"), "kind")
        self.expect_field(bank.beat(url="http://127.0.0.1:8101/path"), "url")
        self.expect_field(bank.beat(public_url="ftp://x"), "public_url")
        self.expect_field(bank.beat(instance="a b"), "instance")
        self.expect_field(bank.beat(ways=["x"] * 9), "ways")
        self.expect_field(bank.beat(more=1), "more")

    def test_keys_change_without_a_gap(self):
        number, bank = self.make()
        old = bank.key()
        self.banks_verb("rotate", str(number), "--credentials", bank.path)
        self.assertEqual(bank.file()["to_site"][0], old)
        self.assertEqual(len(bank.file()["to_bank"]), 2)
        self.expect(bank.beat(old, instance="old"), 200)
        self.expect(bank.beat(instance="new"), 200)
        self.assertEqual([one["key_generation"] for one in self.shown(number)["instances"]], [2, 1])
        self.assertIn("rotation_under_way", self.banks_verb("rotate", str(number), "--credentials", bank.path, status=1))
        self.banks_verb("rotate", str(number), "--credentials", bank.path, "--at-once")
        self.assertEqual(len(bank.file()["to_site"]), 1)
        self.refused(bank.beat(old), "unknown_key")
        self.assertEqual(self.shown(number)["instances"], [])
        self.expect(bank.beat(), 200)

    def test_a_bank_that_is_switched_off_is_not_heard(self):
        number, bank = self.make()
        self.expect(bank.beat(), 200)
        name = {"zh": "测试银行", "en": "Trial Bank"}
        answer = self.expect(self.site.staff("PUT", f"/api/v1/staff/banks/{number}", {"name": name, "enabled": False}), 200)
        self.assertNotIn("credentials", answer)
        self.assertIsNone(self.listed(number))
        self.refused(bank.beat(), "disabled")
        self.assertIn("disabled", self.banks_verb("list"))
        self.expect(self.site.staff("PUT", f"/api/v1/staff/banks/{number}", {"name": name}), 200)
        self.expect(bank.beat(), 200)
        self.assertTrue(self.listed(number)["usable"])

    def test_wishes_that_are_none_are_refused(self):
        name = {"zh": "银行", "en": "Bank"}
        self.expect_field(self.site.staff("PUT", "/api/v1/staff/banks/10000", {"name": name}), "bank")
        self.expect_field(self.site.staff("PUT", "/api/v1/staff/banks/59", {"name": {"zh": "", "en": "x"}}), "name")
        self.expect(self.site.staff("POST", "/api/v1/staff/banks/59/keys", {}), 404, "bank_unknown")
        self.expect_field(self.site.staff("POST", "/api/v1/staff/banks/59/keys", {"grace_seconds": 10**9}), "grace_seconds")

    def test_secrets_stand_in_no_list_and_no_operation_record(self):
        number, bank = self.make()
        secrets = [key["secret"] for key in bank.file()["to_bank"] + bank.file()["to_site"]]
        self.site.wait_until(lambda: f"bank {number}" in self.site.staff("GET", "/api/v1/operations?action=put_bank").body,
                             "the operation record")
        for path in ("/api/v1/operations?limit=100", "/api/v1/staff/banks", "/api/v1/banks", "/metrics"):
            text = self.site.staff("GET", path).body
            for secret in secrets:
                self.assertNotIn(secret, text)

    def test_making_a_bank_again_changes_no_key(self):
        number, bank = self.make()
        before = bank.file()
        words = ["put", str(number), "--name-zh", "新名", "--name-en", "New name", "--credentials"]
        self.banks_verb(*words, bank.path)
        self.assertEqual(bank.file(), before)
        self.assertEqual(self.listed(number)["name"]["en"], "New name")
        self.assertIn("not shown again", self.banks_verb(*words, bank.path + ".other", status=1))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
