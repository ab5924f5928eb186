#include "site/pulse.h"

#include <utility>

namespace onsale::site {
namespace {

constexpr base::Duration kInterval = base::Duration::seconds(1);
constexpr std::int64_t kSilenceMaxUs = 5'000'000;

}  // namespace

Pulse::Pulse(std::string name, records::Store& store, env::Executor& home, env::Clock& clock)
    : name_(std::move(name)),
      store_(store),
      home_(home),
      clock_(clock),
      answered_us_(clock.monotonic_us()) {}

void Pulse::beat() {
    store_.ask<bool>(
        home_, [&store = store_](sql::Connection&) { return store.answers(); },
        [weak = weak_from_this()](bool good) {
            const auto self = weak.lock();
            if (!self) return;
            if (good) self->answered_us_ = self->clock_.monotonic_us();
            self->home_.post_after(kInterval, [weak] {
                if (const auto again = weak.lock()) again->beat();
            });
        },
        false);
}

gate::Dependency Pulse::check() const {
    const std::int64_t silent_us = clock_.monotonic_us() - answered_us_;
    if (silent_us <= kSilenceMaxUs) return {name_, true, "answers"};
    return {name_, false, "has not answered for " + std::to_string(silent_us / 1'000'000) + " s"};
}

}  // namespace onsale::site
