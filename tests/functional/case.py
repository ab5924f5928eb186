"""What the black-box tests share: one server with one session on sale, and checks that name the answer when they fail."""

import itertools
import subprocess
import unittest

from site_process import Site, session

numbers = itertools.count(5000)  # persons that nobody else uses
RUSH, PAID, LATER, PAST, GIFT, FEW = 1001, 1002, 1003, 1004, 1005, 1006
CODE_TIER, PAID_TIER, GIFT_TIER, FEW_TIER = 2001, 2002, 2003, 2004
CODES = ["AAA-1", "AAA-2", "AAA-3", "AAA-4", "AAA-5", "AAA-6"]

SESSION = session(
    100,
    [{"id": 1, "list": 5001}, {"id": 2, "count": 500}, {"id": 3, "count": 3}],
    [{"id": CODE_TIER, "pool": 1}, {"id": PAID_TIER, "pool": 2, "price": "10.00"}, {"id": GIFT_TIER, "pool": 2},
     {"id": FEW_TIER, "pool": 3, "price": "1.00"}],
    [{"id": RUSH, "one_per_person": True, "tickets_per_order": 1, "tiers": [CODE_TIER]},
     {"id": PAID, "tickets_per_order": 4, "tiers": [PAID_TIER, GIFT_TIER]},
     {"id": LATER, "opens_at": "2090-01-01T00:00:00+08:00", "tiers": [GIFT_TIER]},
     {"id": PAST, "closes_at": "2021-01-01T00:00:00+08:00", "tiers": [GIFT_TIER]},
     {"id": GIFT, "one_per_person": True, "tickets_per_order": 1, "tiers": [GIFT_TIER]},
     {"id": FEW, "tickets_per_order": 32, "tiers": [FEW_TIER]}],
    orders_per_person=3, tickets_per_person=6)


class _Running:
    """The server of this run, once it has been started."""

    started = None

    def __getattr__(self, name):
        return getattr(self.started, name)


site = _Running()


def start(onsale, crowd):
    _Running.started = Site(onsale, crowd)
    staged = site.staff("PUT", "/api/v1/code-lists/5001/chunks/0", "\n".join(CODES) + "\n", {"Content-Type": "text/plain"})
    assert staged.status == 200, staged
    sealed = site.staff("POST", "/api/v1/code-lists/5001/seal")
    assert sealed.status == 200, sealed
    made = site.staff("POST", "/api/v1/sessions", SESSION)
    assert made.status == 201, made


def stop():
    """Ends the server; empty when it stopped in order and its books are clean, otherwise a sentence."""
    result = site.stop()
    audit = subprocess.run([site.onsale, "audit", "--data", site.data], capture_output=True, text=True, check=False)
    if result == 0 and audit.returncode == 0:
        site.remove()
        return ""
    return f"the server stopped with code {result}, the audit with {audit.returncode}:\n{audit.stdout}{audit.stderr}\nkept: {site.folder}"


class Case(unittest.TestCase):
    def expect(self, answer, status, code=None):
        self.assertEqual(answer.status, status, answer)
        if code is not None:
            self.assertEqual(answer.code, code, answer)
            for field in ("message", "remedy", "request_id", "details"):
                self.assertIn(field, answer.json)
        return answer.json if answer.body.startswith(("{", "[")) else None

    def expect_field(self, answer, field):
        self.assertEqual(self.expect(answer, 400, "invalid_field")["details"]["field"], field)
