"""Codes by mail, through a real mail server on this machine (aiosmtpd): registering, and a server that is away.

    python3 tests/functional/mail_test.py ONSALE ONSALE_CROWD
"""

import email
import email.policy
import glob
import os
import re
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from site_process import Site  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
PYTHON = "/usr/bin/python3"  # whose packages are Debian's


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """aiosmtpd with a mailbox in a folder; may be ended and started again on the same port."""

    def __init__(self):
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="onsale-mail.")
        self.start()

    def start(self):
        self.process = subprocess.Popen([PYTHON, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{self.port}",
                                         "-c", "aiosmtpd.handlers.Mailbox", os.path.join(self.folder.name, "box")])
        Site.wait_until(self.answers, "the mail server")

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def mails(self, to):
        found = []
        for path in sorted(glob.glob(os.path.join(self.folder.name, "box", "new", "*")), key=os.path.getmtime):
            with open(path, "rb") as file:
                mail = email.message_from_binary_file(file, policy=email.policy.default)
            if to in mail["To"]:
                found.append(mail)
        return found


class Mails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()
        cls.site = Site(*PROGRAMS, {"ONSALE_MESSAGES_SENDER": "smtp", "ONSALE_MAIL_TLS": "offered",
                                    "ONSALE_MAIL_FROM": "tickets@example.org",
                                    "ONSALE_MAIL_SMTP_URL": f"smtp://127.0.0.1:{cls.server.port}"})

    @classmethod
    def tearDownClass(cls):
        cls.assertEqual(cls(), cls.site.stop(), 0)
        cls.site.remove()
        cls.server.stop()
        cls.server.folder.cleanup()

    def runTest(self):
        """Lets the class compare in tearDownClass."""

    def ask(self, purpose, to, language="en"):
        answer = self.site.call("POST", "/api/v1/codes", {"purpose": purpose, "email": to}, headers={"Accept-Language": language})
        self.assertEqual(answer.status, 202, answer)

    def mail(self, to):
        self.site.wait_until(lambda: self.server.mails(to), f"a mail to {to}", 60)
        return self.server.mails(to)[0]

    def log(self):
        with open(os.path.join(self.site.folder, "server.log"), encoding="utf-8") as file:
            return file.read()

    def code_of(self, mail):
        return re.search(r"\b(\d{6})\b", mail.get_content()).group(1)

    def test_a_code_comes_by_mail_and_is_good_once(self):
        self.ask("register", "anna@example.org", "zh-CN")
        mail = self.mail("anna@example.org")
        self.assertIn("tickets@example.org", mail["From"])
        self.assertRegex(mail["Subject"] + mail.get_content(), "[\u4e00-\u9fff]")  # in the language of who asked
        account = {"username": "anna", "password": "secret123", "nickname": "安娜", "email": "anna@example.org",
                   "email_code": self.code_of(mail)}
        self.assertEqual(self.site.call("POST", "/api/v1/people", account).status, 201)
        again = self.site.call("POST", "/api/v1/people", {**account, "username": "anna2"})
        self.assertIn(again.code, ("code_wrong", "email_taken"), again)
        self.assertEqual(self.site.call("POST", "/api/v1/logins", {"username": "anna@example.org", "password": "secret123"}).status, 200)

    def test_a_mail_server_that_is_away_gets_the_mail_when_it_is_back(self):
        self.server.stop()
        self.ask("register", "carl@example.org")
        self.site.wait_until(lambda: "was not taken" in self.log(), "a first attempt in vain")
        self.server.start()
        self.assertRegex(self.mail("carl@example.org").get_content(), r"\d{6}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
