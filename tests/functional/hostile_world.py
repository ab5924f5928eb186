"""A site with one offer, somebody of every role, and what must be the same after all that is thrown at it."""

import json
import resource
import subprocess

import accounts
from site_process import Site, session

SESSION, POOL, FEW_POOL, TIER, FEW_TIER, CAMPAIGN, FEW_CAMPAIGN = 100, 1, 2, 2001, 2002, 1001, 1002
CROWD_STOCK = 500000  # for the honest buyers; the few are for the comparison
MANY = 2000  # connections at once; the server inherits our limit of files
SETTINGS = {"ONSALE_HTTP_IDLE_SECONDS": "4", "ONSALE_HTTP_REQUEST_SECONDS": "2"}


def offer():
    return session(SESSION, [{"id": POOL, "count": CROWD_STOCK}, {"id": FEW_POOL, "count": 7}],
                   [{"id": TIER, "pool": POOL}, {"id": FEW_TIER, "pool": FEW_POOL, "price": "5.00"}],
                   [{"id": CAMPAIGN, "tickets_per_order": 4, "tiers": [TIER]},
                    {"id": FEW_CAMPAIGN, "tickets_per_order": 2, "tiers": [FEW_TIER]}])


class World:
    def __init__(self, onsale, crowd):
        self.onsale, self.crowd = onsale, crowd
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, MANY + 500)), hard))
        self.site = site = Site(onsale, crowd, SETTINGS)
        self.rows = self._printed("routes", "--json")["routes"]
        self.document = self._printed("openapi")
        self.errors = {one["code"]: one["status"] for one in accounts.done(site.call("GET", "/api/v1/errors"), 200)["errors"]}
        accounts.done(site.staff("POST", "/api/v1/sessions", offer()), 201)
        self.buyer = accounts.register(site)
        self.operator = accounts.staff(site, ["operator"], [1])
        self.admin = accounts.staff(site, ["admin"])
        self.roles = {"nobody": None, "buyer": self.buyer.token, "operator": self.operator.token, "admin": self.admin.token}

    def _printed(self, *verb):
        return json.loads(subprocess.run([self.onsale, *verb], check=True, capture_output=True, text=True).stdout)

    def operation(self, row):
        """What the API document says of a row; nothing for addresses that it leaves out."""
        return self.document["paths"].get(row["pattern"], {}).get(row["method"].lower(), {})

    def body_schema(self, row):
        content = self.operation(row).get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("schema")

    def picture(self):
        """Everything that bad input must leave as it is."""
        site = self.site
        seen = {}
        for path in ("/api/v1/shows", f"/api/v1/sessions/{SESSION}", "/api/v1/organisers", "/api/v1/banners", "/api/v1/webhooks",
                     "/api/v1/imports", "/api/v1/people"):
            seen[path] = accounts.done(site.call("GET", path, token=self.admin.token), 200)
        seen["me"] = accounts.done(site.call("GET", "/api/v1/me", token=self.buyer.token), 200)
        seen["orders"] = accounts.done(site.call("GET", "/api/v1/orders", token=self.buyer.token), 200)
        stock = accounts.done(site.call("GET", f"/api/v1/stock/sessions/{SESSION}", token=self.admin.token), 200)
        seen["stock"] = [pool for pool in stock["pools"] if pool["pool"] == FEW_POOL]
        return seen

    def resident_mib(self):
        with open(f"/proc/{self.site.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))
