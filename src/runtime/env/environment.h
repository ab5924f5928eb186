// Environment: the seams of one process, handed to every assembly function. The real one is
// env/posix; the simulator has its own.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/unique_function.h"
#include "env/clock.h"
#include "env/entropy.h"
#include "env/executor.h"
#include "env/files.h"

namespace onsale::env {

struct ExecutorOptions {
    std::string name;                 // of the thread, at most 15 characters
    std::string purpose;              // one line for `onsale roles --threads`
    std::size_t queue_max = 1 << 16;  // tasks that may wait; the module that posts keeps to it,
                                      // more is a programmer's error
};

class Environment {
  public:
    virtual ~Environment() = default;
    virtual Clock& clock() = 0;
    virtual Entropy& entropy() = 0;
    virtual Files& files() = 0;
    // The one place where threads are made. The executor runs until it is destroyed; its destructor
    // finishes the running task, drops the rest and joins.
    virtual std::unique_ptr<Executor> make_executor(ExecutorOptions options) = 0;
    // Ends the process at once (see FatalCause). In simulation it marks the node as dead and
    // returns: callers must do nothing afterwards.
    virtual void die(FatalCause cause, std::string_view reason) = 0;
    // Name of the SQLite VFS that reaches files(); empty for SQLite's own.
    [[nodiscard]] virtual std::string sqlite_vfs() const = 0;
};

}  // namespace onsale::env
