// PaymentAgent: carries out what has to happen at the banks: deductions, questions about what is
// paid at their cashiers, closures, refunds, returns of money that is nobody's. It keeps nothing:
// at its start it asks every box office what is open, then follows the committed batches. Each step
// with an effect is a fact before it is tried, and each result is told to the box office, which
// judges it. All state lives on the "payments" executor; banks are called on threads of their own.
// After a crash: what may have been tried is asked about first.
//
// INVARIANT: a flow has at most one command in the engine or one call at its bank at a time.
#pragma once

#include <cstdint>
#include <memory>

#include "env/environment.h"
#include "follow/batch_source.h"
#include "payments/internal/lanes.h"
#include "payments/internal/stray_counts.h"
#include "payments/tokens.h"
#include "shard/engine.h"
#include "telemetry/metrics.h"

namespace onsale::payments {

class PaymentAgent {
  public:
    // All references outlive it.
    struct Parts {
        env::Environment& environment;
        shard::Engine& engine;
        follow::Feed& feed;
        follow::BatchSource source;
        Tokens& tokens;
        telemetry::Metrics& metrics;
        StrayCounts& strays;
        BankFactory make_bank;
    };
    explicit PaymentAgent(Parts parts);
    // Waits for the calls of banks that are under way.
    ~PaymentAgent();
    PaymentAgent(const PaymentAgent&) = delete;
    PaymentAgent& operator=(const PaymentAgent&) = delete;

    void start();
    // From any thread: nothing is begun any more.
    void stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::payments
