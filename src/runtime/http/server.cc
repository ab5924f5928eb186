#include "http/server.h"

#include <condition_variable>
#include <mutex>

#include "http/internal/loop.h"

namespace onsale::http {
namespace {

using internal::ErrorCode;
using internal::Loop;
using internal::Tcp;
namespace asio = boost::asio;

std::string sentence(const ServerOptions& options, const ErrorCode& error) {
    const std::string port = "port " + std::to_string(options.port);
    if (error == asio::error::address_in_use) {
        return port + " is taken: stop the other program or choose another port";
    }
    if (error == asio::error::access_denied) {
        return port + " needs a privilege: choose one above 1023 or grant CAP_NET_BIND_SERVICE";
    }
    if (error == boost::system::errc::address_not_available) {
        return "address " + options.address +
               " does not belong to this machine: choose one that does, or 0.0.0.0 for all";
    }
    return "cannot listen on " + options.address + " " + port + ": " + error.message();
}

// Sockets that share a port would share it with a second server too, and neither would notice: ask
// once without sharing.
ErrorCode probe(const Tcp::endpoint& endpoint) {
    asio::io_context io;
    internal::Acceptor acceptor(io.get_executor());
    ErrorCode error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(internal::Acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(1, error);
    return error;
}

}  // namespace

struct Server::Impl {
    std::vector<std::shared_ptr<Loop>> loops;
    std::uint16_t port = 0;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        for (const auto& loop : loops) loop->stop();
    }

    ErrorCode listen(Tcp::endpoint endpoint) {
        const auto sharing = loops.size() > 1 ? Loop::Port::shared : Loop::Port::own;
        if (sharing == Loop::Port::shared && endpoint.port() != 0) {
            if (const auto error = probe(endpoint)) return error;
        }
        for (const auto& loop : loops) {
            if (const auto error = loop->listen(endpoint, sharing)) return error;
            port = loop->port();
            endpoint.port(port);
        }
        return {};
    }
};

base::Result<std::unique_ptr<Server>, std::string> Server::start(const ServerOptions& options,
                                                                 const Router& router,
                                                                 env::Environment& environment,
                                                                 telemetry::Metrics& metrics) {
    ErrorCode error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) {
        return base::Unexpected{"address " + options.address +
                                " is not an IP address: give one such as 127.0.0.1 or 0.0.0.0"};
    }
    if (options.loops == 0)
        return base::Unexpected{std::string("0 event loops cannot serve: configure at least 1")};
    auto impl = std::make_unique<Impl>();
    const internal::LoopContext context{options, router, environment.clock(), metrics,
                                        environment.entropy().next_u64()};
    for (std::uint32_t i = 0; i < options.loops; ++i)
        impl->loops.push_back(std::make_shared<Loop>(context, i));
    error = impl->listen(Tcp::endpoint(address, options.port));
    if (error) return base::Unexpected{sentence(options, error)};
    for (const auto& loop : impl->loops) {
        if (auto problem = loop->start()) return base::Unexpected{*std::move(problem)};
    }
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->port;
}

void Server::drain(base::Duration deadline) {
    // Shared with the loops, for one may report after this call has given up.
    struct Progress {
        std::mutex mutex;  // owns left
        std::condition_variable changed;
        std::size_t left = 0;
    };
    const auto progress = std::make_shared<Progress>();
    progress->left = impl_->loops.size();
    for (const auto& loop : impl_->loops) {
        loop->begin_drain([progress] {
            const std::lock_guard lock(progress->mutex);
            --progress->left;
            progress->changed.notify_all();
        });
    }
    std::unique_lock lock(progress->mutex);
    progress->changed.wait_for(lock, std::chrono::milliseconds(deadline.count_ms()),
                               [&] { return progress->left == 0; });
}

}  // namespace onsale::http
