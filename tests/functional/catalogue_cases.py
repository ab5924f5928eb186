"""The catalogue: what everybody sees of it, and what those who sell make of it."""

import gzip
import http.client
import json
import struct
import zlib

from case import Case, site
from site_process import session

SESSION, SHOW, ORGANISER, TIER, CAMPAIGN = 300, 30, 3, 3001, 3501


def png(width, height, color=0):
    """A picture of one color."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([color]) * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def definition(number):
    made = session(number, [{"id": 1, "count": 50}], [{"id": number * 10 + 1, "pool": 1, "price": "20.00"}],
                   [{"id": number * 10 + 501, "tiers": [number * 10 + 1]}])
    made["organiser"] = {"id": ORGANISER, "name": {"zh": "星河文化", "en": "Galaxy Culture"}}
    made["show"] = {"id": SHOW, "name": {"zh": "银河音乐会", "en": "Milky Way Concert"},
                    "venue": {"zh": "大剧院", "en": "Grand Theatre"}, "notice": {"zh": "须知", "en": "No refunds"}}
    return made


class Catalogue(Case):
    @classmethod
    def setUpClass(cls):
        made = site.staff("POST", "/api/v1/sessions", definition(SESSION))
        assert made.status in (200, 201), made

    def get(self, path, headers=None):
        return site.call("GET", path, headers=headers)

    def raw(self, path, headers=None):
        """Status, headers and bytes, for what is no text."""
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def eventually(self, path, check):
        site.wait_until(lambda: check(self.get(path).json), path)

    def test_pages_answer_304_to_who_has_them_and_pack_them(self):
        for path in ("/api/v1/home", "/api/v1/campaigns", f"/api/v1/shows/{SHOW}", f"/api/v1/organisers/{ORGANISER}"):
            first = self.get(path)
            self.expect(first, 200)
            etag = first.headers["ETag"]
            again = self.get(path, {"If-None-Match": etag})
            self.assertEqual((again.status, again.body), (304, ""), path)
            status, headers, body = self.raw(path, {"Accept-Encoding": "gzip"})
            self.assertEqual((status, headers["Content-Encoding"]), (200, "gzip"), path)
            self.assertEqual(json.loads(gzip.decompress(body)).keys(), first.json.keys())

    def test_a_campaign_tells_venue_notice_and_state(self):
        shown = self.expect(self.get(f"/api/v1/campaigns/{CAMPAIGN}"), 200)
        self.assertEqual(shown["venue"]["en"], "Grand Theatre")
        self.assertEqual(shown["notice"]["en"], "No refunds")
        self.assertEqual((shown["state"], shown["session_state"], shown["cancelled"], shown["joined"]),
                         ("current", "upcoming", False, False))
        self.assertEqual(self.get("/api/v1/campaigns/99999999").status, 404)

    def test_search_finds_both_languages_in_any_case(self):
        for words in ("MILKY%20way", "%E9%93%B6%E6%B2%B3", "grand%20THEATRE", "galaxy"):
            found = self.expect(self.get(f"/api/v1/campaigns?query={words}"), 200)
            self.assertIn(CAMPAIGN, [one["id"] for one in found["campaigns"]], words)
            self.assertIn(SHOW, [one["id"] for one in self.get(f"/api/v1/shows?query={words}").json["shows"]])
        self.assertEqual(self.get("/api/v1/campaigns?query=nothing-like-it").json["campaigns"], [])
        self.expect_field(self.get("/api/v1/campaigns?query=" + "x" * 101), "query")
        self.expect_field(self.get("/api/v1/campaigns?after=1"), "after")

    def test_pages_follow_each_other_without_gap_or_repetition(self):
        whole = [one["id"] for one in self.get("/api/v1/campaigns?limit=100").json["campaigns"]]
        seen, after = [], ""
        while True:
            page = self.get(f"/api/v1/campaigns?limit=1{after}").json
            seen += [one["id"] for one in page["campaigns"]]
            if "next" not in page:
                break
            after = f"&after={page['next']}"
        self.assertEqual(seen, whole)

    def test_an_edit_is_seen_and_names_its_mistakes(self):
        self.expect_field(site.staff("PATCH", f"/api/v1/tiers/{TIER}", {"price": "1.234"}), "price")
        self.expect(site.staff("PATCH", f"/api/v1/tiers/{TIER}", {"price": "18.50", "name": {"zh": "早鸟", "en": "Early"}}), 200)
        self.eventually(f"/api/v1/campaigns/{CAMPAIGN}", lambda shown: shown["tiers"][0]["price"]["minor"] == 1850
                        and shown["tiers"][0]["name"]["en"] == "Early")
        edit = {"name": {"zh": "改", "en": "Changed"}, "tickets_per_order": 2}
        self.expect(site.staff("PATCH", f"/api/v1/campaigns/{CAMPAIGN}", edit), 200)
        self.eventually(f"/api/v1/campaigns/{CAMPAIGN}",
                        lambda shown: (shown["name"]["en"], shown["tickets_per_order"]) == ("Changed", 2))
        self.expect(site.staff("PATCH", f"/api/v1/sessions/{SESSION}", {"venue": {"zh": "小厅", "en": "Small Hall"}}), 200)
        detail = self.expect(site.staff("GET", f"/api/v1/sessions/{SESSION}"), 200)
        self.assertEqual((detail["venue"]["en"], detail["pools"][0]["capacity"]), ("Small Hall", 50))
        self.expect(site.staff("PATCH", f"/api/v1/sessions/{SESSION}", {"venue": {"zh": "", "en": ""}}), 200)

    def test_a_session_is_cancelled_and_removed(self):
        self.expect(site.staff("POST", "/api/v1/sessions", definition(301)), 201)
        self.expect(site.staff("DELETE", "/api/v1/sessions/301"), 409, "session_not_removable")
        self.expect_field(site.staff("POST", "/api/v1/sessions/301/cancel", {"reason": {"zh": "雨", "en": ""}}), "reason.en")
        reason = {"reason": {"zh": "台风", "en": "A typhoon"}}
        self.expect(site.staff("POST", "/api/v1/sessions/301/cancel", reason), 200)
        self.eventually("/api/v1/campaigns/3511", lambda shown: shown["state"] == "cancelled" and shown["cancelled"])
        self.assertEqual(self.expect(site.staff("GET", "/api/v1/sessions/301"), 200)["cancel_reason"]["en"], "A typhoon")
        self.assertEqual(site.staff("DELETE", "/api/v1/sessions/301").status, 204)
        self.expect(site.staff("GET", "/api/v1/sessions/301"), 404, "session_unknown")
        listed = self.expect(site.staff("GET", "/api/v1/sessions?state=cancelled&limit=100"), 200)
        self.assertNotIn(301, [one["id"] for one in listed["sessions"]])

    def test_what_a_removed_session_has_sold_is_still_answered_for(self):
        free = definition(302)
        del free["tiers"][0]["price"]
        self.expect(site.staff("POST", "/api/v1/sessions", free), 201)
        person = site.person(30200)
        number = self.expect(site.order(30200, 3521), 201)["order"]["id"]
        reason = {"reason": {"zh": "台风", "en": "A typhoon"}}
        self.expect(site.staff("POST", "/api/v1/sessions/302/cancel", reason), 200)
        self.assertEqual(site.staff("DELETE", "/api/v1/sessions/302").status, 204)
        listed = self.expect(site.call("GET", "/api/v1/orders", None, person), 200)["orders"]
        self.assertEqual([(one["id"], one["state"]) for one in listed], [(number, "refunded")])
        self.expect(site.call("GET", f"/api/v1/orders/{number}", None, person), 200)
        self.expect(site.staff("GET", "/api/v1/sessions/302/statistics"), 200)
        self.assertEqual(self.expect(self.get("/api/v1/campaigns/3521"), 200)["state"], "cancelled")
        self.assertNotIn(3521, [one["id"] for one in self.expect(self.get("/api/v1/campaigns?limit=100"), 200)["campaigns"]])
        self.expect(site.order(30201, 3521), 404, "campaign_unknown")
        self.expect(site.staff("PATCH", "/api/v1/campaigns/3521", {"tickets_per_order": 1}), 404, "campaign_unknown")

    def test_pictures_and_banners(self):
        sent = self.expect(site.staff("POST", "/api/v1/pictures", png(64, 48), {"Content-Type": "image/png"}), 201)
        self.assertEqual((sent["width"], sent["height"]), (64, 48))
        again = self.expect(site.staff("POST", "/api/v1/pictures", png(64, 48), {"Content-Type": "image/gif"}), 201)
        self.assertEqual(again["id"], sent["id"])
        self.expect(site.staff("POST", "/api/v1/pictures", b"<svg/>", {"Content-Type": "image/png"}), 400, "picture_invalid")
        status, headers, body = self.raw(sent["url"])
        self.assertEqual((status, headers["Content-Type"], body), (200, "image/png", png(64, 48)))
        self.assertIn("immutable", headers["Cache-Control"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(self.get(sent["url"], {"If-None-Match": headers["ETag"]}).status, 304)
        self.expect(self.get("/pictures/none.png"), 404, "picture_unknown")
        banner = {"picture": sent["url"], "title": {"zh": "新", "en": "New"}, "campaign": CAMPAIGN}
        self.assertEqual(site.staff("PUT", "/api/v1/banners", {"banners": [banner]}).status, 204)
        self.eventually("/api/v1/home", lambda home: [one["picture"] for one in home["banners"]] == [sent["url"]])
        wrong = {**banner, "picture": "none.png"}
        self.expect_field(site.staff("PUT", "/api/v1/banners", {"banners": [wrong]}), "banners[0].picture")

    def test_unknown_numbers_and_names(self):
        for kind, code in (("campaigns", "campaign_unknown"), ("shows", "show_unknown"), ("organisers", "organiser_unknown")):
            for number in ("7000000", "0", "-1", "x", "9007199254740992"):
                self.expect(self.get(f"/api/v1/{kind}/{number}"), 404, code)
        self.expect(self.get("/pictures/7.png"), 404, "picture_unknown")

    def test_organisers_and_shows_are_put(self):
        texts = {"name": {"zh": "新主办", "en": "Newcomer"}, "description": {"zh": "介绍", "en": "About us"}}
        self.expect(site.staff("PUT", "/api/v1/organisers/31", texts), 200)
        self.eventually("/api/v1/organisers/31", lambda shown: shown["description"]["en"] == "About us")
        show = {"organiser": 31, "name": {"zh": "展览", "en": "Exhibition"}}
        self.expect(site.staff("PUT", "/api/v1/shows/311", show), 200)
        self.eventually("/api/v1/organisers/31", lambda shown: [one["id"] for one in shown["shows"]] == [311])
        self.expect(site.staff("PUT", "/api/v1/shows/311", {**show, "organiser": ORGANISER}), 409, "definition_conflict")
        listed = self.expect(site.staff("GET", "/api/v1/organisers?query=NEWCOMER"), 200)
        self.assertEqual([one["id"] for one in listed["organisers"]], [31])

    def test_a_campaign_is_added_to_a_session(self):
        new = {"id": 3599, "name": {"zh": "第二轮", "en": "Second round"}, "opens_at": "2090-01-01T00:00:00Z",
               "closes_at": "2090-06-01T00:00:00Z", "tiers": [TIER]}
        self.expect_field(site.staff("POST", f"/api/v1/sessions/{SESSION}/campaigns", {**new, "tiers": [1]}), "tiers[0]")
        self.expect(site.staff("POST", f"/api/v1/sessions/{SESSION}/campaigns", new), 201)
        self.expect(site.staff("POST", f"/api/v1/sessions/{SESSION}/campaigns", new), 200)
        self.eventually("/api/v1/campaigns?state=upcoming", lambda page: 3599 in [one["id"] for one in page["campaigns"]])
