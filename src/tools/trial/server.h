// Server: a site of a trial's own: the given program as a child process, with a data folder that is
// made for it and removed with it, on a free port of 127.0.0.1. It ends with this object, and by
// the kernel's hand when this process dies. For one thread, which it blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/client.h"
#include "trial/child.h"

namespace onsale::trial {

struct ServerOptions {
    std::string program;      // the binary `onsale`
    std::string below;        // the folder in which the data folder is made
    std::uint32_t loops = 0;  // 0: as the program chooses
    std::string settings;     // text of a settings file (TOML); empty: none
};

class Server {
  public:
    // Starts it and waits until it is ready. The error is a sentence.
    static base::Result<std::unique_ptr<Server>, std::string> start(const ServerOptions& options,
                                                                    http::Client& client);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const { return child_->port(); }
    [[nodiscard]] int pid() const { return child_->pid(); }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string data() const { return folder_ + "/data"; }

  private:
    explicit Server(std::string folder) : folder_(std::move(folder)) {}
    [[nodiscard]] base::Result<void, std::string> await_ready(http::Client& client);

    std::string folder_;
    std::unique_ptr<Child> child_;
};

}  // namespace onsale::trial
