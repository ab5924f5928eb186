"""A rehearsal beside a running server: its report, that nothing leaves the copy, and that the real site is as it was.

    python3 tests/functional/rehearsal_test.py ONSALE ONSALE_CROWD
"""

import glob
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from site_process import READY_LIMIT_S, Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
LATER, OPEN = 1001, 1002  # campaigns: one that is rehearsed, one that sells meanwhile
TIER, OTHER_TIER = 2001, 2002
TICKETS = 60


class OtherEnd:
    """Takes webhooks, and on another port the first words of a mail program; counts both."""

    def __init__(self):
        self.hooks = []
        self.mails = 0
        end = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                end.hooks.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                """The test's output is for its results."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.mail_socket = socket.create_server(("127.0.0.1", 0))
        for target in (self.server.serve_forever, self.take_mails):
            threading.Thread(target=target, daemon=True).start()

    def take_mails(self):
        while True:
            try:
                connection, _ = self.mail_socket.accept()
            except OSError:
                return
            self.mails += 1
            connection.close()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.mail_socket.close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    @property
    def smtp_url(self):
        return f"smtp://127.0.0.1:{self.mail_socket.getsockname()[1]}"


class Rehearsals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.other_end = OtherEnd()
        cls.variables = {"ONSALE_WEBHOOKS_PRIVATE_ADDRESSES": "allowed", "ONSALE_MESSAGES_SENDER": "smtp",
                         "ONSALE_MAIL_TLS": "offered", "ONSALE_MAIL_FROM": "tickets@example.org",
                         "ONSALE_MAIL_SMTP_URL": cls.other_end.smtp_url, "ONSALE_JOURNAL_RESERVE_MIB": "1"}
        cls.site = Site(*PROGRAMS, cls.variables)
        made = cls.site.staff("POST", "/api/v1/sessions", session(
            100, [{"id": 1, "count": TICKETS}, {"id": 2, "count": 500}],
            [{"id": TIER, "pool": 1}, {"id": OTHER_TIER, "pool": 2, "price": "10.00"}],
            [{"id": LATER, "opens_at": "2090-01-01T00:00:00+08:00", "tickets_per_order": 2, "tiers": [TIER]},
             {"id": OPEN, "tickets_per_order": 4, "tiers": [OTHER_TIER]}]))
        assert made.status == 201, made
        hook = cls.site.staff("POST", "/api/v1/webhooks", {"organiser": 1, "url": cls.other_end.url,
                                                            "events": ["order.completed", "order.reserved"]})
        assert hook.status == 201, hook
        cls.hook = hook.json["id"]

    @classmethod
    def tearDownClass(cls):
        result = cls.site.stop()
        audit = subprocess.run([PROGRAMS[0], "audit", "--data", cls.site.data], capture_output=True, check=False)
        cls.site.remove()
        cls.other_end.close()
        assert (result, audit.returncode) == (0, 0), (result, audit)

    def command(self, *more, report="report"):
        return [PROGRAMS[0], "rehearse", "--data", self.site.data, "--campaign", str(LATER), "--people", "80", "--bots", "2",
                "--report", os.path.join(self.site.folder, report), *more]

    def left_over(self):
        return glob.glob(self.site.data + ".rehearsal.*")

    def free(self):
        return {tier["id"]: tier["free"] for tier in self.site.call("GET", f"/api/v1/campaigns/{LATER}").json["tiers"]}

    def test_a_rehearsal_reports_and_leaves_the_real_site_alone(self):
        window = self.site.call("GET", f"/api/v1/campaigns/{LATER}").json["opens_at"]
        sold = self.site.order(41, OPEN, [(OTHER_TIER, 1)])
        self.assertEqual(sold.status, 201, sold)
        self.site.wait_until(lambda: len(self.other_end.hooks) == 1, "the webhook of a real order")
        played = subprocess.run(self.command("--minutes", "0.05"), capture_output=True, text=True, check=False, timeout=120,
                                env={**os.environ, **self.variables})
        self.assertEqual(played.returncode, 0, played.stdout + played.stderr)

        with open(os.path.join(self.site.folder, "report", "report.json"), encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual([check for check in report["checks"] if not check["good"]], [])
        self.assertEqual(len(report["checks"]), 5)
        self.assertTrue(report["beside_the_real_server"])
        self.assertEqual((report["free_before"], report["tickets"], report["failed"]), (TICKETS, TICKETS, 0))
        self.assertEqual(report["people"]["accounts"], 80)
        self.assertEqual(report["people"]["tickets"] + report["bots"]["tickets"], TICKETS)
        self.assertGreater(report["bots"]["orders_sent"], report["bots"]["accounts"])
        self.assertGreater(report["refusals"]["sold_out"], 0)
        self.assertEqual(report["doubled"], 0)
        with open(os.path.join(self.site.folder, "report", "report.html"), encoding="utf-8") as file:
            self.assertEqual(file.read().count("<svg"), 6)

        self.assertEqual(self.free(), {TIER: TICKETS})
        self.assertEqual(self.site.call("GET", f"/api/v1/campaigns/{LATER}").json["opens_at"], window)
        self.assertEqual(self.left_over(), [])
        # The next call is that of the next real order: the rehearsal has made none.
        self.assertEqual(self.site.order(42, OPEN, [(OTHER_TIER, 1)]).status, 201)
        self.site.wait_until(lambda: len(self.other_end.hooks) >= 2, "the webhook of another real order")
        self.assertEqual(len(self.other_end.hooks), 2)

    def test_nothing_leaves_the_server_of_a_copy(self):
        copy = os.path.join(self.site.folder, "copy")
        backup, keys = os.path.join(self.site.folder, "backup"), os.path.join(self.site.folder, "keys")
        for command in (["backup", backup, "--keys", keys, "--data", self.site.data],
                        ["restore", backup, "--keys", keys, "--data", copy]):
            subprocess.run([PROGRAMS[0], *command], check=True, capture_output=True)
        hooks, mails = len(self.other_end.hooks), self.other_end.mails
        shadow = subprocess.Popen([PROGRAMS[0], "serve", "--shadow", "--data", copy, "--port", "0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, env={**os.environ, **self.variables})
        real_port = self.site.port
        try:
            self.site.port = int(re.search(r":(\d+)$", shadow.stdout.readline().decode().strip()).group(1))
            pressed = self.site.staff("POST", f"/api/v1/webhooks/{self.hook}/test")
            self.assertEqual((pressed.status, pressed.json["status"]), (200, 0), pressed)
            self.assertEqual(self.site.order(43, OPEN, [(OTHER_TIER, 1)]).status, 201)
            self.site.call("POST", "/api/v1/codes", {"purpose": "register", "email": "anna@example.org"})
        finally:
            self.site.port = real_port
            shadow.terminate()
            self.assertEqual(shadow.wait(READY_LIMIT_S), 0)
            shadow.stdout.close()
        self.assertEqual((len(self.other_end.hooks), self.other_end.mails), (hooks, mails))
        # The real one sends both, so the other end was there to be reached.
        self.assertEqual(self.site.staff("POST", f"/api/v1/webhooks/{self.hook}/test").json["status"], 204)
        self.assertEqual(self.site.call("POST", "/api/v1/codes", {"purpose": "register", "email": "bert@example.org"}).status, 202)
        self.site.wait_until(lambda: self.other_end.mails > mails, "a mail of the real site")
        del self.other_end.hooks[hooks:]

    def playing(self):
        """A rehearsal in the middle of its sale, and the port of the server on its copy."""
        played = subprocess.Popen(self.command("--minutes", "5", report="stopped"), stderr=subprocess.PIPE, text=True,
                                  env={**os.environ, **self.variables})
        port = 0
        for line in played.stderr:
            found = re.search(r"at port (\d+)", line)
            port = int(found.group(1)) if found else port
            if " s  sent " in line:
                break
        return played, port

    def end(self, played, number):
        played.send_signal(number)
        played.stderr.read()
        played.stderr.close()
        return played.wait(READY_LIMIT_S)

    def test_what_would_stop_it_removes_the_copy(self):
        for number in (signal.SIGINT, signal.SIGHUP):
            with self.subTest(number):
                played, port = self.playing()
                self.assertEqual(len(self.left_over()), 1, played.poll())
                self.assertEqual(self.end(played, number), 1)
                self.assertEqual(self.left_over(), [])
                self.assertFalse(os.path.exists(os.path.join(self.site.folder, "stopped")))
                with self.assertRaises(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=2)

    def test_what_a_killed_one_left_goes_with_the_next_but_nothing_that_was_kept(self):
        killed, _ = self.playing()
        self.assertEqual(self.end(killed, signal.SIGKILL), -signal.SIGKILL)
        left = self.left_over()
        self.assertEqual(len(left), 1)
        kept = self.site.data + ".rehearsal.kept"
        os.mkdir(kept)
        first, _ = self.playing()
        try:
            with_first = self.left_over()
            self.assertEqual((len(with_first), kept in with_first, left[0] in with_first), (2, True, False), with_first)
            second, _ = self.playing()  # leaves alone what is in use
            self.assertEqual(set(with_first) - set(self.left_over()), set())
            self.end(second, signal.SIGINT)
        finally:
            self.end(first, signal.SIGINT)
        self.assertEqual(self.left_over(), [kept])
        os.rmdir(kept)

    def test_everything_of_it_comes_after_the_real_server(self):
        played, _ = self.playing()
        try:
            served = subprocess.run(["pgrep", "-P", str(played.pid)], check=True, capture_output=True, text=True).stdout
            processes = [played.pid, *map(int, served.split())]
            self.assertEqual(len(processes), 2)
            for process in processes:
                for thread in os.listdir(f"/proc/{process}/task"):
                    self.assertGreaterEqual(os.getpriority(os.PRIO_PROCESS, int(thread)), 15)
        finally:
            self.end(played, signal.SIGINT)


if __name__ == "__main__":
    program = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2)
    sys.exit(0 if program.result.wasSuccessful() else 1)
