// How the last check of the stored data ended: what the site keeps of it in memory, and how a check
// is begun. Handed over by the assembly, for the API must not know the auditor. Nothing is kept
// after a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace onsale::gate {

enum class AuditProgress : std::uint8_t { none, running, clean, breaches, failed };
[[nodiscard]] std::string_view to_string(AuditProgress progress);

struct AuditState {
    AuditProgress progress = AuditProgress::none;
    std::optional<base::Timestamp> started_at;
    std::optional<base::Timestamp> finished_at;
    std::string report_json;  // an object; empty: there is none
    std::string error;        // a sentence: why it failed
};

// Both from any thread; `start` does nothing while one runs.
struct AuditDesk {
    std::function<AuditState()> state;
    std::function<void()> start;
};

}  // namespace onsale::gate
