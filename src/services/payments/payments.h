// Payments: the way between the site and its banks, as one object for the assembly and the edge. A
// buyer begins to pay (start_payment), banks tell what they have done (receive), and an agent
// carries out everything else. Any thread may call it. After a crash: what was answered is in the
// journal or the records, and the agent goes on from there.
//
// INVARIANT: a token is nowhere but in the records, sealed, and in calls of the bank that made it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "domain/payment.h"
#include "env/environment.h"
#include "follow/batch_source.h"
#include "records/store.h"
#include "registry/registry.h"
#include "shard/engine.h"
#include "telemetry/metrics.h"

namespace onsale::payments {

struct StartWish {
    domain::PersonId person;
    domain::OrderId order;
    domain::BankId bank;
    domain::PayWay way = domain::PayWay::cashier;
    std::string token;  // way token
};
// none: `answer` is the box office's. bank_unavailable: `usable` can be used in this way now.
enum class StartRefusal : std::uint8_t {
    none,
    bank_unknown,
    bank_unavailable,
    token_invalid,  // not signed by this bank, or of another merchant
    token_other_order,
    busy,
    storage_full,
    failed,
};
struct UsableBank {
    domain::BankId bank;
    std::string name_zh;
    std::string name_en;
};
struct Started {
    StartRefusal refusal = StartRefusal::none;
    std::vector<UsableBank> usable;
    shard::Answer answer;
    std::string bank_name_zh;
    std::string bank_name_en;
    std::string cashier_url;  // way cashier, while it is open
};

enum class CallbackResult : std::uint8_t { taken, malformed, not_now };

struct PaymentsOptions {
    std::string title;  // what a bank's cashier shows as the name of what is paid for
};

// What it works with; all references outlive it.
struct PaymentsParts {
    records::Store& store;
    env::Environment& environment;
    const crypto::Key& master;
    telemetry::Metrics& metrics;
    shard::Engine& engine;
    follow::Feed& feed;
    follow::BatchSource source;
    registry::Registry& registry;
};

class Payments {
  public:
    // Migrates the tables: call it before anything was posted to the store.
    static base::Result<std::unique_ptr<Payments>, std::string> create(PaymentsParts parts,
                                                                       PaymentsOptions options);
    ~Payments();
    Payments(const Payments&) = delete;
    Payments& operator=(const Payments&) = delete;

    void start();
    // From any thread: nothing is begun at a bank any more and nothing more is written.
    void stop();

    // Replies are told on `home`.
    void start_payment(StartWish wish, env::Executor& home,
                       base::UniqueFunction<void(Started)> reply);
    // A callback whose signature is this bank's. taken: everything in it is stored and decided.
    // not_now: the bank has to tell it again.
    void receive(domain::BankId bank, std::string_view body, env::Executor& home,
                 base::UniqueFunction<void(CallbackResult)> reply);

    // Where the buyer pays at the bank's cashier until `deadline`; empty: the bank has no cashier
    // now, or this payment does not need one.
    [[nodiscard]] std::string cashier_url(const domain::Payment& payment,
                                          base::Timestamp deadline) const;

  private:
    struct Impl;
    explicit Payments(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::payments
