#include "bank/program.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <utility>

#include "bank/beats.h"
#include "bank/books/authorisations.h"
#include "bank/books/callbacks.h"
#include "bank/books/ledger.h"
#include "bank/books/payments.h"
#include "bank/desk.h"
#include "bank/folder.h"
#include "bank/limits.h"
#include "bank/messages.h"
#include "bank/sender.h"
#include "http/pages.h"
#include "http/ready.h"
#include "http/server.h"
#include "telemetry/log.h"
#include "telemetry/metrics.h"

namespace onsale::bank {
namespace {

using base::Unexpected;

constexpr base::Duration kDrain = base::Duration::seconds(5);
constexpr std::uint32_t kConnectionsMax = 10'000;

// Gives merchants their numbers in the books.
sql::SqlResult<void> number_all(sql::Connection& connection, Merchants& merchants) {
    for (auto& merchant : merchants) {
        ONSALE_TRY_ASSIGN(number, books::put_merchant(connection, merchant.name, merchant.site));
        merchant.number = number;
    }
    return {};
}

std::string random_word(env::Entropy& entropy) {
    const std::uint64_t value = entropy.next_u64();
    return crypto::to_hex(std::as_bytes(std::span(&value, 1)));
}

Unexpected<std::string> failed(const sql::SqlError& error) {
    return Unexpected{"the books: " + error.message};
}

}  // namespace

struct Bank::Impl {
    struct Parts {
        Folder folder;
        std::unique_ptr<sql::Connection> to_read;
        std::unique_ptr<Credentials> credentials;
        crypto::Key login_key;
    };
    Impl(const BankOptions& wanted, env::Environment& at, Parts parts)
        : options(wanted),
          environment(at),
          lock(std::move(parts.folder.lock)),
          credentials(std::move(parts.credentials)),
          writer(std::move(parts.folder.books), at),
          reader(std::move(parts.to_read), at),
          logins(parts.login_key, at),
          beats(*credentials, faults, at),
          sender(writer, *credentials, faults, at),
          desk{at,     writer, reader,      *credentials,     logins,
               faults, beats,  wanted.name, wanted.public_url},
          router(problem_response),
          upkeep(at.make_executor(
              {"bank-upkeep", "releases expired money, reads credentials again", 64})) {}

    ~Impl() { stop(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::string url() const {
        return "http://" + options.address + ":" + std::to_string(options.port);
    }
    Done serve();
    Done load_pages();
    void add_routes();
    void tick();
    void release_and_settle();
    sql::SqlResult<void> follow_faults(sql::Connection& connection);
    void reload();
    void stop();

    BankOptions options;
    env::Environment& environment;
    std::unique_ptr<env::File> lock;
    telemetry::Metrics metrics;
    std::unique_ptr<Credentials> credentials;
    Faults faults;
    Writer writer;
    Reader reader;
    Logins logins;
    Beats beats;
    Sender sender;
    Desk desk;
    http::Router router;
    http::SharedReady document;
    std::unique_ptr<http::Server> server;
    std::string last_complaint;  // of upkeep: the same is not logged every second
    std::string faults_seen;     // the writer's: as they stood in the books
    std::uint64_t ticks = 0;     // of upkeep
    bool stopped = false;
    std::unique_ptr<env::Executor> upkeep;
};

void Bank::Impl::add_routes() {
    add_merchant_routes(router, desk);
    add_customer_routes(router, desk);
    add_cashier_routes(router, desk);
    add_teller_routes(router, desk);
    add_report_routes(router, desk);
    http::DocumentInfo info;
    info.title = "A bank";
    info.version = "1";
    info.description = "The program of a bank that customers of an Onsale site pay through.";
    info.error_schema_json = http::schema_of<ErrorBody>();
    document = http::make_ready(http::openapi_document(router, info));
    const auto add = [this](std::string pattern, http::Handler handler) {
        http::Route route;
        route.pattern = std::move(pattern);
        route.handler = std::move(handler);
        router.add(std::move(route));
    };
    add("/openapi.json", [this](const http::Request& request, http::Responder responder) {
        responder.send(http::answer_from(*document, request));
    });
    add("/healthz", [](const http::Request&, http::Responder responder) {
        http::Response response;
        response.body = R"({"alive":true})";
        responder.send(std::move(response));
    });
    add("/metrics", [this](const http::Request&, http::Responder responder) {
        http::Response response;
        response.content_type = "text/plain; version=0.0.4";
        response.body = metrics.scrape();
        responder.send(std::move(response));
    });
}

Done Bank::Impl::load_pages() {
    if (options.pages.empty()) return {};
    ONSALE_TRY_ASSIGN(loaded, http::Pages::load(environment.files(), options.pages));
    router.set_fallback([pages = std::shared_ptr<http::Pages>(std::move(loaded))](
                            const http::Request& request) { return pages->find(request); });
    return {};
}

Done Bank::Impl::serve() {
    add_routes();
    ONSALE_TRY(load_pages());
    if (options.public_url.empty() && options.port != 0) desk.public_url = url();
    http::ServerOptions wanted;
    wanted.address = options.address;
    wanted.port = options.port;
    wanted.connections_max = kConnectionsMax;
    wanted.trusted_proxies = options.trusted_proxies;
    ONSALE_TRY_ASSIGN(started, http::Server::start(wanted, router, environment, metrics));
    server = std::move(started);
    options.port = server->port();
    BeatsOptions beating;
    beating.instance = random_word(environment.entropy());
    beating.url = url();
    beating.public_url = options.public_url.empty() ? url() : options.public_url;
    beats.start(beating);
    sender.start();
    upkeep->post([this] { tick(); });
    return {};
}

void Bank::Impl::tick() {
    release_and_settle();
    if (++ticks % 2 == 0) reload();
    upkeep->post_after(kTick, [this] { tick(); });
}

void Bank::Impl::release_and_settle() {
    Writer::Work work;
    work.decide = [this](sql::Connection& connection) -> sql::SqlResult<env::Task> {
        const base::Timestamp now = environment.clock().wall_now();
        ONSALE_TRY(books::release_expired(connection, now));
        ONSALE_TRY(books::settle_refunds(connection, now));
        ONSALE_TRY(follow_faults(connection));
        return env::Task();
    };
    (void)writer.post(std::move(work));  // else at the next tick
}

// A teller may have changed them in another process of this bank.
sql::SqlResult<void> Bank::Impl::follow_faults(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(text, books::setting(connection, "faults"));
    if (text == faults_seen) return {};
    const auto wish = http::parse_body<FaultsWishBody>(text);
    if (wish && text != http::to_json(faults.settings())) faults.set(settings_of(*wish));
    faults_seen = std::move(text);
    return {};
}

void Bank::Impl::reload() {
    auto changed = credentials->read_changes();
    const std::string complaint = changed ? std::string() : changed.error();
    if (!complaint.empty() && complaint != last_complaint) {
        telemetry::log_error("bank", complaint + "; the former credentials stay");
    }
    last_complaint = complaint;
    if (!changed || *changed == nullptr) return;
    Writer::Work work;
    work.decide = [this,
                   merchants = *changed](sql::Connection& connection) -> sql::SqlResult<env::Task> {
        ONSALE_TRY(number_all(connection, *merchants));
        return env::Task([this, merchants] {
            credentials->replace(merchants);
            telemetry::log_info("bank", "credentials of " + std::to_string(merchants->size()) +
                                            " merchants were read again");
        });
    };
    work.failed = [] { telemetry::log_error("bank", "credentials could not be recorded"); };
    if (!writer.post(std::move(work))) telemetry::log_error("bank", "credentials are not taken");
}

void Bank::Impl::stop() {
    if (std::exchange(stopped, true)) return;
    if (server) beats.stop();
    if (server) server->drain(kDrain);
    server.reset();
    upkeep->close();
    sender.close();
    writer.close();
}

Bank::Bank(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Bank::~Bank() = default;

std::uint16_t Bank::port() const {
    return impl_->options.port;
}

std::string Bank::url() const {
    return impl_->url();
}

void Bank::stop() {
    impl_->stop();
}

namespace {

// Settings as they were, or as the file has them.
base::Result<FaultsBody, std::string> read_faults(const BankOptions& options,
                                                  sql::Connection& connection,
                                                  env::Environment& environment) {
    auto kept = books::setting(connection, "faults");
    if (!kept) return failed(kept.error());
    std::string text = std::move(*kept);
    if (!options.faults.empty()) {
        auto file = env::read_file(environment.files(), options.faults);
        if (!file) return Unexpected{"the file " + options.faults + " cannot be read"};
        text = std::move(*file);
    }
    if (text.empty()) return FaultsBody();
    const auto wish = http::parse_body<FaultsWishBody>(text);
    if (!wish) return Unexpected{"faults: " + wish.error().field + " " + wish.error().message};
    const FaultsBody settings = settings_of(*wish);
    if (const auto wrong = wrong_setting(settings)) {
        return Unexpected{"faults: " + std::string(*wrong) + " makes no sense"};
    }
    return settings;
}

}  // namespace

base::Result<std::unique_ptr<Bank>, std::string> Bank::start(const BankOptions& options,
                                                             env::Environment& environment) {
    Impl::Parts parts;
    const Tenure tenure = options.beside ? Tenure::beside : Tenure::owner;
    ONSALE_TRY_ASSIGN(folder, open_folder(options.folder, tenure, environment));
    parts.folder = std::move(folder);
    ONSALE_TRY_ASSIGN(to_read, open_to_read(options.folder, environment));
    parts.to_read = std::move(to_read);
    ONSALE_TRY_ASSIGN(key, login_key(options.folder, environment));
    parts.login_key = key;
    ONSALE_TRY_ASSIGN(faults, read_faults(options, *parts.folder.books, environment));
    parts.credentials = std::make_unique<Credentials>(environment.files(), options.credentials);
    ONSALE_TRY_ASSIGN(merchants, parts.credentials->read_changes());
    if (merchants == nullptr) merchants = std::make_shared<Merchants>();
    sql::Connection& connection = *parts.folder.books;
    if (const auto done = number_all(connection, *merchants); !done) return failed(done.error());
    const base::Timestamp now = environment.clock().wall_now();
    // What another process is carrying stays its own.
    if (!options.beside) {
        const auto done = books::wake_events(connection, now);
        if (!done) return failed(done.error());
    }
    auto faults_seen = books::setting(connection, "faults");
    if (!faults_seen) return failed(faults_seen.error());
    parts.credentials->replace(std::move(merchants));
    auto impl = std::make_unique<Impl>(options, environment, std::move(parts));
    impl->faults.set(faults);
    impl->faults_seen = std::move(*faults_seen);
    ONSALE_TRY(impl->serve());
    return std::unique_ptr<Bank>(new Bank(std::move(impl)));
}

}  // namespace onsale::bank
