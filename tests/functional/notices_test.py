#!/usr/bin/env python3
"""Buyers are told by mail about their orders and refunds, over mail servers that refuse, die and are away, and over a kill.

    tests/functional/notices_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import os
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True

from accounts import PASSWORD, Account, fresh_name, staff  # noqa: E402
from bank_process import Bank, Credentials  # noqa: E402
from case import Case  # noqa: E402
from mail_server import MailServer  # noqa: E402
from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
CAMPAIGN, TIER, PRICE = 1001, 2001, 1000
DOOMED, DOOMED_CAMPAIGN, DOOMED_TIER = 101, 1101, 2101  # is cancelled


class NoticesTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()
        cls.settings = {"ONSALE_REGISTRY_PRIVATE_ADDRESSES": "allowed", "ONSALE_MESSAGES_SENDER": "smtp", "ONSALE_MAIL_TLS": "offered",
                        "ONSALE_MAIL_FROM": "tickets@example.org", "ONSALE_HTTP_PUBLIC_URL": "https://tickets.example",
                        "ONSALE_MAIL_SMTP_URL": f"smtp://127.0.0.1:{cls.server.port}"}
        cls.site = Site(*PROGRAMS, variables=cls.settings)
        for number, campaign, tier in ((100, CAMPAIGN, TIER), (DOOMED, DOOMED_CAMPAIGN, DOOMED_TIER)):
            made = cls.site.staff("POST", "/api/v1/sessions",
                                  session(number, [{"id": 1, "count": 500}], [{"id": tier, "pool": 1, "price": "10.00"}],
                                          [{"id": campaign, "tickets_per_order": 4, "tiers": [tier]}],
                                          refund_until_hours=48, refund_fee_percent="10"))
            assert made.status == 201, made
        path = os.path.join(cls.site.folder, "bank-1.toml")
        subprocess.run([PROGRAMS[0], "banks", "put", "1", "--name-zh", "测试银行", "--name-en", "Trial Bank", "--credentials", path,
                        "--data", cls.site.data, "--server", f"http://127.0.0.1:{cls.site.port}"], check=True, stdout=subprocess.DEVNULL,
                       timeout=60)
        with open(path, encoding="utf-8") as file:
            cls.bank = Bank(PROGRAMS[0], Credentials(file.read(), cls.site.port), {"ada": 1000000})
        cls.wait_bank()
        cls.login = cls.bank.log_in("ada")
        cls.reviewer = staff(cls.site, ["operator"], [1])

    @classmethod
    def tearDownClass(cls):
        cls.server.release()
        assert cls.bank.stop() == 0
        assert cls.site.stop() == 0
        cls.bank.remove()
        cls.site.remove()
        cls.server.stop()

    @classmethod
    def wait_bank(cls):
        cls.site.wait_until(lambda: any(one["usable"] for one in cls.site.call("GET", "/api/v1/banks").json["banks"]), "the bank")

    def setUp(self):
        self.server.behave = lambda recipient, attempt: "take"
        self.server.released = False

    def register(self, language="en"):
        """Somebody with an e-mail address that they have shown to be theirs."""
        name = fresh_name("reader")
        address = f"{name}@example.org"
        headers = {"Accept-Language": language}
        asked = self.site.call("POST", "/api/v1/codes", {"purpose": "register", "email": address}, headers=headers)
        self.assertEqual(asked.status, 202, asked)
        self.server.wait(lambda: self.server.to(address), "the code")
        code = re.search(r"\b(\d{6})\b", self.server.to(address)[0].get_content()).group(1)
        body = {"username": name, "password": PASSWORD, "nickname": "Reader", "email": address, "email_code": code}
        login = self.expect(self.site.call("POST", "/api/v1/people", body, headers=headers), 201)
        return Account(name, login["person"], login), address

    def get(self, path, account):
        return self.expect(self.site.call("GET", path, token=account.token), 200)

    def buy(self, account, campaign=CAMPAIGN, tier=TIER):
        wish = {"campaign": campaign, "lines": [{"tier": tier, "quantity": 1}]}
        order = self.expect(self.site.call("POST", "/api/v1/orders", wish, account.token), 201)["order"]["id"]
        granted = self.expect(self.bank.grant(self.login, str(order), PRICE), 201)
        body = {"bank": 1, "way": "token", "token": granted["token"]}
        self.expect(self.site.call("POST", f"/api/v1/orders/{order}/payments", body, account.token), 201)
        state = lambda: self.get(f"/api/v1/orders/{order}", account)["order"]["state"]  # noqa: E731
        self.site.wait_until(lambda: state() == "completed", f"order {order}")
        return order

    def ask_back(self, account, order):
        body = {"reason": "schedule", "note": ""}
        return self.expect(self.site.call("POST", f"/api/v1/orders/{order}/refunds", body, account.token), 201)["refund"]

    def review(self, refund, approve, reason=""):
        path = f"/api/v1/staff/refunds/{refund}/review"
        self.expect(self.site.call("POST", path, {"approve": approve, "reason": reason}, self.reviewer.token), 200)

    def settled(self):
        """Nothing waits to be sent, and all that was committed has been looked at."""
        self.site.wait_until(lambda: self.site.metric("onsale_notices_waiting") == 0, "the last mail")

    def test_an_order_and_its_refund_are_told_step_by_step(self):
        reader, address = self.register()
        order = self.buy(reader)
        mail = self.server.wait_subject(address, "Your tickets")
        self.assertIn("tickets@example.org", mail["From"])
        self.assertIn("[Onsale]", mail["Subject"])
        text = mail.get_content()
        self.assertIn(f"https://tickets.example/orders/{order}", text)
        self.assertIn("¥10.00", text)
        self.assertIn("Dear Reader", text)
        refund = self.ask_back(reader, order)
        self.server.wait_subject(address, "Your refund request")
        self.review(refund, True)
        self.assertIn("¥9.00", self.server.wait_subject(address, "Refund approved").get_content())
        self.assertIn("¥9.00", self.server.wait_subject(address, "Refund completed").get_content())
        self.settled()
        self.assertEqual(len(self.server.to(address)), 5)  # with the code
        names = {mail["Message-ID"] for mail in self.server.to(address)}
        self.assertEqual(len(names), 5)

    def test_a_rejection_says_why_in_the_language_of_the_account(self):
        reader, address = self.register("zh-CN")
        self.assertEqual(self.get("/api/v1/me", reader)["language"], "zh")
        refund = self.ask_back(reader, self.buy(reader))
        self.review(refund, False, "已出票,不能退")
        self.assertIn("已出票,不能退", self.server.wait_subject(address, "退款申请未通过").get_content())
        path = "/api/v1/me"
        self.expect_field(self.site.call("PATCH", path, {"language": "fr"}, reader.token), "language")
        self.expect(self.site.call("PATCH", path, {"language": "en"}, reader.token), 200)
        self.buy(reader)
        self.server.wait_subject(address, "Your tickets")

    def test_a_cancelled_session_is_told_to_its_buyers(self):
        reader, address = self.register()
        self.buy(reader, DOOMED_CAMPAIGN, DOOMED_TIER)
        reason = {"reason": {"zh": "停电", "en": "No power"}}
        self.expect(self.site.staff("POST", f"/api/v1/sessions/{DOOMED}/cancel", reason), 200)
        self.assertIn("goes back in full", self.server.wait_subject(address, "Session cancelled").get_content())
        self.assertIn("¥10.00", self.server.wait_subject(address, "Refund completed").get_content())

    def test_a_mail_that_is_refused_holds_nobody_up(self):
        refused, closed = self.register()
        reader, address = self.register()
        self.server.behave = lambda recipient, attempt: "refuse" if recipient == closed else "take"
        before = self.site.metric("onsale_notices_parked_total")
        self.buy(refused)
        self.buy(reader)
        self.server.wait_subject(address, "Your tickets")
        self.settled()
        self.assertEqual(self.site.metric("onsale_notices_parked_total"), before + 1)
        self.assertEqual(len(self.server.to(closed)), 1)  # the code

    def test_a_server_that_dies_in_the_middle_or_is_busy_gets_the_mail_again(self):
        reader, address = self.register()
        seen = []

        def behave(recipient, attempt):
            seen.append(recipient)
            return {1: "die", 2: "busy"}.get(seen.count(address), "take") if recipient == address else "take"
        self.server.behave = behave
        self.buy(reader)
        self.server.wait_subject(address, "Your tickets")
        self.settled()
        self.assertEqual(seen.count(address), 3)
        self.assertEqual(len([mail for mail in self.server.to(address) if "Your tickets" in mail["Subject"]]), 1)

    def test_a_server_that_is_away_gets_the_mail_when_it_is_back(self):
        reader, address = self.register()
        self.server.stop()
        self.buy(reader)
        self.site.wait_until(lambda: self.site.metric("onsale_notices_waiting") == 1, "the mail that waits")
        self.server.start()
        self.server.wait_subject(address, "Your tickets")

    def restart_site(self):
        """As after a crash: killed, and started again on the same folder and port."""
        site = self.site
        site.process.kill()
        site.process.wait()
        site.process.stdout.close()
        settings = {name: value.format(folder=site.folder) for name, value in self.settings.items()}
        site.process = subprocess.Popen([site.onsale, "serve", "--data", site.data, "--port", str(site.port)], stdout=subprocess.PIPE,
                                        stderr=site.log, env={**os.environ, **settings})
        site.process.stdout.readline()
        site.wait_until(lambda: site.call("GET", "/readyz").status == 200, "the server's readiness")
        self.wait_bank()

    def test_a_kill_in_the_middle_repeats_at_most_that_one_mail(self):
        reader, address = self.register()
        other, second = self.register()
        self.server.behave = lambda recipient, attempt: "hold" if recipient == address else "take"
        held = len(self.server.held)
        self.buy(reader)
        self.server.wait(lambda: len(self.server.held) > held, "the mail that the server holds")
        self.buy(other)  # waits behind it
        self.server.behave = lambda recipient, attempt: "take"
        self.restart_site()
        again = self.server.wait_subject(address, "Your tickets")
        self.assertEqual(again["Message-ID"], self.server.held[-1]["Message-ID"])
        self.assertEqual(again.get_content(), self.server.held[-1].get_content())
        self.server.wait_subject(second, "Your tickets")
        self.settled()
        for mailbox in (address, second):
            self.assertEqual(len([mail for mail in self.server.to(mailbox) if "Your tickets" in mail["Subject"]]), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
