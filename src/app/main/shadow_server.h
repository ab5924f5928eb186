// ShadowServer: this same program as `serve --shadow` in a process of its own, on a copy of a data
// folder and any free port of 127.0.0.1. Owned by a verb's thread. The kernel ends the process with
// its parent, however that ends.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace onsale::app {

struct Launch {
    std::string config;  // a file; empty: none
    std::string data;
    std::string log;  // a file for its standard error
    base::Duration ready_within = base::Duration::seconds(60);
};

class ShadowServer {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<ShadowServer>, std::string> start(
        const Launch& launch);
    ~ShadowServer();  // ends it at once, if stop() was not called
    ShadowServer(const ShadowServer&) = delete;
    ShadowServer& operator=(const ShadowServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    // Stops it in order; gives the processor seconds that it has used in all.
    [[nodiscard]] base::Result<double, std::string> stop();

  private:
    explicit ShadowServer(pid_t process) : process_(process) {}
    pid_t process_;
    std::uint16_t port_ = 0;
};

}  // namespace onsale::app
