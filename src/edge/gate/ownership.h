// Whose an object is: from its number to its organiser, in memory, so that every call of an
// operator is held against the organisers they act for. Pure look-ups on the event loop of the
// request; nothing to promise after a crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "gate/authenticate.h"
#include "gate/call.h"
#include "gate/route_table.h"
#include "vault/vault.h"

namespace onsale::gate {

// Where the row's object stands among the parameters of its pattern; 0 without one. A row whose
// pattern lacks its object ends the process.
[[nodiscard]] std::size_t object_place(const RouteRow& row);

// Why this operator may not touch the object that the path names: its kind's _unknown, or
// not_your_organiser. Nothing: they may, or the route's service looks itself.
[[nodiscard]] std::optional<answers::Code> object_refusal(const Call& call, Object object,
                                                          std::size_t place,
                                                          const StaffIdentity& staff);

// For bodies and records that name an organiser: who calls (a route for staff) acts for it.
[[nodiscard]] bool may_act_for(const Call& call, std::uint64_t organiser);
// Whose lists of codes the caller may use.
[[nodiscard]] vault::ListUser list_user_of(const Call& call);
// The organisers that the caller acts for; nothing: all of them.
[[nodiscard]] std::optional<std::vector<std::uint64_t>> organisers_of(const Call& call);

}  // namespace onsale::gate
