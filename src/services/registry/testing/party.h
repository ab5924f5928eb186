// For tests of the registry: a world whose clock stands until it is moved, a registry in it, and a
// party's program that signs its heartbeats and answers calls as the test says.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "records/testing/memory_environment.h"
#include "registry/registry.h"

namespace onsale::registry {

class MovedClock final : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(1'795'000'000'000) + passed_;
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return passed_.count_ms() * 1000; }
    void pass(base::Duration duration) { passed_ = passed_ + duration; }

  private:
    base::Duration passed_;
};

class MovedEnvironment final : public env::Environment {
  public:
    records::MemoryEnvironment inner;
    records::HandQueue& queue = inner.queue;
    MovedClock moved;

    env::Clock& clock() override { return moved; }
    env::Entropy& entropy() override { return inner.entropy(); }
    env::Files& files() override { return inner.files(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return inner.make_executor(std::move(options));
    }
    void die(env::FatalCause cause, std::string_view reason) override { inner.die(cause, reason); }
    [[nodiscard]] std::string sqlite_vfs() const override { return inner.sqlite_vfs(); }
};

using CallAnswer = base::Result<http::ClientResponse, http::ClientError>;
[[nodiscard]] inline CallAnswer answered(std::uint16_t status, std::string body = "{}") {
    http::ClientResponse response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

// The network: remembers what was sent and answers as the test says.
struct Network {
    std::function<CallAnswer(const http::ClientRequest&)> answer = [](const http::ClientRequest&) {
        return answered(200);
    };
    std::vector<http::ClientRequest> calls;

    [[nodiscard]] std::size_t calls_to(std::string_view url) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            calls, [url](const auto& call) { return call.url.starts_with(url); }));
    }
};

class NetworkClient final : public http::Client {
  public:
    explicit NetworkClient(Network& network) : network_(network) {}
    CallAnswer call(const http::ClientRequest& request) override {
        network_.calls.push_back(request);
        return network_.answer(request);
    }

  private:
    Network& network_;
};

inline std::string header_of(const http::ClientRequest& request, std::string_view name) {
    for (const auto& header : request.headers) {
        if (header.name == name) return header.value;
    }
    return {};
}

inline constexpr std::string_view kBeatPath = "/api/v1/registry/heartbeats";

class RegistryWorld {
  public:
    RegistryWorld() { start(); }
    ~RegistryWorld() { stop(); }
    RegistryWorld(const RegistryWorld&) = delete;
    RegistryWorld& operator=(const RegistryWorld&) = delete;

    void start() {
        auto opened = records::Store::open(
            {environment.inner.world.options("/data/records.sqlite"), "records", "test"},
            environment);
        ONSALE_CHECK(opened.has_value());
        store = std::move(*opened);
        auto made = Registry::create(
            {*store, environment, master, metrics, [this] { return make_client(); }},
            {.private_addresses = true, .site = "http://127.0.0.1:8080"});
        ONSALE_CHECK(made.has_value());
        registry = std::move(*made);
        home = environment.make_executor({"home", "test"});
    }
    void stop() {
        environment.queue.run();
        environment.queue.later.clear();
        registry.reset();
        store.reset();
    }
    void restart() {
        stop();
        start();
    }

    RegistryResult<PutParty> put(PartyWish wish) {
        std::optional<RegistryResult<PutParty>> got;
        registry->put(std::move(wish), *home, [&got](auto result) { got = std::move(result); });
        environment.queue.run();
        return got.value();
    }
    RegistryResult<Credentials> rotate(PartyId party, base::Duration grace) {
        std::optional<RegistryResult<Credentials>> got;
        registry->rotate(party, grace, *home, [&got](auto result) { got = std::move(result); });
        environment.queue.run();
        return got.value();
    }
    Credentials make_bank(std::uint64_t number = 1) {
        auto made = put({bank_party(number), "银行", "Bank", true});
        ONSALE_CHECK(made.has_value() && made->credentials.has_value());
        return *std::move(made->credentials);
    }

    [[nodiscard]] crypto::CallMark sign(const crypto::CallKey& key, std::string_view body) const {
        return crypto::sign_call(key, {"POST", kBeatPath, body}, environment.moved.wall_now());
    }
    base::Result<SignedBy, SignatureRefusal> check(const crypto::CallMark& mark,
                                                   std::string_view body) {
        return registry->check({"POST", kBeatPath, body}, mark);
    }
    // A heartbeat of an instance, signed with `key`.
    bool beat(const crypto::CallKey& key, Heartbeat said) {
        const auto by = check(sign(key, "beat"), "beat");
        const bool taken = by && registry->beat(*by, said);
        environment.queue.run();
        return taken;
    }
    [[nodiscard]] static Heartbeat instance(const std::string& name, const std::string& port,
                                            std::uint64_t bank = 1) {
        const std::string url = "http://127.0.0.1:" + port;
        return {bank_party(bank), name, url, url, {"token", "cashier"}, true};
    }
    [[nodiscard]] PartyView view(std::uint64_t bank = 1) const {
        return registry->find(bank_party(bank)).value();
    }

    MovedEnvironment environment;
    telemetry::Metrics metrics;
    Network network;
    std::function<std::unique_ptr<http::Client>()> make_client = [this] {
        return std::make_unique<NetworkClient>(network);
    };
    const crypto::Key master{};
    std::unique_ptr<records::Store> store;
    std::unique_ptr<Registry> registry;
    std::unique_ptr<env::Executor> home;
};

}  // namespace onsale::registry
