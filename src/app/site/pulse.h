// Pulse: asks a store the simplest question once a second, so that /readyz can say whether the
// store still answers. beat() belongs to the executor it was given; check() may be called from any
// thread. Nothing is kept after a crash.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "env/clock.h"
#include "env/executor.h"
#include "gate/context.h"
#include "records/store.h"

namespace onsale::site {

class Pulse : public std::enable_shared_from_this<Pulse> {
  public:
    Pulse(std::string name, records::Store& store, env::Executor& home, env::Clock& clock);
    // Begins; it goes on until the object is gone.
    void beat();
    [[nodiscard]] gate::Dependency check() const;

  private:
    const std::string name_;
    records::Store& store_;
    env::Executor& home_;
    env::Clock& clock_;
    std::atomic<std::int64_t> answered_us_;  // when it last answered well
};

}  // namespace onsale::site
