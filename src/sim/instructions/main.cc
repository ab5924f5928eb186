// onsale-instructions: a fixed amount of work on one thread, for callgrind to count: orders through
// the router, the gate, the box office, the journal and the projections of a whole site, assembled
// by the real function over a simulated machine. Two runs do the same, so a difference in the count
// is a difference in the program. bench/instructions.sh runs it.
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.h"
#include "crypto/jwt.h"
#include "site/site.h"
#include "telemetry/log.h"
#include "world/machine.h"

namespace onsale::instructions {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kAtOnce = 200;  // orders that are under way
constexpr std::uint64_t kCodesPerChunk = 10'000;
constexpr const char* kFolder = "/data";

struct Ask {
    http::Method method = http::Method::post;
    std::string path;
    std::string token;
    std::string key;
    std::string content_type = "application/json";
    std::string body;
};

bool same_name(std::string_view name, std::string_view lower) {
    return name.size() == lower.size() && strncasecmp(name.data(), lower.data(), lower.size()) == 0;
}

class DirectRequest : public http::Request {
  public:
    explicit DirectRequest(Ask ask) : ask_(std::move(ask)), authorization_("Bearer " + ask_.token) {
        method = ask_.method;
        path = ask_.path;
        body = ask_.body;
        peer = "192.0.2.1";
    }
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        if (same_name(name, "authorization")) return authorization_;
        if (same_name(name, "idempotency-key")) return ask_.key;
        if (same_name(name, "content-type")) return ask_.content_type;
        return {};
    }

  private:
    Ask ask_;
    std::string authorization_;
};

// Counts answers by kind; the request lives as long as it.
class CountingSink : public http::ResponseSink {
  public:
    struct Answers {
        std::uint64_t good = 0;
        std::uint64_t bad = 0;
        std::string last_bad;
    };
    CountingSink(Answers& answers, env::Executor& home, Ask ask)
        : request(std::move(ask)), answers_(answers), home_(home) {}
    void send(http::Response response) override {
        if (response.status / 100 == 2) {
            ++answers_.good;
            return;
        }
        ++answers_.bad;
        answers_.last_bad = std::to_string(response.status) + " " + std::string(response.content());
    }
    void abandon() override { ++answers_.bad; }
    std::shared_ptr<http::EventStream> open_event_stream() override { return nullptr; }
    env::Executor& home() override { return home_; }

    DirectRequest request;

  private:
    Answers& answers_;
    env::Executor& home_;
};

class Work {
  public:
    explicit Work(std::uint64_t orders)
        : orders_(orders), scheduler_(kSeed), machine_("instructions", scheduler_, kSeed) {}

    // The error is empty when everything went well.
    std::string run();
    // The work that is counted; callgrind knows it by this name.
    void __attribute__((noinline)) counted_orders();

  private:
    [[nodiscard]] bool assemble();
    [[nodiscard]] bool set_up();
    void send(Ask ask, CountingSink::Answers& answers);
    [[nodiscard]] bool ask(Ask ask);
    void stop();
    [[nodiscard]] std::string token(const std::string& audience, std::uint64_t subject);

    const std::uint64_t orders_;
    world::Scheduler scheduler_;
    world::Machine machine_;
    std::unique_ptr<env::Executor> home_;
    std::unique_ptr<site::Site> site_;
    crypto::Key master_{};
    std::vector<Ask> asks_;
    CountingSink::Answers answers_;
    std::string trouble_;
};

bool Work::assemble() {
    auto& environment = machine_.start();
    home_ = environment.make_executor({"http", "stands for the event loop", 1 << 16});
    site::Config config;
    config.folder = kFolder;
    config.reserve_mib = 1;
    auto assembled = site::assemble_all(config, environment);
    if (!assembled) {
        trouble_ = assembled.error();
        return false;
    }
    site_ = std::move(assembled).value();
    const auto text =
        env::read_file(environment.files(), std::string(kFolder) + "/keys/master.key");
    const auto bytes =
        text ? crypto::from_hex(std::string_view(*text).substr(0, 64)) : std::nullopt;
    if (!bytes || bytes->size() != master_.size()) {
        trouble_ = "there is no master key";
        return false;
    }
    std::copy_n(reinterpret_cast<const std::byte*>(bytes->data()), master_.size(), master_.begin());
    return true;
}

std::string Work::token(const std::string& audience, std::uint64_t subject) {
    crypto::Hmac hmac(crypto::derive_key(master_, "jwt " + audience));
    crypto::Claims claims;
    claims.subject = subject;
    claims.audience = audience;
    claims.issued_at = base::Timestamp::from_unix_ms(world::kBeginningMs);
    claims.expires_at = claims.issued_at + base::Duration::days(300);
    return crypto::sign_token(claims, hmac);
}

void Work::send(Ask ask, CountingSink::Answers& answers) {
    auto sink = std::make_shared<CountingSink>(answers, *home_, std::move(ask));
    sink->request.request_id = "count";
    home_->post([router = &site_->router(), sink] {
        router->dispatch(sink->request, http::Responder(sink));
    });
}

// A step of the preparation.
bool Work::ask(Ask ask) {
    CountingSink::Answers answers;
    const std::string path = ask.path;
    ask.token = token("staff", 1);
    send(std::move(ask), answers);
    while (answers.good + answers.bad == 0 && scheduler_.step()) {
    }
    if (answers.good == 0) trouble_ = path + ": " + answers.last_bad;
    return answers.good == 1;
}

bool Work::set_up() {
    for (std::uint64_t done = 0; done < orders_; done += kCodesPerChunk) {
        std::string codes;
        for (std::uint64_t i = done; i < std::min(orders_, done + kCodesPerChunk); ++i)
            codes += "CODE-" + std::to_string(i) + "\n";
        Ask chunk;
        chunk.method = http::Method::put;
        chunk.path = "/api/v1/code-lists/5001/chunks/" + std::to_string(done / kCodesPerChunk);
        chunk.content_type = "text/plain";
        chunk.body = std::move(codes);
        if (!ask(std::move(chunk))) return false;
    }
    Ask seal;
    seal.path = "/api/v1/code-lists/5001/seal";
    Ask session;
    session.path = "/api/v1/sessions";
    session.body =
        R"({"organiser":{"id":1,"name":{"zh":"主办","en":"Host"}},"show":{"id":10,"name":{"zh":"演出","en":"Show"}},)"
        R"("session":{"id":100,"starts_at":"2026-12-02T00:00:00.000Z","ends_at":"2026-12-03T00:00:00.000Z","tickets_per_person":4},)"
        R"("pools":[{"id":1,"kind":"codes","list":5001}],)"
        R"("tiers":[{"id":11,"name":{"zh":"券","en":"Voucher"},"pool":1}],)"
        R"("campaigns":[{"id":1001,"name":{"zh":"抢","en":"Rush"},"opens_at":"2026-11-01T00:00:00.000Z",)"
        R"("closes_at":"2026-12-01T00:00:00.000Z","one_per_person":true,"tickets_per_order":1,"tiers":[11]}]})";
    if (!ask(std::move(seal)) || !ask(std::move(session))) return false;
    for (std::uint64_t i = 0; i < orders_; ++i) {
        Ask order;
        order.path = "/api/v1/orders";
        order.token = token("person", i + 1);
        order.key = "key-" + std::to_string(i);
        order.body = R"({"campaign":1001})";
        asks_.push_back(std::move(order));
    }
    return true;
}

void Work::counted_orders() {
    std::uint64_t sent = 0;
    while (answers_.good + answers_.bad < orders_) {
        while (sent < orders_ && sent - answers_.good - answers_.bad < kAtOnce)
            send(std::move(asks_[sent++]), answers_);
        if (!scheduler_.step()) return;
    }
}

void Work::stop() {
    bool stopped = false;
    if (site_) {
        site_->stop([&stopped] { stopped = true; });
        while (!stopped && scheduler_.step()) {
        }
    }
    machine_.kill();
    site_.reset();
    home_.reset();
    machine_.end();
}

std::string Work::run() {
    if (assemble() && set_up()) counted_orders();
    stop();
    if (trouble_.empty() && answers_.good != orders_)
        trouble_ = std::to_string(answers_.good) + " of " + std::to_string(orders_) +
                   " orders were accepted: " + answers_.last_bad;
    return trouble_;
}

}  // namespace
}  // namespace onsale::instructions

int main(int argc, char** argv) {
    std::uint64_t orders = 20'000;
    if (argc == 2) {
        const std::string_view text(argv[1]);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), orders);
        if (error != std::errc() || end != text.data() + text.size() || orders == 0) argc = 0;
    }
    if (argc < 1 || argc > 2) {
        std::fprintf(stderr, "usage: onsale-instructions [ORDERS]\n");
        return EXIT_FAILURE;
    }
    onsale::telemetry::set_level(onsale::telemetry::Level::off);
    const std::string trouble = onsale::instructions::Work(orders).run();
    if (!trouble.empty()) {
        std::fprintf(stderr, "onsale-instructions: %s\n", trouble.c_str());
        return EXIT_FAILURE;
    }
    std::printf("%llu orders\n", static_cast<unsigned long long>(orders));
    return EXIT_SUCCESS;
}
