-- Catalogue reads as pages make them: mostly a campaign's detail, sometimes the list and the first page. wrk counts answers other
-- than 2xx and 3xx as errors by itself.
local requests = {}
local n = 0

function init()
    for i = 1, 14 do requests[i] = wrk.format("GET", "/api/v1/campaigns/1001") end
    requests[15] = wrk.format("GET", "/api/v1/campaigns")
    requests[16] = wrk.format("GET", "/api/v1/home")
end

function request()
    n = n % 16 + 1
    return requests[n]
end

function done(summary)
    local errors = summary.errors
    io.write(string.format("reads_per_second: %.0f\n", summary.requests / summary.duration * 1e6))
    io.write(string.format("not answered well: %d\n",
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
