// Callbacks: what banks tell the site on their own. Every event is stored as received before it is
// decided, and the bank gets its answer after both. Who has signed it is checked before it comes
// here. An event that is told again changes nothing: the box office knows. Any thread may call it;
// everything happens on the caller's executor. After a crash: what was answered is stored and
// decided; what was not, the bank tells again.
#pragma once

#include <memory>
#include <string_view>

#include "base/unique_function.h"
#include "env/environment.h"
#include "payments/internal/bank_messages.h"
#include "payments/internal/refusal_counts.h"
#include "payments/internal/stray_counts.h"
#include "payments/payments.h"
#include "records/store.h"
#include "shard/engine.h"
#include "telemetry/metrics.h"

namespace onsale::payments {

class GroupedWrites;

class Callbacks {
  public:
    struct Parts {
        env::Environment& environment;
        shard::Engine& engine;
        telemetry::Metrics& metrics;
        StrayCounts& strays;
        std::shared_ptr<GroupedWrites> writes;
    };
    explicit Callbacks(Parts parts);

    // Before anything was posted to the store.
    [[nodiscard]] static sql::SqlResult<void> migrate(sql::Connection& connection);

    using Reply = base::UniqueFunction<void(CallbackResult)>;
    void receive(domain::BankId bank, std::string_view body, env::Executor& home, Reply reply);

  private:
    struct Received;
    using Shared = std::shared_ptr<Received>;
    void decide(const Shared& received, std::size_t index);
    void decide_payment(const Shared& received, std::size_t index);
    void report_payment(const Shared& received, std::size_t index);
    void decide_refund(const Shared& received, std::size_t index);
    void receive_stray(const Shared& received, std::size_t index);
    void refuse_stray(const Shared& received);
    void ended(const Shared& received, std::size_t index, std::string_view outcome);
    void not_now(const Shared& received);
    void finish(const Shared& received);
    static void tell(const Shared& received, CallbackResult result);

    env::Environment& environment_;
    shard::Engine& engine_;
    telemetry::Metrics& metrics_;
    StrayCounts& strays_;
    const std::shared_ptr<GroupedWrites> writes_;
    RefusalCounts refusals_;
};

}  // namespace onsale::payments
