// Server: Router over HTTP/1.1 with Boost.Beast on epoll. One event loop (an env::Executor) per
// thread, connections spread by SO_REUSEPORT. Responses are formatted into one buffer per
// connection; one coarse timer sweep per loop closes idle and slow connections. Everything is
// bounded: connections, header bytes, body bytes, time to read a request, bytes waiting in an event
// stream.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "env/environment.h"
#include "http/router.h"
#include "telemetry/metrics.h"

namespace onsale::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    std::uint32_t loops = 1;
    std::uint32_t connections_max = 20'000;  // per loop; beyond: 503 and closed
    std::uint32_t header_bytes_max = 8 * 1024;
    base::Duration idle_timeout = base::Duration::seconds(75);
    base::Duration request_timeout =
        base::Duration::seconds(15);           // from its first byte to its last
    std::size_t event_bytes_max = 256 * 1024;  // waiting per stream
    // Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
    // Origins whose pages may call by a token ("https://shop.example"); never with cookies.
    std::vector<std::string> allowed_origins;
    bool https_only = false;  // the public address is https: browsers are told to stay there
};

class Server {
  public:
    // Binds and starts accepting. The error is a sentence with the remedy ("port 8080 is taken:
    // …").
    static base::Result<std::unique_ptr<Server>, std::string> start(const ServerOptions& options,
                                                                    const Router& router,
                                                                    env::Environment& environment,
                                                                    telemetry::Metrics& metrics);
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    // Stops accepting, answers what is in progress, closes idle connections and event streams;
    // returns when all are closed or the deadline has passed.
    void drain(base::Duration deadline);

  private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::http
