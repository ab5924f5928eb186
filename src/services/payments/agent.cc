#include "payments/agent.h"

#include <string>
#include <utility>

#include "payments/internal/agent_impl.h"

namespace onsale::payments {
namespace {

constexpr std::size_t kTasksMax = 1 << 16;
static_assert(kTasksMax > 4 * kCommandsMax, "answers of the engine find room");

}  // namespace

PaymentAgent::Impl::Impl(Parts p)
    : environment(p.environment),
      engine(p.engine),
      feed(p.feed),
      source(std::move(p.source)),
      tokens(p.tokens),
      metrics(p.metrics),
      stray_counts(p.strays),
      executor(p.environment.make_executor(
          {"payments", "carries out what has to happen at the banks", kTasksMax})),
      prng(p.environment.entropy().next_u64()) {
    for (std::size_t i = 0; i < kFlowKinds; ++i) {
        const telemetry::Labels labels = {
            {"kind", std::string(to_string(static_cast<FlowKind>(i)))}};
        open_gauges[i] = &metrics.gauge(
            "onsale_payments_open", "flows that a bank has still to say something about", labels);
        parked_gauges[i] =
            &metrics.gauge("onsale_payments_parked", "flows that wait for an operator", labels);
    }
}

PaymentAgent::PaymentAgent(Parts parts) {
    auto make_bank = std::move(parts.make_bank);
    impl_ = std::make_shared<Impl>(std::move(parts));
    const auto weak = std::weak_ptr(impl_);
    impl_->lanes = std::make_shared<Lanes>(
        Lanes::Parts{impl_->environment, *impl_->executor, impl_->tokens, impl_->metrics,
                     std::move(make_bank)},
        [weak](domain::BankId bank, const LaneItem& item, const LaneResult& result) {
            if (const auto alive = weak.lock()) alive->told(bank, item, result);
        },
        [weak](domain::BankId bank) {
            const auto alive = weak.lock();
            if (alive != nullptr && alive->held.contains(bank)) alive->run_later();
        });
}

PaymentAgent::~PaymentAgent() {
    stop();
    // Here, because a task that runs holds on to the state and must not be the one to end it.
    impl_->executor->close();
    impl_->lanes->close();
}

void PaymentAgent::start() {
    const auto weak = std::weak_ptr(impl_);
    impl_->feed.subscribe(*impl_->executor, [weak] {
        if (const auto alive = weak.lock()) alive->follow();
    });
    impl_->executor->post([weak] {
        if (const auto alive = weak.lock()) alive->load();
    });
}

void PaymentAgent::stop() {
    impl_->stopping = true;
}

}  // namespace onsale::payments
