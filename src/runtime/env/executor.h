// Executor: where work runs, one task at a time, in the order it was posted. All state of a module
// lives on one executor, so modules hold no locks. The real ones are threads (env/posix) and the
// event loops of runtime/http; in simulation there is one scheduler with a virtual clock, and its
// seed decides which executor goes next.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "base/unique_function.h"

namespace onsale::env {

using Task = base::UniqueFunction<void()>;

class Executor {
  public:
    virtual ~Executor() = default;

    // Runs the task later on this executor; from any thread. After the executor has stopped, the
    // task is destroyed without running.
    virtual void post(Task task) = 0;

    // The same, not before `delay` has passed. There is no cancellation: the task itself checks
    // whether it is still wanted.
    virtual void post_after(base::Duration delay, Task task) = 0;

    // True on the executor's own thread while one of its tasks runs. False may also mean that it
    // does not know.
    [[nodiscard]] virtual bool runs_here() const { return false; }

    // Ends an executor that make_executor() made: finishes the running task, drops what waits and
    // what is posted later. For executors whose tasks post to each other: close all of them, then
    // destroy them. Not from its own thread. Event loops end with their server instead.
    virtual void close() {}
};

// A reason for the process to end at once, with nothing more written: a failed sync of the journal,
// a lost lease. On a machine the process exits with this code (systemd starts it again, and
// recovery does the rest); in simulation the node dies here.
enum class FatalCause : std::uint8_t {
    journal_io = 70,
    journal_conflict = 71,
    journal_corrupt = 72
};

}  // namespace onsale::env
