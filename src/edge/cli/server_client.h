// ServerClient: a verb's way to the running server: its address, a staff token, and answers as
// sentences. `busy` is tried again for a while, because every request that verbs send may be
// repeated. Belongs to one thread and blocks it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/client.h"

namespace onsale::cli {

struct ServerError {
    std::string sentence;  // with the remedy
    std::string code;      // of the catalogue; empty: no server answered
    std::string field;     // where the server says so
    std::uint64_t line = 0;
};
template <class T>
using ServerResult = base::Result<T, ServerError>;

struct Upload {
    http::Method method = http::Method::post;
    std::string path;
    std::string content_type;
    std::string body;
};

class ServerClient {
  public:
    // `wait` is called with how long to wait between two tries.
    ServerClient(http::Client& client, std::string url, std::string token,
                 std::function<void(base::Duration)> wait);

    // The body of a 2xx answer.
    [[nodiscard]] ServerResult<std::string> send(const Upload& upload);

  private:
    http::Client& client_;
    const std::string url_;
    const std::string token_;
    const std::function<void(base::Duration)> wait_;
};

}  // namespace onsale::cli
