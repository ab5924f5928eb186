// Instances of one party's program, as their heartbeats say, and which one is called next. A pure
// value: time is handed in; belongs to the directory. Nothing is kept after a crash: a second later
// every instance has said again that it is there.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "registry/internal/breaker.h"
#include "registry/party.h"

namespace onsale::registry {

// Now, by both clocks: the wall's for what is shown and signed, the other for how long it was.
struct Moment {
    base::Timestamp wall;
    std::int64_t mono_us = 0;
};

struct Instance {
    Heartbeat said;
    std::uint32_t generation = 0;  // of the keys it uses
    Moment beat;
    Breaker breaker;
    std::uint64_t turn = 0;  // when it was chosen last; 0: never
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::int64_t latency_us = 0;

    [[nodiscard]] bool is_live(std::int64_t now_us) const;
    [[nodiscard]] bool is_in_use(std::int64_t now_us) const;
    [[nodiscard]] bool has_way(std::string_view way) const;
};

class Instances {
  public:
    // Takes the place of one that is out when there is no room.
    [[nodiscard]] base::Result<void, BeatRefusal> beat(const Heartbeat& said,
                                                       std::uint32_t generation, Moment now);
    // The one in use that was chosen least recently, and none of `tried`; null: there is none.
    [[nodiscard]] Instance* choose(std::span<const std::string> tried, std::int64_t now_us);
    // Among those with a public address and this way, for a browser to be sent there; no turn is
    // taken, since browsers are not counted.
    [[nodiscard]] const Instance* choose_public(std::string_view way, std::int64_t now_us) const;
    [[nodiscard]] Instance* find(std::string_view name);
    // Lets go of all whose keys are not among these.
    void keep_generations(std::span<const std::uint32_t> generations);
    void forget_old(std::int64_t now_us);
    [[nodiscard]] std::vector<InstanceView> view(std::int64_t now_us) const;
    // Ways of those in use, sorted, each once.
    [[nodiscard]] std::vector<std::string> ways(std::int64_t now_us) const;

  private:
    std::vector<Instance> all_;  // at most kInstancesMax, by name
    std::uint64_t turns_ = 0;
};

}  // namespace onsale::registry
