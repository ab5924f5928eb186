// For tests: a whole definition of one session with one pool of 500, one tier and one campaign. Its
// ids follow from the session's number, so that several do not meet.
#pragma once

#include <cstdint>

#include "catalog/definition.h"

namespace onsale::catalog {

[[nodiscard]] inline SessionDefinition sample(std::uint64_t session) {
    SessionDefinition definition;
    definition.organiser = {1, {"星河文化", "Galaxy Culture"}};
    definition.show = {10, {"新年礼券", "New Year vouchers"}, {"说明", "About"}};
    definition.session = {session, "2026-12-31T20:00:00+08:00", "2026-12-31T23:00:00+08:00", 0, 4};
    definition.pools = {{1, "", 500, {}}};
    definition.tiers = {{session * 1000 + 1,
                         {"咖啡券", "Coffee"},
                         {},
                         1,
                         "12.50",
                         "CNY",
                         "2026-12-31T00:00:00+08:00",
                         "2027-01-31T00:00:00+08:00"}};
    definition.campaigns = {{session * 1000 + 501,
                             {"抢券", "Rush"},
                             {},
                             "2026-01-01T12:00:00+08:00",
                             "2026-12-31T20:00:00+08:00",
                             true,
                             1,
                             {},
                             {session * 1000 + 1}}};
    return definition;
}

}  // namespace onsale::catalog
