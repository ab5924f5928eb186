// What a change of the catalogue answers: the session and whether anything has changed, the id that
// was put, or nothing at all; refusals alike everywhere. Used on the loop of the call.
#pragma once

#include <cstdint>
#include <string>

#include <boost/describe/class.hpp>

#include "catalog/catalog.h"
#include "gate/api.h"

namespace onsale::backstage {

struct ChangedBody {
    std::uint64_t session = 0;
    std::string outcome;  // accepted, unchanged
};
BOOST_DESCRIBE_STRUCT(ChangedBody, (), (session, outcome))
struct PutBody {
    std::uint64_t id = 0;
    std::string outcome;  // accepted
};
BOOST_DESCRIBE_STRUCT(PutBody, (), (id, outcome))

// 201 when something is there that was not before, 200 when it was there already.
[[nodiscard]] catalog::ChangeReply answer_made(gate::Call call);
// 200 for a change of what is there.
[[nodiscard]] catalog::ChangeReply answer_changed(gate::Call call);
// 200 with the id.
[[nodiscard]] catalog::ChangeReply answer_put(gate::Call call, std::uint64_t id);
// 204.
[[nodiscard]] catalog::ChangeReply answer_done(gate::Call call);

}  // namespace onsale::backstage
