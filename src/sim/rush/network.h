// Network: calls from clients to the site's router, without sockets. Requests and replies take
// their time, are lost or repeated by the seed's choice, and so arrive out of order; a site that is
// down refuses. Every call ends: with a response, as refused (nothing was sent), or as lost (nobody
// knows what happened).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "env/executor.h"
#include "http/router.h"
#include "world/scheduler.h"

namespace onsale::rush {

enum class CallEnd : std::uint8_t { answered, refused, lost };

struct CallResult {
    CallEnd end = CallEnd::lost;
    std::uint16_t status = 0;
    std::string body;
};

struct Call {
    http::Method method = http::Method::get;
    std::string path;
    std::string query;
    std::string token;
    std::string idempotency_key;
    std::string body;
};

class Network {
  public:
    Network(world::Scheduler& scheduler, std::uint64_t seed);
    ~Network();

    // The site that answers now, and the executor its handlers run on; nullptr: nobody does.
    void connect(const http::Router* router, env::Executor* home);
    void disturb(bool disturb) { disturbed_ = disturb; }

    void send(Call call, std::function<void(const CallResult&)> done);
    env::Executor& clients() { return *clients_; }
    // A digest of every answer so far, in order: two runs of one seed must agree.
    [[nodiscard]] std::uint64_t digest() const { return digest_; }
    [[nodiscard]] std::uint64_t answers() const { return answers_; }

  private:
    struct Pending;
    class Sink;
    class SimulatedRequest;
    void deliver(const std::shared_ptr<Pending>& pending);
    void answer(const std::shared_ptr<Pending>& pending, const http::Response& response);
    [[nodiscard]] base::Duration delay();

    base::Prng random_;
    std::unique_ptr<env::Executor> clients_;
    const http::Router* router_ = nullptr;
    env::Executor* home_ = nullptr;
    bool disturbed_ = true;
    std::uint64_t next_request_ = 1;
    std::uint64_t digest_ = 1469598103934665603ULL;
    std::uint64_t answers_ = 0;
};

}  // namespace onsale::rush
