// Callers: the threads that wait for the other end of a webhook. Each has a client of its own; a
// call goes to the one with the least to do. Owned by Webhooks; used from its executor. After a
// crash a call that was under way is made again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "env/environment.h"
#include "http/client.h"

namespace onsale::webhooks {

struct CallReport {
    std::uint16_t status = 0;  // 0: no answer
    std::int64_t milliseconds = 0;
    std::string error;  // empty: a status of 200 to 299
    [[nodiscard]] bool arrived() const { return error.empty(); }
};

using ClientFactory = std::function<std::unique_ptr<http::Client>()>;

class Callers {
  public:
    // `home` is where reports are told; clients are made on the threads that use them.
    Callers(env::Environment& environment, env::Executor& home, ClientFactory make_client,
            std::size_t threads);

    // Waits for calls that are under way; what waits behind them is dropped. Not from its threads.
    void close();

    // On `home`. At most kCallsWaitingMax at a time; false: too many, and `report` never comes.
    [[nodiscard]] bool call(http::ClientRequest request,
                            base::UniqueFunction<void(CallReport)> report);

  private:
    struct Caller;
    env::Clock& clock_;
    env::Executor& home_;
    ClientFactory make_client_;
    std::size_t under_way_ = 0;
    std::vector<std::shared_ptr<Caller>> callers_;
};

}  // namespace onsale::webhooks
