#!/usr/bin/env python3
"""Imports over HTTP and by the verb, against a server of its own: checks without changes, mistakes with their places, repeats,
bounds, and a server that is killed in the middle; then its books are audited.

    tests/functional/import_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment
"""

import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True

from accounts import staff  # noqa: E402
from site_process import Site  # noqa: E402

IMPORTS = "/api/v1/imports"
PIECE = 4 << 20
ENDED = {"faulty", "ready", "done", "failed"}
HEAD = """[[organisers]]
id = 1
name = { zh = "甲", en = "A" }
[[shows]]
id = 10
organiser = 1
name = { zh = "乙", en = "B" }
venue = { zh = "场馆", en = "Hall" }
"""


def session(number, stock, closes="2098-12-31T20:00:00Z"):
    return f"""[[sessions]]
show = 10
id = {number}
starts_at = 2098-12-31T20:00:00Z
ends_at = 2098-12-31T23:00:00Z
[[sessions.pools]]
id = 1
{stock}
[[sessions.tiers]]
id = {number * 10}
name = {{ zh = "丙", en = "C" }}
pool = 1
[[sessions.campaigns]]
id = {number * 10 + 1}
name = {{ zh = "丁", en = "D" }}
opens_at = 2020-01-01T00:00:00Z
closes_at = {closes}
one_per_person = true
tiers = [{number * 10}]
"""


def codes(number, file="codes.csv"):
    return f'codes = {{ list = {number}, file = "{file}" }}'


def lines(prefix, count):
    return "code\n" + "".join(f"{prefix}-{i}\n" for i in range(count))


class Restarted(Site):
    """A server that can be killed and started again on the same folder and port."""

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def start(self):
        self.process = subprocess.Popen([self.onsale, "serve", "--data", self.data, "--port", str(self.port)],
                                        stdout=subprocess.PIPE, stderr=self.log)
        self.process.stdout.readline()
        self.wait_until(lambda: self.call("GET", "/readyz").status == 200, "the server's readiness")


class Programs:
    """The server of this run."""

    site = None


class Case(unittest.TestCase):
    @property
    def site(self):
        return Programs.site

    def begin(self):
        made = self.site.staff("POST", IMPORTS)
        self.assertEqual(made.status, 201, made)
        return made.json["import"]

    def put(self, number, name, content, offset=0):
        return self.site.staff("PUT", f"{IMPORTS}/{number}/files/{name}?offset={offset}", content)

    def upload(self, files):
        number = self.begin()
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            for offset in range(0, max(len(data), 1), PIECE):
                self.assertEqual(self.put(number, name, data[offset:offset + PIECE], offset).status, 204)
        return number

    def view(self, number):
        answer = self.site.staff("GET", f"{IMPORTS}/{number}")
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def carry(self, number, verb):
        begun = self.site.staff("POST", f"{IMPORTS}/{number}/{verb}")
        self.assertEqual(begun.status, 202, begun)
        self.site.wait_until(lambda: self.view(number)["state"] in ENDED, "the end of the import", 60)
        return self.view(number)

    def bring(self, files, verb="start"):
        number = self.upload(files)
        seen = self.carry(number, verb)
        if seen["state"] != "done":
            self.assertEqual(self.site.staff("DELETE", f"{IMPORTS}/{number}").status, 204)
        return seen

    def on_sale(self, campaign):
        return self.site.call("GET", f"/api/v1/campaigns/{campaign}").status == 200

    def verb(self, *arguments):
        return subprocess.run([self.site.onsale, "import", *arguments, "--data", self.site.data, "--server",
                               f"http://127.0.0.1:{self.site.port}"], capture_output=True, text=True, check=False, timeout=120)


class Imports(Case):
    def test_check_then_start_then_again(self):
        files = {"c.toml": HEAD + session(101, codes(5101)), "codes.csv": lines("A", 25_000)}
        seen = self.bring(files, "check")
        self.assertEqual((seen["state"], seen["codes"], seen["sessions"]), ("ready", 25_000, 1), seen)
        self.assertFalse(self.on_sale(1011))
        seen = self.bring(files)
        self.assertEqual((seen["state"], seen["outcome"], seen["done"]), ("done", "accepted", 25_001), seen)
        self.assertTrue(self.on_sale(1011))
        seen = self.bring(files)
        self.assertEqual((seen["state"], seen["outcome"]), ("done", "unchanged"), seen)
        order = self.site.order(7001, 1011)
        self.assertEqual(order.status, 201, order)

    def test_mistakes_are_placed_in_both_languages_and_change_nothing(self):
        text = HEAD + session(111, codes(5111), "2099-12-31T20:00:00Z") + session(112, codes(5112, "missing.csv"))
        seen = self.bring({"c.toml": text, "codes.csv": "GOOD-1\nGOOD-1\n\n", "lost.csv": "x\n"})
        self.assertEqual(seen["state"], "faulty")
        places = {(one["file"], one["line"]) for one in seen["mistakes"]}
        missing = text[:text.index("missing.csv")].count("\n") + 1
        self.assertTrue({("c.toml", missing), ("codes.csv", 2), ("codes.csv", 3), ("lost.csv", 0)} <= places, seen)
        for one in seen["mistakes"]:
            self.assertTrue(one["message"]["zh"] and one["message"]["en"] and one["remedy"]["zh"] and one["remedy"]["en"], one)
        seen = self.bring({"c.toml": HEAD + session(111, codes(5111), "2099-12-31T20:00:00Z"), "codes.csv": "GOOD-1\n"})
        self.assertEqual([(one["file"], one["line"]) for one in seen["mistakes"]], [("c.toml", 25)], seen)
        self.assertFalse(self.on_sale(1111))

    def test_terms_of_sessions_as_rows_and_where_they_are_shown(self):
        def rows(fee, late="same"):
            return ("show,session,starts_at,ends_at,pool,count,tier,tier_name_zh,tier_name_en,price,campaign,campaign_name_zh,"
                    "campaign_name_en,opens_at,closes_at,refund_until_hours,refund_fee_percent,late_payment\n"
                    "10,171,2098-12-31T20:00:00Z,2098-12-31T23:00:00Z,1,5,1711,丙,C,9.00,1712,丁,D,2020-01-01T00:00:00Z,"
                    f"2098-12-31T20:00:00Z,24,{fee},{late}\n"
                    "10,172,2098-12-31T20:00:00Z,2098-12-31T23:00:00Z,1,5,1721,丙,C,9.00,1722,丁,D,2020-01-01T00:00:00Z,"
                    "2098-12-31T20:00:00Z,,,\n")
        head = 'sessions_file = "rows.csv"\n' + HEAD
        for wrong, column in ((rows("101"), "101"), (rows("10", "never"), "never")):
            seen = self.bring({"c.toml": head, "rows.csv": wrong})
            place = wrong.splitlines()[1].index(column) + 1
            self.assertEqual([(one["file"], one["line"], one["column"]) for one in seen["mistakes"]], [("rows.csv", 2, place)], seen)
        self.assertEqual(self.bring({"c.toml": head, "rows.csv": rows("2.5")})["outcome"], "accepted")
        self.assertEqual(self.bring({"c.toml": head, "rows.csv": rows("2.5")})["outcome"], "unchanged")
        terms = {"refund_allowed": True, "refund_until_hours": 24, "refund_fee_percent": "2.50", "refund_review": True,
                 "refund_second_review_from": "0.00", "late_payment": "same"}
        listed = self.site.staff("GET", "/api/v1/sessions?limit=100").json["sessions"]
        for shown in (self.site.staff("GET", "/api/v1/sessions/171").json, *(one for one in listed if one["id"] == 171)):
            self.assertEqual({name: shown[name] for name in terms}, terms)
        self.assertEqual([one["refund_allowed"] for one in listed if one["id"] == 172], [False])
        campaign = self.site.call("GET", "/api/v1/campaigns/1712").json
        self.assertEqual((campaign["refund_allowed"], campaign["refund_until"], campaign["refund_fee_percent"]),
                         (True, "2098-12-30T20:00:00.000Z", "2.50"))
        strict = self.site.call("GET", "/api/v1/campaigns/1722").json
        self.assertEqual((strict["refund_allowed"], strict.get("refund_until")), (False, None))
        self.assertEqual(self.site.staff("PATCH", "/api/v1/sessions/172", {"refund_fee_percent": "0"}).status, 200)
        # Pages are made for a moment and kept for it.
        self.site.wait_until(lambda: self.site.call("GET", "/api/v1/campaigns/1722").json["refund_allowed"], "the new terms")

    def test_what_the_site_has_is_a_mistake_before_anything_changes(self):
        self.assertEqual(self.bring({"c.toml": HEAD + session(121, codes(5121)), "codes.csv": lines("B", 12_000)})["state"], "done")
        repeated = lines("N", 11_000) + "B-17\n"
        seen = self.bring({"c.toml": HEAD + session(122, codes(5122)), "codes.csv": repeated})
        self.assertEqual([(one["file"], one["line"]) for one in seen["mistakes"]], [("codes.csv", 11_002)], seen)
        seen = self.bring({"c.toml": HEAD + session(121, "count = 5")})
        self.assertEqual([(one["file"], one["line"]) for one in seen["mistakes"]], [("c.toml", 11)], seen)
        # The codes of the refused import are free.
        seen = self.bring({"c.toml": HEAD + session(122, codes(5123)), "codes.csv": lines("N", 11_000)})
        self.assertEqual(seen["state"], "done", seen)

    def test_pieces_and_names_are_bounded(self):
        number = self.begin()
        self.assertEqual(self.put(number, "a.csv", b"abc").status, 204)
        self.assertEqual(self.put(number, "a.csv", b"def", 9).code, "piece_missing")
        self.assertEqual(self.put(number, "%E5%88%B8.csv", b"abc").status, 204)
        for name in ("%2e%2e", "a%2Fb", "a%00b", "%ff", "%zz"):
            self.assertEqual(self.put(number, name, b"x").code, "invalid_field", name)
        self.assertEqual(self.put(number, "a.csv", b"x", "-1").code, "invalid_field")
        self.assertEqual(self.put(number, "a.csv", b"x", 1 << 40).code, "invalid_field")
        self.assertEqual(self.put(number, "b.csv", b"x" * (PIECE + 1)).code, "body_too_large")
        self.assertEqual({file["name"] for file in self.view(number)["files"]}, {"a.csv", "券.csv"})
        others = [self.begin() for _ in range(3)]
        self.assertEqual(self.site.staff("POST", IMPORTS).code, "too_many_imports")
        listed = self.site.staff("GET", IMPORTS + "?limit=2").json
        self.assertEqual([one["import"] for one in listed["imports"]], [others[2], others[1]])
        after = self.site.staff("GET", f"{IMPORTS}?limit=1&before={listed['next']}").json
        self.assertEqual([one["import"] for one in after["imports"]], [others[0]])
        for one in [number, *others]:
            self.assertEqual(self.site.staff("DELETE", f"{IMPORTS}/{one}").status, 204)
        self.assertEqual(self.site.staff("DELETE", f"{IMPORTS}/{number}").code, "import_unknown")
        self.assertEqual(self.put(number, "a.csv", b"x").code, "import_unknown")

    def test_only_staff_imports(self):
        self.assertEqual(self.site.call("POST", IMPORTS).status, 401)
        self.assertEqual(self.site.call("POST", IMPORTS, token=self.site.person(1)).status, 403)

    def test_operators_import_for_their_own_organisers_and_see_their_own_imports(self):
        first, second = staff(self.site, ["operator"], [1]), staff(self.site, ["operator"], [2])
        text = HEAD + session(161, "count = 5")

        def bring(account):
            made = self.site.call("POST", IMPORTS, token=account.token)
            self.assertEqual(made.status, 201, made)
            path = f"{IMPORTS}/{made.json['import']}"
            self.assertEqual(self.site.call("PUT", path + "/files/c.toml", text, account.token).status, 204)
            self.assertEqual(self.site.call("POST", path + "/start", token=account.token).status, 202)
            self.site.wait_until(lambda: self.site.call("GET", path, token=account.token).json["state"] in ENDED, "the end", 60)
            return path, self.site.call("GET", path, token=account.token).json
        path, refused = bring(second)
        self.assertEqual((refused["state"], [one["line"] for one in refused["mistakes"]]), ("faulty", [2]), refused)
        self.assertFalse(self.on_sale(1611))
        for method, part in (("GET", ""), ("POST", "/start"), ("PUT", "/files/c.toml"), ("DELETE", "")):
            self.assertEqual(self.site.call(method, path + part, token=first.token).code, "import_unknown", method)
        listed = self.site.call("GET", IMPORTS, token=first.token).json["imports"]
        self.assertEqual(listed, [])
        self.assertEqual(bring(first)[1]["outcome"], "accepted")
        self.assertEqual(self.site.call("DELETE", path, token=second.token).status, 204)

    def test_templates_can_be_downloaded_and_imported(self):
        toml = self.site.staff("GET", IMPORTS + "/template.toml").body
        csv = self.site.staff("GET", IMPORTS + "/template.csv").body
        toml = toml.replace("# sessions_file", "sessions_file")
        for id_, other in (("id = 1\n", "id = 31\n"), ("organiser = 1\n", "organiser = 31\n"), ("id = 10\n", "id = 310\n"),
                           ("show = 10\n", "show = 310\n")):
            toml = toml.replace(id_, other, 1)
        files = {"t.toml": toml, "sessions.csv": csv.replace("\n10,", "\n310,"), "codes.csv": lines("T", 10)}
        self.assertEqual(self.bring(files, "check")["state"], "ready")

    def test_the_verb(self):
        folder = os.path.join(self.site.folder, "verb")
        os.mkdir(folder)

        def write(name, content):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(content)
            return os.path.join(folder, name)
        campaign = write("c.toml", HEAD + session(141, codes(5141)))
        write("codes.csv", lines("V", 300) + "V-7\n")
        bad = self.verb(campaign)
        self.assertEqual(bad.returncode, 1, bad)
        self.assertIn("codes.csv:302:1: this code stands in codes.csv:9 already; remove one of them", bad.stderr)
        write("codes.csv", lines("V", 300))
        dry = self.verb(campaign, "--dry-run")
        self.assertEqual((dry.returncode, dry.stdout), (0, "good, nothing was changed: 1 sessions, 300 codes\n"), dry)
        self.assertFalse(self.on_sale(1411))
        done = self.verb(campaign)
        self.assertEqual((done.returncode, done.stdout), (0, "accepted: 1 sessions, 300 codes\n"), done)
        again = self.verb(campaign)
        self.assertEqual((again.returncode, again.stdout), (0, "unchanged: 1 sessions, 300 codes\n"), again)
        self.assertEqual(self.verb(os.path.join(folder, "none.toml")).returncode, 1)


class Killed(Case):
    """Last, because the server has another process afterwards."""

    def test_what_was_interrupted_is_completed_by_importing_again(self):
        rows = ["show,session,starts_at,ends_at,pool,count,tier,tier_name_zh,tier_name_en,campaign,campaign_name_zh,"
                "campaign_name_en,opens_at,closes_at"]
        rows += [f"10,{n},2098-12-31T20:00:00Z,2098-12-31T23:00:00Z,1,5,{n}1,丙,C,{n}2,丁,D,2020-01-01T00:00:00Z,2098-12-31T20:00:00Z"
                 for n in range(20_000, 20_200)]
        files = {"c.toml": 'sessions_file = "rows.csv"\n' + HEAD + session(151, codes(5151)), "codes.csv": lines("K", 60_000),
                 "rows.csv": "\n".join(rows) + "\n"}
        for reached in (1, 30_000, 60_050):
            number = self.upload(files)
            self.assertEqual(self.site.staff("POST", f"{IMPORTS}/{number}/start").status, 202)
            self.site.wait_until(lambda: self.has_run(number, reached), "the middle of the import", 60)
            self.site.kill()
            self.site.start()
            self.assertEqual(self.site.staff("GET", f"{IMPORTS}/{number}").code, "import_unknown")
            self.assertEqual(os.listdir(os.path.join(self.site.data, "imports")), [])
        seen = self.bring(files)
        self.assertEqual((seen["state"], seen["sessions"], seen["codes"]), ("done", 201, 60_000), seen)
        self.assertEqual(self.bring(files)["outcome"], "unchanged")
        self.assertTrue(self.on_sale(1511) and self.on_sale(201992))

    def has_run(self, number, reached):
        seen = self.view(number)
        return seen["state"] == "done" or (seen["state"] == "running" and seen["done"] >= reached)


def main():
    programs = sys.argv[1:] if len(sys.argv) == 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
    Programs.site = Restarted(*programs)
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite([loader.loadTestsFromTestCase(Imports), loader.loadTestsFromTestCase(Killed)])
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    site = Programs.site
    stopped = site.stop()
    audit = subprocess.run([site.onsale, "audit", "--data", site.data], capture_output=True, text=True, check=False)
    clean = stopped == 0 and audit.returncode == 0
    if clean:
        site.remove()
    else:
        print(f"the server stopped with code {stopped}, the audit with {audit.returncode}:")
        print(f"{audit.stdout}{audit.stderr}\nkept: {site.folder}")
    return 0 if result.wasSuccessful() and clean else 1


if __name__ == "__main__":
    sys.exit(main())
