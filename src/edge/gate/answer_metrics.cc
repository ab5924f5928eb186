#include "gate/answer_metrics.h"

#include <string>

namespace onsale::gate {
namespace {

constexpr std::array kOutcomeNames = {"accepted", "repeated", "already_joined", "unchanged",
                                      "refused"};
constexpr std::array kAnswerNames = {"decided", "busy", "storage_full", "stopping"};

}  // namespace

AnswerMetrics::AnswerMetrics(telemetry::Metrics& metrics) {
    const auto counter = [&](std::string name) {
        return &metrics.counter("onsale_orders_answers_total",
                                "Answers to wishes for tickets, by outcome",
                                {{"outcome", std::move(name)}});
    };
    for (std::size_t i = 0; i < outcomes_.size(); ++i) outcomes_[i] = counter(kOutcomeNames[i]);
    for (std::size_t i = 0; i < refusals_.size(); ++i) {
        refusals_[i] = counter(std::string(to_string(static_cast<domain::Refusal>(i))));
    }
    for (std::size_t i = 0; i < undecided_.size(); ++i) undecided_[i] = counter(kAnswerNames[i]);
}

void AnswerMetrics::count(const shard::Answer& answer) {
    if (answer.kind != shard::AnswerKind::decided) {
        undecided_[static_cast<std::size_t>(answer.kind)]->add();
    } else if (answer.outcome.kind == domain::OutcomeKind::refused) {
        refusals_[static_cast<std::size_t>(answer.outcome.refusal)]->add();
    } else {
        outcomes_[static_cast<std::size_t>(answer.outcome.kind)]->add();
    }
}

}  // namespace onsale::gate
