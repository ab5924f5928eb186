// AnswerMetrics: how often orders were answered in which way, by exact reason: what a scripted run
// compares with what it has seen itself. Thread-safe; starts at zero with the process.
#pragma once

#include <array>

#include "domain/outcome.h"
#include "shard/engine.h"
#include "telemetry/metrics.h"

namespace onsale::gate {

class AnswerMetrics {
  public:
    explicit AnswerMetrics(telemetry::Metrics& metrics);
    void count(const shard::Answer& answer);

  private:
    std::array<telemetry::Counter*, 5> outcomes_{};                  // by OutcomeKind
    std::array<telemetry::Counter*, domain::kRefusals> refusals_{};  // by Refusal
    std::array<telemetry::Counter*, 4> undecided_{};                 // by AnswerKind
};

}  // namespace onsale::gate
