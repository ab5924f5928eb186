// Call: one request on its way through a handler: what it asks, who asks, and where the answer
// goes. It moves into the callbacks of the services and is small enough to be stored in them
// without an allocation. Lives on the event loop of its request; answered exactly once (see
// http::Responder).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/refusals.h"
#include "accounts/tokens.h"
#include "answers/error.h"
#include "domain/ids.h"
#include "http/described.h"
#include "http/router.h"

namespace onsale::gate {

struct Api;
using SharedApi = std::shared_ptr<Api>;

struct Call {
    Api& api;
    const http::Request& request;  // lives until the responder has answered
    http::Responder responder;
    // The person or member of staff; 0: nobody has logged in, or the data folder's owner.
    std::uint64_t subject = 0;

    [[nodiscard]] domain::PersonId person() const { return domain::PersonId(subject); }
    [[nodiscard]] env::Executor& home() const { return responder.home(); }

    // Each of these answers the call.
    void send(std::uint16_t status, std::string json);
    void fail(answers::Code code, const answers::ErrorExtras& extras = {});
    void fail_field(std::string_view field, std::string_view message);
    void fail(const http::BodyError& error) { fail_field(error.field, error.message); }
    void fail(const records::StoreError& error);
    void fail(const accounts::AccountError& error);
};
static_assert(sizeof(Call) <= 40,
              "with a handle beside it, a call must fit into base::UniqueFunction");

using CallHandler = std::function<void(Call)>;

// Digits of a number from 1 to 2^53 - 1; nothing for anything else.
[[nodiscard]] std::optional<std::uint64_t> parse_id(std::string_view text);

// A query parameter as a number: absent gives `otherwise`; nothing, and the call is answered, when
// it is not from `min` to `max`.
struct NumberQuery {
    std::string_view name;
    std::uint64_t otherwise = 0;
    std::uint64_t min = 0;
    std::uint64_t max = 0;
};
[[nodiscard]] std::optional<std::uint64_t> number_query(Call& call, const NumberQuery& query);

// `limit` of a list: 1 to 100, 20 when absent.
[[nodiscard]] std::optional<std::uint64_t> limit_query(Call& call);

// The login that the request belongs to; 0 for a token of none.
[[nodiscard]] accounts::LoginId current_login(const Call& call, accounts::Audience audience);

}  // namespace onsale::gate
