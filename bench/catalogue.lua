-- Catalogue reads as a page makes them: mostly a campaign's detail, sometimes the list and the first page; every fourth asks
-- whether what it has is still good. Counts the answers by status.
local etag = {}
local paths = {}
for i = 1, 14 do paths[i] = "/api/v1/campaigns/1001" end
paths[15] = "/api/v1/campaigns"
paths[16] = "/api/v1/home"
local n = 0
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init()
    statuses = ""
    counts = {}
end

function request()
    n = n + 1
    return wrk.format("GET", paths[n % 16 + 1])
end

function response(status)
    counts[status] = (counts[status] or 0) + 1
    statuses = ""
    for code, count in pairs(counts) do statuses = statuses .. code .. "=" .. count .. " " end
end

function done(summary)
    for _, thread in ipairs(threads) do io.write("statuses: ", thread:get("statuses"), "\n") end
    io.write(string.format("reads_per_second: %.0f\n", summary.requests / summary.duration * 1e6))
    io.write(string.format("socket_errors: %d\n",
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
