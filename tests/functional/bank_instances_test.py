#!/usr/bin/env python3
"""Two processes of one bank share its calls, and one that is killed is left out.

    tests/functional/bank_instances_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import os
import re
import subprocess
import sys
import tomllib
import unittest

sys.dont_write_bytecode = True

from bank_process import Bank  # noqa: E402
from case import Case  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
CAMPAIGN, TIER, PRICE = 1001, 2001, 1000


class Credentials:
    """The file that the site has given, as the bank's process wants it."""

    def __init__(self, text):
        self.text = text
        self.number, self.name = tomllib.loads(text)["bank"], "onsale"

    def credentials(self):
        return self.text


class BankInstancesTest(Case):
    def setUp(self):
        self.site = Site(*PROGRAMS, variables={"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed"})
        self.expect(self.site.staff("POST", "/api/v1/sessions",
                                    session(100, [{"id": 1, "count": 500}], [{"id": TIER, "pool": 1, "price": "10.00"}],
                                            [{"id": CAMPAIGN, "tickets_per_order": 4, "tiers": [TIER]}])), 201)
        path = os.path.join(self.site.folder, "bank-1.toml")
        subprocess.run([PROGRAMS[0], "banks", "put", "1", "--name-zh", "测试银行", "--name-en", "Trial Bank", "--credentials", path,
                        "--data", self.site.data, "--server", f"http://127.0.0.1:{self.site.port}"],
                       check=True, stdout=subprocess.DEVNULL, timeout=60)
        with open(path, encoding="utf-8") as file:
            self.bank = Bank(PROGRAMS[0], Credentials(file.read()), {"ada": 1000000})
        self.other = self.bank.beside()
        self.people = iter(range(7000, 7100))

    def tearDown(self):
        for process in (self.other, self.bank):
            if process.process.poll() is None:
                self.assertEqual(process.stop(), 0)
        code, books = self.bank.check()
        self.assertEqual((code, books["broken"], books["sum"]), (0, [], 0))
        if self.site.stop() == 0:
            self.site.remove()
        self.bank.remove()

    def instances(self):
        """Those in use, by port; one that was killed is still listed, under its own name."""
        banks = self.site.staff("GET", "/api/v1/staff/banks").json["banks"]
        return {int(re.search(r":(\d+)$", one["url"]).group(1)): one for one in banks[0]["instances"] if one["in_use"]}

    def in_use(self):
        return set(self.instances())

    def pay(self, granted_by):
        person = next(self.people)
        order = self.expect(self.site.order(person, CAMPAIGN, [(TIER, 1)]), 201)["order"]["id"]
        token = granted_by.grant(granted_by.log_in("ada"), str(order), PRICE).json["token"]
        body = {"bank": 1, "way": "token", "token": token}
        self.expect(self.site.call("POST", f"/api/v1/orders/{order}/payments", body, self.site.person(person)), 201)
        self.site.wait_until(
            lambda: self.site.call("GET", f"/api/v1/orders/{order}", token=self.site.person(person)).json["order"]["state"] == "completed",
            "the deduction", 20)

    def test_calls_are_shared_and_a_killed_one_is_left_out(self):
        both = {self.bank.port, self.other.port}
        self.site.wait_until(lambda: self.in_use() == both, "both instances", 20)
        for _ in range(4):
            self.pay(self.bank)
        for port, one in self.instances().items():
            self.assertGreater(one["calls"], 0, port)
        self.bank.kill()
        self.site.wait_until(lambda: self.in_use() == {self.other.port}, "the end of the killed one", 20)
        for _ in range(3):
            self.pay(self.other)
        self.assertEqual(self.instances()[self.other.port]["failures"], 0)
        self.bank.start()
        self.site.wait_until(lambda: self.in_use() == both, "both instances again", 20)
        self.pay(self.other)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
