// Network: calls from clients to the site's router, without sockets. Requests and replies take
// their time, are lost or repeated by the seed's choice, and so arrive out of order; a site that is
// down refuses. Every call ends: with a response, as refused (nothing was sent), or as lost (nobody
// knows what happened).
// INVARIANT: a site that lives answers every call that reaches it.
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
    // The request may reach the site again after this answer: it was sent twice.
    bool may_arrive_again = false;
};

struct Call {
    http::Method method = http::Method::get;
    std::string path;
    std::string query;
    std::string token;
    std::string idempotency_key;
    std::string body;
    std::vector<http::Header> headers{};  // further ones
};

enum class Weather : std::uint8_t { calm, changeable, storm };

// Sees every request that enters the site and every answer that leaves it, at that instant.
class Watch {
  public:
    virtual ~Watch() = default;
    // What it returns comes back with the answer.
    virtual std::uint64_t entered(const Call& call) = 0;
    virtual void left(const Call& call, const http::Response& response, std::uint64_t entered) = 0;
    // A site that was there the whole time has given up a call without an answer, or kept it
    // waiting in calm weather until its client's patience ended.
    virtual void forgotten(const Call& call) = 0;
};

class Network {
  public:
    Network(world::Scheduler& scheduler, std::uint64_t seed, Watch& watch);
    ~Network();

    // The site that answers now, and the executor its handlers run on; nullptr: nobody does.
    void connect(const http::Router* router, env::Executor* home);
    void set_weather(Weather weather) { weather_ = weather; }
    // Replies that are on their way never arrive.
    void forget_replies() { ++generation_; }

    void send(Call call, std::function<void(const CallResult&)> done);
    env::Executor& clients() { return *clients_; }
    // A digest of every answer so far, in order: two runs of one seed must agree.
    [[nodiscard]] std::uint64_t digest() const { return digest_; }
    [[nodiscard]] std::uint64_t answers() const { return answers_; }
    // Requests that reached a site.
    [[nodiscard]] std::uint64_t delivered() const { return next_request_ - 1; }

  private:
    struct Pending;
    class Sink;
    class SimulatedRequest;
    void deliver(const std::shared_ptr<Pending>& pending);
    void answer(const std::shared_ptr<Pending>& pending, const http::Response& response);
    [[nodiscard]] base::Duration delay();
    // True for one of so many, by the weather; in calm weather for none.
    [[nodiscard]] bool hit(std::uint64_t changeable, std::uint64_t storm);

    // One for each time that a site was connected; gone with that connection.
    struct Connection {};

    base::Prng random_;
    std::unique_ptr<env::Executor> clients_;
    std::shared_ptr<Connection> connection_;
    const http::Router* router_ = nullptr;
    env::Executor* home_ = nullptr;
    Watch& watch_;
    Weather weather_ = Weather::calm;
    std::uint64_t generation_ = 0;
    std::uint64_t next_request_ = 1;
    std::uint64_t digest_ = 1469598103934665603ULL;
    std::uint64_t answers_ = 0;
};

}  // namespace onsale::rush
