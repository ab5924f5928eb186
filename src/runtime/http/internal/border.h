// Border: who stands between us and a browser: proxies that are believed about their clients, and
// origins whose pages may call us (CORS). Made from the server's options, then constant; used on
// the loops' threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/server.h"

namespace onsale::http::internal {

class Border {
  public:
    explicit Border(const ServerOptions& options);

    [[nodiscard]] bool trusts(std::string_view address) const;
    // The client in X-Forwarded-For: the last address that is no proxy of ours, for what stands
    // before it was written by others. False, and `out` is as it was, when the text is no list of
    // addresses.
    bool client_of(std::string_view forwarded_for, std::string& out) const;
    // For a request of an allowed origin: may read the answer, and, when it asks beforehand
    // (OPTIONS), which methods and headers it may use. Never with credentials: another origin
    // calls by a token or not at all.
    void add_cors(const Request& request, Response& response) const;

  private:
    std::vector<std::string> proxies_;
    std::vector<std::string> origins_;
};

}  // namespace onsale::http::internal
