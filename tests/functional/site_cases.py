"""What operators do, the addresses of the first program, the event stream, and what the site says about itself."""

import hashlib
import re

from case import GIFT, GIFT_TIER, PAID, PAID_TIER, SESSION, Case, numbers, site
from site_process import Stream, session

TEXT = {"Content-Type": "text/plain"}


class FirstAddresses(Case):
    """The five addresses of 001's pages."""

    def test_list_and_detail(self):
        listed = self.expect(site.call("GET", "/act/list?page=1"), 200)
        self.assertIn(str(GIFT), str(listed))
        self.expect(site.call("GET", f"/act/detail?actId={GIFT}"), 200)
        self.expect(site.call("GET", "/act/detail?actId=999"), 404, "campaign_unknown")

    def test_grab_once_and_see_the_ticket(self):
        person = next(numbers)
        token = site.person(person)
        won = self.expect(site.call("POST", "/ticket/get", {"actId": GIFT}, token), 201)
        self.assertEqual((won["actId"], won["outcome"]), (GIFT, "accepted"))
        again = self.expect(site.call("POST", "/ticket/get", {"id": GIFT}, token), 200)
        self.assertEqual((again["ticketId"], again["code"], again["outcome"]), (won["ticketId"], won["code"], "already_joined"))
        for name in ("ticketId", "id"):
            shown = self.expect(site.call("GET", f"/ticket/detail?{name}={won['ticketId']}", token=token), 200)
            self.assertIn(won["code"], str(shown))
        self.assertIn(won["code"], str(self.expect(site.call("GET", "/ticket/list", token=token), 200)))
        other = site.person(next(numbers))
        self.expect(site.call("GET", f"/ticket/detail?ticketId={won['ticketId']}", token=other), 404, "ticket_unknown")

    def test_need_a_login_and_a_known_campaign(self):
        self.expect(site.call("POST", "/ticket/get", {"actId": GIFT}), 401, "login_required")
        self.expect(site.call("GET", "/ticket/list"), 401, "login_required")
        token = site.person(next(numbers))
        self.expect(site.call("POST", "/ticket/get", {"actId": 999}, token), 404, "campaign_unknown")
        self.expect(site.call("POST", "/ticket/get", {}, token), 400, "invalid_field")


class CodeLists(Case):
    def put(self, number, index, lines):
        return site.staff("PUT", f"/api/v1/code-lists/{number}/chunks/{index}", lines, TEXT)

    def test_are_staged_in_chunks_and_sealed(self):
        self.assertEqual(self.expect(self.put(5101, 0, "L-1\nL-2\n"), 200)["stored"], 2)
        self.assertEqual(self.expect(self.put(5101, 0, "L-1\nL-2\n"), 200)["stored"], 2)
        self.assertEqual(self.expect(self.put(5101, 1, "L-3\r\n"), 200)["stored"], 3)
        self.expect(self.put(5101, 0, "L-8\n"), 409, "chunk_differs")
        sealed = self.expect(site.staff("POST", "/api/v1/code-lists/5101/seal"), 200)
        digest = hashlib.sha256(b"L-1\nL-2\nL-3\n").hexdigest()
        self.assertEqual((sealed["list"], sealed["count"], sealed["digest"]), (5101, 3, digest))
        self.assertEqual(self.expect(site.staff("POST", "/api/v1/code-lists/5101/seal"), 200), sealed)
        self.expect(self.put(5101, 2, "L-4\n"), 409, "list_sealed")

    def test_hold_no_code_twice(self):
        repeated = self.expect(self.put(5102, 0, "M-1\nM-2\nM-1\n"), 409, "code_repeated")
        self.assertEqual(repeated["details"]["line"], 3)
        self.expect(self.put(5102, 0, "M-1\n"), 200)
        elsewhere = self.expect(self.put(5103, 0, "M-7\nM-1\n"), 409, "code_repeated")
        self.assertEqual(elsewhere["details"]["line"], 2)

    def test_refuse_what_is_no_code(self):
        for lines, line in (("ok-1\n\nok-2\n", 2), ("x" * 65 + "\n", 1), ("gut-ö\n", 1), (" a\n", 1)):
            refused = self.expect(self.put(5104, 0, lines.encode()), 400, "code_invalid")
            self.assertEqual(refused["details"]["line"], line)
        self.expect(site.staff("POST", "/api/v1/code-lists/5199/seal"), 404, "list_unknown")
        self.expect(site.call("PUT", "/api/v1/code-lists/5104/chunks/0", "a\n", site.person(1), TEXT), 403, "staff_only")
        self.expect(site.call("PUT", "/api/v1/code-lists/5104/chunks/0", "a\n", None, TEXT), 401, "login_required")


class Sessions(Case):
    def test_are_set_up_once(self):
        again = self.expect(site.staff("POST", "/api/v1/sessions", SESSION), 200)
        self.assertEqual((again["session"], again["outcome"]), (100, "unchanged"))
        other = dict(SESSION, session={**SESSION["session"], "tickets_per_person": 9})
        self.expect(site.staff("POST", "/api/v1/sessions", other), 409, "definition_conflict")

    def test_are_checked_field_by_field(self):
        def broken(**more):
            new = session(150, [{"id": 1, "count": 5}], [{"id": 2150, "pool": 1}], [{"id": 1150, "tiers": [2150]}])
            return site.staff("POST", "/api/v1/sessions", {**new, **more})
        campaign = session(150, [], [], [{"id": 1150, "tiers": [2150], "closes_at": "2019-01-01T00:00:00Z"}])["campaigns"]
        self.expect_field(broken(campaigns=campaign), "campaigns[0].closes_at")
        self.expect_field(broken(tiers=[{"id": 2150, "pool": 7, "name": {"zh": "a", "en": "a"}}]), "tiers[0].pool")
        self.expect_field(broken(extra=1), "extra")
        self.expect(site.call("GET", "/api/v1/campaigns/1150"), 404, "campaign_unknown")

    def test_take_more_stock_and_give_some_back(self):
        new = session(151, [{"id": 1, "count": 2}], [{"id": 2151, "pool": 1, "price": "5.00"}],
                      [{"id": 1151, "tickets_per_order": 32, "tiers": [2151]}])
        self.expect(site.staff("POST", "/api/v1/sessions", new), 201)
        person = next(numbers)
        self.expect(site.order(person, 1151, [(2151, 3)]), 409, "not_enough_stock")
        pool = "/api/v1/sessions/151/pools/1/"
        self.expect(site.staff("POST", pool + "additions", {"addition": 9001, "count": 4}), 201)
        self.expect(site.staff("POST", pool + "additions", {"addition": 9001, "count": 4}), 200)
        self.expect(site.order(person, 1151, [(2151, 3)]), 201)
        refused = self.expect(site.staff("POST", pool + "withdrawals", {"count": 4}), 409, "stock_not_free")
        self.assertEqual(refused["details"]["free"], 3)
        self.expect(site.staff("POST", pool + "withdrawals", {"count": 3}), 201)
        self.expect(site.order(person, 1151), 409, "sold_out")
        self.expect(site.staff("POST", "/api/v1/sessions/151/pools/9/withdrawals", {"count": 1}), 404, "pool_unknown")
        self.expect(site.staff("POST", "/api/v1/sessions/199/pools/1/withdrawals", {"count": 1}), 404, "session_unknown")

        expected = {"pool": 1, "kind": "count", "capacity": 6, "free": 0, "held": 3, "sold": 0, "withdrawn": 3}
        stock = lambda: site.staff("GET", "/api/v1/stock/sessions/151").json.get("pools")  # noqa: E731
        self.assertEqual(stock(), [expected])
        changes = lambda: self.replayed("/api/v1/stock/sessions/151")  # noqa: E731
        site.wait_until(lambda: changes() == (0, 3, 0, 3), "the log of changes", 10)

    def replayed(self, path):
        """(free, held, sold, withdrawn) that follow from the log of changes."""
        free = held = sold = withdrawn = 0
        query = "limit=2"
        while True:
            page = self.expect(site.staff("GET", f"{path}/changes?{query}"), 200)
            for change in page["changes"]:
                kind, count = change["kind"], change["quantity"]
                self.assertIn(kind, {"added", "withdrawn", "held", "sold", "cancelled", "expired"})
                free += {"added": count, "cancelled": count, "expired": count}.get(kind, -count)
                held += {"held": count, "cancelled": -count, "expired": -count}.get(kind, 0)
                sold += count if kind == "sold" else 0
                withdrawn += count if kind == "withdrawn" else 0
            if not page.get("next"):
                return free, held, sold, withdrawn
            query = f"limit=2&after={page['next']}"


class Events(Case):
    def test_of_stock_and_of_ones_own_orders_arrive(self):
        person = next(numbers)
        stream = Stream(site, PAID, site.person(person))
        try:
            self.assertIn("200", stream.head.split("\r\n")[0])
            self.assertIn("text/event-stream", stream.head.lower())
            self.assertTrue(stream.next("time")["now"])
            order = self.expect(site.order(person, PAID, [(PAID_TIER, 1)]), 201)["order"]
            stock = stream.next("stock", lambda data: data["campaign"] == PAID)
            self.assertTrue(any(tier["tier"] == PAID_TIER for tier in stock["tiers"]))
            site.call("POST", f"/api/v1/orders/{order['id']}/cancel", token=site.person(person))
            changed = lambda data: data.get("order", data)  # noqa: E731
            cancelled = stream.next("order", lambda data: changed(data)["state"] == "cancelled")
            self.assertEqual(changed(cancelled)["id"], order["id"])
        finally:
            stream.close()

    def test_of_orders_are_not_for_others(self):
        stream = Stream(site, PAID, site.person(next(numbers)))
        try:
            stream.next("time")
            self.expect(site.order(next(numbers), PAID, [(PAID_TIER, 1)]), 201)
            stream.next("stock", lambda data: data["campaign"] == PAID)
            with self.assertRaises((AssertionError, TimeoutError)):
                stream.socket.settimeout(1.5)
                stream.next("order", limit_s=1.5)
        finally:
            stream.close()


class System(Case):
    ROUTES = ["/api/v1/people", "/api/v1/logins", "/api/v1/campaigns", "/api/v1/campaigns/{campaign}", "/api/v1/orders",
              "/api/v1/orders/{order}", "/api/v1/orders/{order}/cancel", "/api/v1/tickets", "/api/v1/tickets/{ticket}",
              "/api/v1/events", "/act/list", "/act/detail", "/ticket/get", "/ticket/detail", "/ticket/list",
              "/api/v1/code-lists/{list}/chunks/{index}", "/api/v1/code-lists/{list}/seal", "/api/v1/sessions",
              "/api/v1/sessions/{session}/pools/{pool}/additions", "/api/v1/sessions/{session}/pools/{pool}/withdrawals",
              "/api/v1/people/import", "/api/v1/stock/sessions/{session}", "/api/v1/stock/sessions/{session}/changes",
              "/healthz", "/readyz", "/metrics", "/openapi.json", "/api/v1/errors"]

    def test_is_alive_and_names_its_dependencies(self):
        self.assertEqual(site.call("GET", "/healthz").status, 200)
        self.assertIn("journal", site.call("GET", "/readyz").body)

    def test_describes_itself(self):
        document = self.expect(site.call("GET", "/openapi.json"), 200)
        self.assertTrue(document["openapi"].startswith("3."))
        self.assertEqual([route for route in self.ROUTES if route not in document["paths"]], [])
        self.assertIn("Idempotency-Key", str(document["paths"]["/api/v1/orders"]["post"]))

    def test_lists_its_errors(self):
        listed = self.expect(site.call("GET", "/api/v1/errors"), 200)["errors"]
        self.assertTrue({"sold_out", "key_reused", "storage_full"} <= {one["code"] for one in listed})
        self.assertTrue(all(one["message"]["zh"] and one["message"]["en"] for one in listed))

    def test_counts_what_was_done(self):
        for line in site.call("GET", "/metrics").body.splitlines():
            if line and not line.startswith("#"):
                self.assertRegex(line, r'^[a-zA-Z_:][\w:]*(\{(\w+="[^"]*",?)*\})? [-+0-9.eEinfNa]+$')

        def counted(outcome):
            return site.metric("onsale_orders_answers_total", outcome=outcome)
        before = {outcome: counted(outcome) for outcome in ("accepted", "repeated", "over_tickets_per_order")}
        person = next(numbers)
        for _ in range(3):
            self.assertIn(site.order(person, PAID, [(PAID_TIER, 1)], "counted").status, (200, 201))
        self.expect(site.order(person, PAID, [(GIFT_TIER, 9)]), 400, "over_tickets_per_order")
        after = {outcome: counted(outcome) - count for outcome, count in before.items()}
        self.assertEqual(after, {"accepted": 1, "repeated": 2, "over_tickets_per_order": 1})

    def test_gives_each_request_an_id(self):
        first, second = (site.call("GET", "/api/v1/orders").json["request_id"] for _ in range(2))
        self.assertTrue(re.fullmatch(r"[\w-]{8,}", first), first)
        self.assertNotEqual(first, second)
