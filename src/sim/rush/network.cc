#include "rush/network.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace onsale::rush {
namespace {

constexpr auto kPatience = base::Duration::seconds(2);

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

// FNV-1a.
void mix(std::uint64_t& digest, std::string_view text) {
    for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
}

}  // namespace

struct Network::Pending {
    Call call;
    std::function<void(const CallResult&)> done;  // empty once the call has ended
    bool repeated = false;

    void end(const CallResult& result) {
        if (auto callback = std::exchange(done, nullptr)) callback(result);
    }
};

class Network::SimulatedRequest : public http::Request {
  public:
    explicit SimulatedRequest(const Call& call)
        : call_(call), authorization_("Bearer " + call.token) {
        method = call_.method;
        path = call_.path;
        query = call_.query;
        body = call_.body;
        peer = "192.0.2.1";
    }
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        if (same_name(name, "authorization") && !call_.token.empty()) return authorization_;
        if (same_name(name, "idempotency-key")) return call_.idempotency_key;
        if (same_name(name, "content-type") && !call_.body.empty()) return "application/json";
        for (const auto& header : call_.headers)
            if (same_name(name, header.name)) return header.value;
        return {};
    }

  private:
    Call call_;
    std::string authorization_;
};

// Lives as long as its responder; the request must live as long, so the sink keeps it.
class Network::Sink : public http::ResponseSink {
  public:
    Sink(Network& network, std::shared_ptr<Pending> pending, env::Executor& home)
        : request(pending->call),
          network_(network),
          connection_(network.connection_),
          pending_(std::move(pending)),
          home_(home) {}
    void send(http::Response response) override {
        network_.watch_.left(pending_->call, response, entered);
        network_.answer(pending_, response);
    }
    // A handler forgot, unless the process is gone or another one has its place. The client hears
    // nothing.
    void abandon() override {
        if (!connection_.expired()) network_.watch_.forgotten(pending_->call);
    }
    std::shared_ptr<http::EventStream> open_event_stream() override { return nullptr; }
    env::Executor& home() override { return home_; }

    SimulatedRequest request;
    std::uint64_t entered = 0;

  private:
    Network& network_;
    const std::weak_ptr<Connection> connection_;
    std::shared_ptr<Pending> pending_;
    env::Executor& home_;
};

Network::Network(world::Scheduler& scheduler, std::uint64_t seed, Watch& watch)
    : random_(seed ^ 0x4e7), clients_(scheduler.make_executor(0, "clients", 0)), watch_(watch) {}
Network::~Network() = default;

void Network::connect(const http::Router* router, env::Executor* home) {
    router_ = router;
    home_ = home;
    connection_ = router == nullptr ? nullptr : std::make_shared<Connection>();
}

bool Network::hit(std::uint64_t changeable, std::uint64_t storm) {
    if (weather_ == Weather::calm) return false;
    return random_.chance(1, weather_ == Weather::storm ? storm : changeable);
}

base::Duration Network::delay() {
    const std::uint64_t most_ms = hit(20, 3) ? 800 : 5;
    return base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(most_ms)));
}

void Network::send(Call call, std::function<void(const CallResult&)> done) {
    auto pending = std::make_shared<Pending>(Pending{std::move(call), std::move(done)});
    std::weak_ptr<Connection> calm;  // empty: whoever loses this call has an excuse
    if (weather_ == Weather::calm) calm = connection_;
    clients_->post_after(kPatience, [this, pending, calm = std::move(calm)] {
        if (pending->done && weather_ == Weather::calm && !calm.expired())
            watch_.forgotten(pending->call);
        pending->end({CallEnd::lost, 0, {}});
    });
    if (hit(50, 6)) return;  // lost on its way
    pending->repeated = hit(30, 4);
    const int copies = pending->repeated ? 2 : 1;
    for (int i = 0; i < copies; ++i)
        clients_->post_after(delay(), [this, pending] { deliver(pending); });
}

void Network::deliver(const std::shared_ptr<Pending>& pending) {
    if (router_ == nullptr) return pending->end({CallEnd::refused, 0, {}});
    auto sink = std::make_shared<Sink>(*this, pending, *home_);
    sink->request.request_id = "sim-" + std::to_string(next_request_++);
    sink->entered = watch_.entered(pending->call);
    home_->post(
        [router = router_, sink] { router->dispatch(sink->request, http::Responder(sink)); });
}

void Network::answer(const std::shared_ptr<Pending>& pending, const http::Response& response) {
    if (hit(50, 6)) return;  // lost on its way back
    CallResult result{CallEnd::answered, response.status, std::string(response.content()),
                      pending->repeated};
    clients_->post_after(delay(),
                         [this, pending, generation = generation_, result = std::move(result)] {
                             if (generation != generation_) return;
                             mix(digest_, std::to_string(result.status) + result.body);
                             ++answers_;
                             pending->end(result);
                         });
}

}  // namespace onsale::rush
