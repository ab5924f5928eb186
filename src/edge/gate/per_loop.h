// PerLoop<T>: one T for each event loop, made when the loop first asks. A T is used by its own
// loop's thread only, so it needs no lock, and finding it costs one look at an array: the rush's
// way to verifiers and signers, which hold key schedules and caches. Not thread_local, because
// several sites can live on one thread (the simulator) and must not share keys. Nothing is kept
// after a crash.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "base/check.h"
#include "base/strong.h"
#include "env/executor.h"

namespace onsale::gate {

inline constexpr std::size_t kLoopSlots = 256;  // a power of two, well above any number of loops

template <class T>
class PerLoop {
  public:
    explicit PerLoop(std::function<std::unique_ptr<T>()> make) : make_(std::move(make)) {}

    // On the thread of `home`. A loop that ended and one that later has its address share a T, one
    // after the other.
    T& of(env::Executor& home) {
        std::size_t place = base::mix_bits(reinterpret_cast<std::uintptr_t>(&home)) % kLoopSlots;
        for (std::size_t i = 0; i < kLoopSlots; ++i, place = (place + 1) % kLoopSlots) {
            Slot& slot = slots_[place];
            env::Executor* owner = slot.owner.load(std::memory_order_acquire);
            if (owner == nullptr && slot.owner.compare_exchange_strong(owner, &home)) owner = &home;
            if (owner != &home) continue;
            if (!slot.object) slot.object = make_();
            return *slot.object;
        }
        base::check_failed("more event loops than slots", __FILE__, __LINE__);
    }

  private:
    struct Slot {
        std::atomic<env::Executor*> owner = nullptr;
        std::unique_ptr<T> object;  // the owner's
    };
    std::function<std::unique_ptr<T>()> make_;
    std::array<Slot, kLoopSlots> slots_;
};

}  // namespace onsale::gate
