// For tests: a site's engine, records, accounts, catalogue and rows in virtual time, a mail server
// that answers as the test says, and the notices. The site can be stopped and started again; the
// disk stays.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accounts/accounts.h"
#include "base/check.h"
#include "catalog/testing/sample.h"
#include "follow/projector.h"
#include "notices/notices.h"
#include "orders/projection.h"
#include "payments/testing/virtual_time.h"
#include "refunds/projection.h"
#include "shard/engine.h"
#include "vault/vault.h"

namespace onsale::notices {

// Takes everything, but for the next answers that a test has put here.
struct MailServer {
    std::deque<messages::SendError> answers;
    std::vector<messages::Message> taken;
    std::size_t attempts = 0;
    std::function<void()> meanwhile;  // while it takes a mail
};

class WorldSender final : public messages::Sender {
  public:
    explicit WorldSender(MailServer& server) : server_(server) {}
    [[nodiscard]] bool sends(messages::Kind kind) const override {
        return kind == messages::Kind::mail;
    }
    base::Result<void, messages::SendError> send(const messages::Message& message) override {
        ++server_.attempts;
        if (!server_.answers.empty()) {
            auto error = std::move(server_.answers.front());
            server_.answers.pop_front();
            return base::Unexpected{std::move(error)};
        }
        server_.taken.push_back(message);
        if (server_.meanwhile) server_.meanwhile();
        return {};
    }

  private:
    MailServer& server_;
};

inline constexpr std::uint64_t kSession = 7;
inline constexpr domain::CampaignId kCampaign(7501);
inline constexpr domain::TierId kTier(7001);
inline constexpr domain::BankId kBank(1);

class World {
  public:
    explicit World(bool with_notices = true)
        : has_notices(with_notices), home(environment.make_executor({"home", ""})) {
        start();
        auto definition = catalog::sample(kSession);
        definition.session.starts_at = "2099-01-01T20:00:00+08:00";
        definition.session.ends_at = "2099-01-01T23:00:00+08:00";
        definition.session.tickets_per_person = 0;
        auto& campaign = definition.campaigns[0];
        campaign.opens_at = "2020-01-01T00:00:00Z";
        campaign.closes_at = "2099-01-01T00:00:00Z";
        campaign.one_per_person = false;
        campaign.tickets_per_order = 0;
        definition.terms.refund_allowed = true;
        const auto made = wait<catalog::ChangeResult>(
            [&](auto reply) { catalog->set_up_session(std::move(definition), {}, *home, reply); });
        ONSALE_CHECK(made.kind == catalog::ChangeKind::accepted);
    }
    ~World() { stop(); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    void start() {
        feed = std::make_unique<follow::Feed>(kShards, 1000);
        metrics = std::make_unique<telemetry::Metrics>();
        shard::Options options;
        options.folder = "/data/journal";
        options.vfs = environment.sqlite_vfs();
        options.shards = kShards;
        options.reserve_bytes = 4096;
        options.tick = base::Duration::seconds(1);
        auto started = shard::Engine::start(options, environment, *feed, *metrics);
        ONSALE_CHECK(started.has_value());
        engine = std::move(*started);
        outbox = std::make_unique<messages::Outbox>(environment, *metrics,
                                                    std::make_unique<WorldSender>(server),
                                                    messages::OutboxOptions{});
        start_records();
        start_rows();
        if (!has_notices) return;
        auto made = Notices::create(
            {*store, environment, *metrics, *outbox, accounts->profiles(), *notes, *catalog, *feed,
             follow::BatchSource(*feed, reader()), database("projections", sql::Access::read_only),
             [this](domain::ShardId shard) { return projector->position(shard); }},
            {{"开售", "Onsale"}, "https://tickets.example"});
        ONSALE_CHECK(made.has_value());
        notices = std::move(*made);
        notices->start();
    }
    // As by a crash: nothing is waited for.
    void stop() {
        notices.reset();
        projector.reset();
        engine.reset();
        catalog.reset();
        notes.reset();
        accounts.reset();
        vault.reset();
        store.reset();
        outbox.reset();
        feed.reset();
    }
    void restart() {
        stop();
        start();
    }
    void run(base::Duration duration) { environment.time.run_for(duration); }
    // Rows and mails of what has happened.
    void settle() { run(base::Duration::seconds(5)); }

    template <class Value, class Ask>
    Value wait(Ask&& ask) {
        auto got = std::make_shared<std::optional<Value>>();
        ask([got](Value value) { *got = std::move(value); });
        for (int i = 0; i < 1000 && !*got; ++i) run(base::Duration::milliseconds(1));
        return std::move(got->value());
    }
    domain::Outcome decide(domain::Command command) {
        return wait<domain::Outcome>([&](auto reply) {
            engine->submit(engine->shard_of(domain::SessionId(kSession)), std::move(command), *home,
                           [reply](const shard::Answer& answer) mutable { reply(answer.outcome); });
        });
    }

    domain::PersonId register_person(const std::string& name,
                                     std::optional<accounts::Language> language,
                                     bool with_email = true) {
        accounts::Registration registration{name, "secret123", name, {}, {}, {}, language};
        if (with_email) {
            const std::string email = name + "@example.org";
            const auto sent = wait<accounts::AccountResult<accounts::CodeSent>>([&](auto reply) {
                accounts->codes().send({accounts::CodePurpose::registration,
                                        {accounts::ContactKind::email, email},
                                        {},
                                        accounts::Language::en},
                                       *home, reply);
            });
            ONSALE_CHECK(sent.has_value());
            run(base::Duration::milliseconds(1));
            const std::string& text = server.taken.back().text;
            const std::string code =
                text.substr(text.find_first_of("0123456789"), accounts::kCodeDigits);
            server.taken.pop_back();
            registration.email = {email, code};
        }
        const auto made = wait<accounts::AccountResult<domain::PersonId>>([&](auto reply) {
            accounts->people().register_person(std::move(registration), *home, reply);
        });
        ONSALE_CHECK(made.has_value());
        return *made;
    }
    // An order that is paid for at once: its payment.
    domain::Payment buy(domain::PersonId person) {
        domain::PlaceOrder place{person, kCampaign, {}, 0, 0};
        place.lines.push_back({kTier, 1});
        const auto order = decide(place).order.id;
        domain::StartPayment start;
        start.person = person;
        start.order = order;
        start.bank = kBank;
        const auto payment = *decide(start).payment;
        captured(payment);
        return payment;
    }
    void captured(const domain::Payment& payment) {
        domain::ReportPayment report;
        report.payment = payment.id;
        report.incarnation = payment.incarnation;
        report.bank = kBank;
        report.amount = payment.amount;
        report.transaction = "T" + std::to_string(payment.id.value());
        decide(report);
    }
    domain::Refund ask_back(domain::PersonId person, const domain::Payment& payment) {
        domain::RequestRefund request;
        request.person = person;
        request.order = domain::order_of(payment.id);
        return *decide(request).refund;
    }
    void completed(const domain::Refund& refund) {
        decide(domain::TryRefund{refund.id});
        domain::ReportRefund report;
        report.refund = refund.id;
        report.incarnation = refund.incarnation;
        report.bank = kBank;
        report.completed = true;
        report.transaction = "R" + std::to_string(refund.id.value());
        decide(report);
    }
    // The subjects of the mails to somebody, in order.
    [[nodiscard]] std::vector<std::string> subjects(const std::string& name) const {
        std::vector<std::string> all;
        for (const auto& mail : server.taken) {
            if (mail.to == name + "@example.org") all.push_back(mail.subject);
        }
        return all;
    }
    [[nodiscard]] std::int64_t rows(const std::string& table) {
        auto row = store->connection().prepare("SELECT count(*) FROM " + table);
        ONSALE_CHECK(row && row->step());
        const auto count = row->integer(0);
        row->reset();
        return count;
    }

    static constexpr std::uint16_t kShards = 2;
    payments::VirtualEnvironment environment{1};
    MailServer server;
    bool has_notices;  // from the next start on
    const crypto::Key master{std::byte{7}};
    std::unique_ptr<env::Executor> home;
    std::unique_ptr<telemetry::Metrics> metrics;
    std::unique_ptr<follow::Feed> feed;
    std::unique_ptr<messages::Outbox> outbox;
    std::unique_ptr<records::Store> store;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<accounts::Accounts> accounts;
    std::unique_ptr<refunds::Notes> notes;
    std::unique_ptr<shard::Engine> engine;
    std::unique_ptr<catalog::Catalog> catalog;
    std::unique_ptr<env::Executor> projecting;
    std::unique_ptr<follow::Projector> projector;
    std::unique_ptr<Notices> notices;

  private:
    [[nodiscard]] sql::OpenOptions database(const std::string& name, sql::Access access) {
        return {"/data/" + name + ".sqlite", environment.sqlite_vfs(), access};
    }
    std::unique_ptr<journal::Reader> reader() {
        auto opened =
            journal::Reader::open({"/data/journal/journal.sqlite", environment.sqlite_vfs()});
        ONSALE_CHECK(opened.has_value());
        return std::move(*opened);
    }
    void start_records() {
        auto opened = records::Store::open(
            {database("records", sql::Access::read_write), "records", "test"}, environment);
        ONSALE_CHECK(opened.has_value());
        store = std::move(*opened);
        auto made_vault = vault::Vault::create(*store, master, environment.entropy(), {});
        ONSALE_CHECK(made_vault.has_value());
        vault = std::move(*made_vault);
        accounts::AccountsOptions options;
        options.person_keys_path = "/data/people.sqlite";
        auto made = accounts::Accounts::create({*store, *outbox, master, environment}, options);
        ONSALE_CHECK(made.has_value());
        accounts = std::move(*made);
        auto made_notes = refunds::Notes::create(*store, accounts->person_texts());
        ONSALE_CHECK(made_notes.has_value());
        notes = std::move(*made_notes);
        auto made_catalog = catalog::Catalog::create(*store, *vault, *engine, environment.clock());
        ONSALE_CHECK(made_catalog.has_value());
        catalog = std::move(*made_catalog);
    }
    void start_rows() {
        projecting = environment.make_executor({"projector", "test"});
        follow::ProjectorOptions options;
        options.database = database("projections", sql::Access::read_write);
        auto made = follow::Projector::create(options, {*projecting,
                                                        follow::BatchSource(*feed, reader()),
                                                        *feed,
                                                        {&orders_rows_, &money_rows_},
                                                        *metrics});
        ONSALE_CHECK(made.has_value());
        projector = std::move(*made);
        projector->start([] { return false; });
    }

    orders::OrdersProjection orders_rows_;
    refunds::MoneyProjection money_rows_;
};

}  // namespace onsale::notices
