// Child: a program started for a trial as a process of its own, that says "listening on http://…"
// when it serves. It ends with this object, and by the kernel's hand when this process dies. For
// one thread, which it blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace onsale::trial {

class Child {
  public:
    // Starts it, and waits until it listens. Its messages are added to the file `log`. The error is
    // a sentence.
    static base::Result<std::unique_ptr<Child>, std::string> serve(
        const std::vector<std::string>& words, const std::string& log);
    // Runs it to its end with `input`; an error unless it ends with 0.
    static base::Result<void, std::string> run(const std::vector<std::string>& words,
                                               const std::string& input, const std::string& log);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }  // of 127.0.0.1
    [[nodiscard]] int pid() const { return pid_; }

  private:
    Child(int pid, int output) : pid_(pid), output_(output) {}
    [[nodiscard]] base::Result<void, std::string> await_port(const std::string& log);

    int pid_;
    int output_;
    std::uint16_t port_ = 0;
};

}  // namespace onsale::trial
