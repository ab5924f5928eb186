#!/usr/bin/env python3
"""Statistics, exports and webhooks against a running server; the webhook's other end is a server of this test.

    tests/functional/reports_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import csv
import hashlib
import hmac
import http.client
import http.server
import io
import json
import os
import sys
import threading
import unittest
import xml.etree.ElementTree
import zipfile

sys.dont_write_bytecode = True

from site_process import Site, session  # noqa: E402

PROGRAMS = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
SESSION, RUSH, PAID, CODE_TIER, PAID_TIER = 100, 1001, 1002, 2001, 2002
CODES = ["=cmd|calc", "AAA-2", "AAA-3", "AAA-4"]


class OtherEnd:
    """Takes webhook calls, remembers them, and answers as it is told."""

    def __init__(self):
        self.calls = []
        self.status = 204
        other_end = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                other_end.calls.append((dict(self.headers), body))
                self.send_response(other_end.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self):
        return [event for _, body in list(self.calls) for event in json.loads(body)]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.other_end = OtherEnd()
        cls.site = site = Site(*PROGRAMS, variables={"ONSALE_WEBHOOKS_PRIVATE_ADDRESSES": "allowed"})
        cls.staged = site.staff("PUT", "/api/v1/code-lists/5001/chunks/0", "\n".join(CODES) + "\n", {"Content-Type": "text/plain"})
        site.staff("POST", "/api/v1/code-lists/5001/seal")
        made = site.staff("POST", "/api/v1/sessions", session(
            SESSION, [{"id": 1, "list": 5001}, {"id": 2, "count": 10}],
            [{"id": CODE_TIER, "pool": 1}, {"id": PAID_TIER, "pool": 2, "price": "12.50"}],
            [{"id": RUSH, "one_per_person": True, "tickets_per_order": 1, "tiers": [CODE_TIER]},
             {"id": PAID, "tickets_per_order": 4, "tiers": [PAID_TIER]}]))
        assert made.status == 201, made
        hook = site.staff("POST", "/api/v1/webhooks", {
            "organiser": 1, "url": cls.other_end.url, "events": ["order.completed", "order.reserved", "order.cancelled"]})
        assert hook.status == 201, hook
        cls.hook = hook.json
        for person in (41, 42, 43):
            answer = site.order(person, RUSH)
            assert answer.status == 201, answer
        reserved = site.order(41, PAID, [(PAID_TIER, 2)])
        assert reserved.status == 201, reserved
        cancelled = site.call("POST", f"/api/v1/orders/{reserved.json['order']['id']}/cancel", None, site.person(41))
        assert cancelled.status == 200, cancelled
        # The rows follow the journal.
        site.wait_until(lambda: site.staff("GET", f"/api/v1/sessions/{SESSION}/statistics").json["cancelled"] == 1, "the rows")

    @classmethod
    def tearDownClass(cls):
        result = cls.site.stop()
        cls.other_end.stop()
        cls.site.remove()
        assert result == 0, result

    def get(self, path):
        answer = self.site.staff("GET", path)
        self.assertEqual(answer.status, 200, answer)
        return answer

    def file(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
        connection.request("GET", path, headers={"Authorization": "Bearer " + self.site.staff_token})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        self.assertEqual(response.status, 200, body)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        return body

    def test_statistics_of_a_session(self):
        figures = self.get(f"/api/v1/sessions/{SESSION}/statistics?top=5").json
        self.assertEqual((figures["orders"], figures["completed"], figures["cancelled"], figures["tickets"]), (4, 3, 1, 3))
        self.assertEqual(figures["refund_rate"], "0.0000")
        self.assertEqual([tier["tickets"] for tier in figures["tiers"] if tier["tier"] == CODE_TIER], [3])
        self.assertEqual(sum(hour["orders"] for hour in figures["hours"]), 4)
        self.assertEqual(len(figures["top_people"]), 3)

    def test_statistics_of_a_period_and_of_oneself(self):
        figures = self.get("/api/v1/statistics").json
        self.assertEqual(figures["completed"], 3)
        self.assertEqual(figures["sessions"][0]["id"], SESSION)
        self.assertEqual(figures["shows"][0]["tickets"], 3)
        self.assertEqual(sum(hour["orders"] for hour in figures["hours"]), 4)
        self.assertEqual(self.get("/api/v1/statistics?from=2020-01-01T00:00:00Z&until=2020-02-01T00:00:00Z").json["orders"], 0)
        refused = self.site.staff("GET", "/api/v1/statistics?from=2020-01-01T00:00:00Z&until=2022-01-01T00:00:00Z")
        self.assertEqual(refused.code, "invalid_field")
        own = self.site.call("GET", "/api/v1/me/statistics", None, self.site.person(41)).json
        self.assertEqual((own["orders"], own["completed"], own["complete"]), (2, 1, True))

    def test_curve(self):
        curve = self.get(f"/api/v1/campaigns/{RUSH}/curve").json
        self.assertEqual(sum(point["orders"] for point in curve["points"]), 3)
        picture = self.get(f"/api/v1/campaigns/{RUSH}/curve.svg?language=zh")
        self.assertTrue(picture.headers["Content-Type"].startswith("image/svg+xml"))
        self.assertTrue(xml.etree.ElementTree.fromstring(picture.body).tag.endswith("svg"))

    def test_results_have_a_row_for_each_code(self):
        rows = list(csv.DictReader(io.StringIO(self.file(f"/api/v1/campaigns/{RUSH}/results.csv?language=en").decode("utf-8-sig"))))
        self.assertEqual(sorted(row["Code"] for row in rows), sorted(["'=cmd|calc", "AAA-2", "AAA-3"]))
        self.assertEqual({row["State"] for row in rows}, {"effective"})
        results = json.loads(self.file(f"/api/v1/campaigns/{RUSH}/results.json"))["results"]
        self.assertEqual(sorted(row["code"] for row in results), sorted(CODES[:3]))
        workbook = zipfile.ZipFile(io.BytesIO(self.file(f"/api/v1/campaigns/{RUSH}/results.xlsx")))
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
        self.assertEqual(sheet.count("<row "), 4)
        self.assertNotIn("<f>", sheet)

    def test_orders_of_a_session(self):
        page = self.get(f"/api/v1/sessions/{SESSION}/orders?limit=3").json
        self.assertEqual(len(page["orders"]), 3)
        rest = self.get(f"/api/v1/sessions/{SESSION}/orders?limit=3&before={page['next']}").json
        self.assertEqual(len(rest["orders"]), 1)
        self.assertNotIn("next", rest)
        self.assertEqual(len(self.get(f"/api/v1/sessions/{SESSION}/orders?state=cancelled").json["orders"]), 1)
        rows = list(csv.DictReader(io.StringIO(self.file(f"/api/v1/sessions/{SESSION}/orders.csv?language=en").decode("utf-8-sig"))))
        self.assertEqual(sorted(row["State"] for row in rows), ["cancelled", "completed", "completed", "completed"])
        self.assertTrue(self.file(f"/api/v1/sessions/{SESSION}/orders.xlsx").startswith(b"PK"))

    def test_a_webhook_is_told_and_can_check_the_signature(self):
        self.site.wait_until(lambda: len(self.other_end.events()) >= 5, "the events")
        events = [event for event in self.other_end.events() if event["type"] != "test"]
        self.assertEqual(sorted(event["type"] for event in events),
                         ["order.cancelled", "order.completed", "order.completed", "order.completed", "order.reserved"])
        self.assertEqual(len({event["id"] for event in events}), 5)
        for headers, body in self.other_end.calls:
            seconds, signature = (part.split("=", 1)[1] for part in headers["Onsale-Signature"].split(","))
            expected = hmac.new(self.hook["secret"].encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
            self.assertEqual(signature, expected)

    def test_the_test_button_and_what_is_refused(self):
        path = f"/api/v1/webhooks/{self.hook['id']}"
        pressed = self.site.staff("POST", path + "/test")
        self.assertEqual((pressed.status, pressed.json["status"]), (200, 204), pressed)
        for hook in self.get("/api/v1/webhooks").json["webhooks"]:
            self.assertNotIn("secret", hook)
        for body, field in (({"url": "ftp://example.com"}, "url"), ({"events": ["order.vanished"]}, "events")):
            refused = self.site.staff("PATCH", path, body)
            self.assertEqual((refused.code, refused.json["details"]["field"]), ("invalid_field", field))
        self.assertEqual(self.site.staff("POST", path + "/deliveries/77/retry").code, "delivery_unknown")
        self.assertEqual(self.site.staff("POST", "/api/v1/webhooks/77/test").code, "webhook_unknown")
        self.assertEqual(self.site.call("GET", "/api/v1/webhooks", None, self.site.person(41)).status, 403)


if __name__ == "__main__":
    program = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2)
    sys.exit(0 if program.result.wasSuccessful() else 1)
