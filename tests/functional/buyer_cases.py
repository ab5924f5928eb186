"""What buyers do: register, log in, order, cancel; and what they may not do."""

import os
import shutil
import tempfile
import threading

from case import CODES, CODE_TIER, FEW, FEW_TIER, GIFT, LATER, PAID, PAID_TIER, PAST, RUSH, SESSION, Case, numbers, site


class People(Case):
    def test_registers_logs_in_and_refuses(self):
        new = {"username": "alice_1", "password": "secret123"}
        person = {**new, "nickname": "Alice"}
        made = self.expect(site.call("POST", "/api/v1/people", person), 201)
        self.expect(site.call("POST", "/api/v1/people", person), 409, "username_taken")
        again = self.expect(site.call("POST", "/api/v1/logins", new), 200)
        self.assertEqual(made["person"], again["person"])
        self.assertRegex(again["expires_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(self.expect(site.call("GET", "/api/v1/orders", token=again["token"]), 200)["orders"], [])
        self.expect(site.call("POST", "/api/v1/logins", {**new, "password": "secret124"}), 401, "wrong_credentials")
        self.expect(site.call("POST", "/api/v1/logins", {**new, "username": "nobody1"}), 401, "wrong_credentials")

    def test_checks_each_rule_by_its_own_code(self):
        register = lambda **more: site.call(  # noqa: E731
            "POST", "/api/v1/people", {"username": "bobby", "password": "secret123", "nickname": "Bob", **more})
        for name in ("abc", "1abcd", "a" * 17, "al ice", "alice-1", ""):
            self.expect(register(username=name), 400, "username_invalid")
        for password in ("short1", "nodigits", "12345678", "with space 1", "x1" * 11, "密码密码12345"):
            self.expect(register(password=password), 400, "password_invalid")
        self.expect(register(nickname=""), 400, "nickname_missing")
        self.expect(register(nickname="x" * 33), 400, "nickname_invalid")
        self.expect_field(site.call("POST", "/api/v1/people", {"username": "bobby", "password": "secret123"}), "nickname")
        self.expect(register(mobile="12345"), 400, "mobile_invalid")
        self.expect(register(email="nobody"), 400, "email_invalid")
        self.expect(register(mobile="13800138000"), 400, "code_wrong")

    def test_imports_in_one_step_with_consecutive_ids(self):
        names = "\n".join(f"imported{i}" for i in range(50)) + "\n"
        text = {"Content-Type": "text/plain"}
        made = self.expect(site.staff("POST", "/api/v1/people/import", names, text), 200)
        self.assertEqual(made["imported"], 50)
        self.assertEqual(made["last_person"] - made["first_person"], 49)
        refused = self.expect(site.staff("POST", "/api/v1/people/import", "fresh_one\nimported7\n", text), 409, "username_taken")
        self.assertEqual(refused["details"]["line"], 2)
        self.expect(site.staff("POST", "/api/v1/people/import", "fresh_one\n", text), 200)
        self.expect(site.call("POST", "/api/v1/people/import", "fresh_two\n", site.person(1), text), 403, "staff_only")


class Tokens(Case):
    def test_are_required_valid_and_fresh(self):
        self.expect(site.call("GET", "/api/v1/orders"), 401, "login_required")
        self.expect(site.call("GET", "/api/v1/orders", token=site.token(7, lifetime_s=-60)), 401, "token_expired")
        self.expect(site.call("GET", "/api/v1/orders", token="no.token.atall"), 401, "token_invalid")
        good = site.person(7)
        self.expect(site.call("GET", "/api/v1/orders", token=good[:-4] + "AAAA"), 401, "token_invalid")
        none = good.split(".")
        none[0] = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
        self.expect(site.call("GET", "/api/v1/orders", token=".".join(none)), 401, "token_invalid")

    def test_of_another_site_are_foreign(self):
        folder = tempfile.mkdtemp(prefix="onsale-test.")
        try:
            os.mkdir(os.path.join(folder, "keys"))
            with open(os.path.join(folder, "keys", "master.key"), "w", encoding="ascii") as file:
                file.write("11" * 32 + "\n")
            self.expect(site.call("GET", "/api/v1/orders", token=site.token(7, data=folder)), 401, "token_invalid")
        finally:
            shutil.rmtree(folder)

    def test_of_staff_and_of_persons_are_not_the_same(self):
        self.expect(site.call("GET", "/api/v1/orders", token=site.staff_token), 401, "token_invalid")
        self.expect(site.call("POST", "/api/v1/sessions", SESSION, site.person(7)), 403, "staff_only")


class Campaigns(Case):
    def test_lists_what_is_on(self):
        listed = self.expect(site.call("GET", "/api/v1/campaigns"), 200)["campaigns"]
        ids = [one["id"] for one in listed]
        self.assertTrue({RUSH, PAID, GIFT, FEW} <= set(ids))
        self.assertFalse({LATER, PAST} & set(ids))

    def test_shows_one_and_whether_i_joined(self):
        person = next(numbers)
        self.assertFalse(self.expect(site.call("GET", f"/api/v1/campaigns/{GIFT}"), 200)["joined"])
        order = self.expect(site.order(person, GIFT), 201)["order"]
        shown = self.expect(site.call("GET", f"/api/v1/campaigns/{GIFT}", token=site.person(person)), 200)
        self.assertTrue(shown["joined"])
        self.assertEqual(shown["order"]["id"], order["id"])
        self.expect(site.call("GET", "/api/v1/campaigns/999"), 404, "campaign_unknown")
        self.expect(site.call("GET", "/api/v1/campaigns/x"), 404, "campaign_unknown")


class Orders(Case):
    def test_of_a_free_ticket_is_completed_with_a_code(self):
        person = next(numbers)
        answer = self.expect(site.order(person, GIFT), 201)
        order = answer["order"]
        self.assertEqual(answer["outcome"], "accepted")
        self.assertEqual((order["state"], order["person"], order["campaign"], order["deadline"]), ("completed", person, GIFT, None))
        self.assertEqual(order["amount"], {"minor": 0, "currency": "CNY"})
        self.assertEqual(len(order["tickets"]), 1)
        self.assertTrue(order["tickets"][0]["code"])
        again = self.expect(site.order(person, GIFT, key="other"), 200)
        self.assertEqual((again["outcome"], again["order"]), ("already_joined", order))

    def test_of_paid_tickets_is_reserved_and_can_be_cancelled_and_hidden(self):
        person = next(numbers)
        order = self.expect(site.order(person, PAID, [(PAID_TIER, 2)]), 201)["order"]
        self.assertEqual((order["state"], order["amount"]["minor"]), ("reserved", 2000))
        self.assertNotIn("tickets", order)
        path = f"/api/v1/orders/{order['id']}"
        self.expect(site.call("DELETE", path, token=site.person(person)), 409, "order_not_final")
        for _ in range(2):
            cancelled = self.expect(site.call("POST", path + "/cancel", token=site.person(person)), 200)["order"]
            self.assertEqual(cancelled["state"], "cancelled")
        self.assertEqual(site.call("DELETE", path, token=site.person(person)).status, 204)
        self.assertEqual(self.expect(site.call("GET", "/api/v1/orders", token=site.person(person)), 200)["orders"], [])

    def test_that_are_completed_cannot_be_cancelled(self):
        person = next(numbers)
        order = self.expect(site.order(person, GIFT), 201)["order"]
        refused = site.call("POST", f"/api/v1/orders/{order['id']}/cancel", token=site.person(person))
        self.expect(refused, 409, "order_not_cancellable")

    def test_of_others_are_unknown(self):
        owner, other = next(numbers), next(numbers)
        order = self.expect(site.order(owner, GIFT), 201)["order"]
        path = f"/api/v1/orders/{order['id']}"
        self.assertEqual(self.expect(site.call("GET", path, token=site.person(owner)), 200)["order"], order)
        for method, address in (("GET", path), ("POST", path + "/cancel"), ("DELETE", path), ("GET", "/api/v1/orders/123456")):
            self.expect(site.call(method, address, token=site.person(other)), 404, "order_unknown")
        ticket = f"/api/v1/tickets/{order['tickets'][0]['id']}"
        self.assertEqual(self.expect(site.call("GET", ticket, token=site.person(owner)), 200)["code"], order["tickets"][0]["code"])
        self.expect(site.call("GET", ticket, token=site.person(other)), 404, "ticket_unknown")

    def test_are_listed_newest_first_in_pages(self):
        person = next(numbers)
        ids = [self.expect(site.order(person, PAID, [(PAID_TIER, 1)]), 201)["order"]["id"] for _ in range(3)]
        first = self.expect(site.call("GET", "/api/v1/orders?limit=2", token=site.person(person)), 200)
        self.assertEqual([order["id"] for order in first["orders"]], [ids[2], ids[1]])
        rest = site.call("GET", f"/api/v1/orders?limit=2&before={first['next']}", token=site.person(person))
        rest = self.expect(rest, 200)
        self.assertEqual([order["id"] for order in rest["orders"]], [ids[0]])
        self.assertIsNone(rest["next"])
        done = site.call("GET", "/api/v1/orders?state=completed", token=site.person(person))
        self.assertEqual(self.expect(done, 200)["orders"], [])
        for query, field in (("limit=0", "limit"), ("limit=x", "limit"), ("state=lost", "state"), ("before=x", "before")):
            self.expect_field(site.call("GET", "/api/v1/orders?" + query, token=site.person(person)), field)

    def test_are_refused_by_the_rule_they_break(self):
        person = next(numbers)
        refused = self.expect(site.order(person, LATER), 409, "not_open_yet")
        self.assertEqual(refused["details"]["opens_at"], "2089-12-31T16:00:00.000Z")
        self.expect(site.order(person, PAST), 410, "campaign_ended")
        self.expect(site.order(person, 999), 404, "campaign_unknown")
        self.expect(site.order(person, PAID, [(CODE_TIER, 1)]), 400, "tier_unknown")
        self.expect(site.order(person, PAID, [(PAID_TIER, 1), (PAID_TIER, 1)]), 400, "tier_repeated")
        self.expect(site.order(person, PAID, [(PAID_TIER, 0)]), 400, "quantity_invalid")
        over = self.expect(site.order(person, PAID, [(PAID_TIER, 5)]), 400, "over_tickets_per_order")
        self.assertEqual(over["details"]["limit"], 4)
        self.expect(site.order(person, PAID, [(PAID_TIER, 4)]), 201)
        over = self.expect(site.order(person, PAID, [(PAID_TIER, 3)]), 409, "over_tickets_per_person")
        self.assertEqual((over["details"]["limit"], over["details"]["used"]), (6, 4))
        for _ in range(2):
            self.expect(site.order(person, PAID, [(PAID_TIER, 1)]), 201)
        self.expect(site.order(person, PAID, [(PAID_TIER, 1)]), 409, "over_orders_per_person")

    def test_run_out_of_stock_with_a_receipt(self):
        person, other = next(numbers), next(numbers)
        few = self.expect(site.order(person, FEW, [(FEW_TIER, 4)]), 409, "not_enough_stock")
        self.assertEqual(few["details"]["free"], 3)
        held = self.expect(site.order(person, FEW, [(FEW_TIER, 3)]), 201)["order"]
        gone = self.expect(site.order(other, FEW), 409, "sold_out")
        self.assertTrue(gone["receipt"])
        self.expect(site.call("POST", f"/api/v1/orders/{held['id']}/cancel", token=site.person(person)), 200)
        back = self.expect(site.order(other, FEW), 201)["order"]
        self.expect(site.call("POST", f"/api/v1/orders/{back['id']}/cancel", token=site.person(other)), 200)

    def test_of_codes_give_each_once_and_then_sell_out(self):
        people = [next(numbers) for _ in range(len(CODES) + 2)]
        answers = [site.order(person, RUSH) for person in people]
        won = [answer.json["order"]["tickets"][0]["code"] for answer in answers if answer.status == 201]
        self.assertEqual(sorted(won), sorted(CODES))
        for answer in answers[len(CODES):]:
            self.expect(answer, 409, "sold_out")
        self.assertEqual(site.order(people[2], RUSH).json["order"]["tickets"][0]["code"], won[2])


class Idempotency(Case):
    def test_of_one_key_is_one_order(self):
        person = next(numbers)
        first = self.expect(site.order(person, PAID, [(PAID_TIER, 1)], "key-1"), 201)
        again = self.expect(site.order(person, PAID, [(PAID_TIER, 1)], "key-1"), 200)
        self.assertEqual((again["outcome"], again["order"]), ("repeated", first["order"]))
        self.expect(site.order(person, PAID, [(PAID_TIER, 2)], "key-1"), 422, "key_reused")
        other = self.expect(site.order(next(numbers), PAID, [(PAID_TIER, 1)], "key-1"), 201)
        self.assertNotEqual(other["order"]["id"], first["order"]["id"])

    def test_holds_when_a_key_comes_many_times_at_once(self):
        person, answers = next(numbers), []
        site.person(person)
        place = lambda: answers.append(site.order(person, PAID, [(PAID_TIER, 1)], "parallel"))  # noqa: E731
        threads = [threading.Thread(target=place) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200] * 19 + [201])
        self.assertEqual(len({answer.json["order"]["id"] for answer in answers}), 1)

    def test_is_not_spent_by_a_refusal(self):
        person = next(numbers)
        self.expect(site.order(person, PAID, [(PAID_TIER, 5)], "key-2"), 400, "over_tickets_per_order")
        self.expect(site.order(person, PAID, [(PAID_TIER, 1)], "key-2"), 201)

    def test_refuses_keys_that_are_none(self):
        for key in ("x" * 65, "a b"):
            self.expect_field(site.order(next(numbers), GIFT, key=key), "Idempotency-Key")


class BadInput(Case):
    def test_of_bodies_names_the_field(self):
        token = site.person(next(numbers))
        place = lambda body: site.call("POST", "/api/v1/orders", body, token, {"Content-Type": "application/json"})  # noqa: E731
        for body in ("", "{", "[]", "null", "{\"campaign\":1001,}", "{\"campaign\":1001}x", "{\"campaign\":1001} {}"):
            self.expect(place(body), 400, "invalid_field")
        for body in ('{"campaign":"1001"}', '{"campaign":-1}', '{"campaign":1.5}', '{"campaign":true}', '{"campaign":1e400}'):
            self.expect_field(place(body), "campaign")
        self.expect_field(place("{}"), "campaign")
        self.expect_field(place('{"campaign":1001,"price":0}'), "price")
        self.expect_field(place('{"campaign":1001,"campaign":1002}'), "campaign")
        self.expect_field(place('{"campaign":1002,"lines":[{"tier":2002,"quantity":"1"}]}'), "lines[0].quantity")
        self.expect(place('{"campaign":1001,"x":"' + "[" * 100 + '"}'), 400, "invalid_field")

    def test_that_is_too_large_is_refused(self):
        answer = site.call("POST", "/api/v1/orders", '{"campaign":1001,"x":"' + "y" * 2_000_000 + '"}', site.person(1))
        self.expect(answer, 413, "body_too_large")

    def test_of_addresses_and_methods(self):
        self.expect(site.call("GET", "/api/v1/nothing"), 404, "route_unknown")
        for method, path in (("DELETE", "/api/v1/people"), ("GET", "/api/v1/codes"), ("GET", "/api/v1/orders/256/cancel"),
                             ("GET", "/ticket/get"), ("GET", "/ticket/get?actId=1001"), ("PATCH", "/api/v1/orders"),
                             ("GET", "/api/v1/code-lists/1/seal"), ("POST", "/api/v1/campaigns")):
            answer = site.call(method, path, token=site.person(1))
            self.expect(answer, 405, "method_not_allowed")
            self.assertTrue(answer.headers["Allow"])

    def test_is_told_in_the_readers_language(self):
        english = site.order(1, 999).json
        chinese = site.call("POST", "/api/v1/orders", {"campaign": 999}, site.person(1), {"Accept-Language": "zh-CN,zh;q=0.9"}).json
        self.assertEqual(english["code"], chinese["code"])
        self.assertTrue(english["message"].isascii())
        self.assertFalse(chinese["message"].isascii())

    def test_other_sites_pages_may_not_read(self):
        for method in ("OPTIONS", "GET"):
            answer = site.call(method, "/api/v1/orders", token=site.person(1), headers={
                "Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"})
            self.assertNotIn("access-control-allow-origin", {name.lower() for name in answer.headers})
