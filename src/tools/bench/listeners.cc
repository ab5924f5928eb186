#include "bench/listeners.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "bench/internal/connections.h"

namespace onsale::bench {
namespace {

constexpr std::size_t kStreamsPerAddress = 50;
constexpr std::size_t kAddressesMax = 200;
constexpr std::string_view kGood = "HTTP/1.1 200";
constexpr std::string_view kEvent = "\nevent: ";

}  // namespace

struct Listeners::Impl {
    Impl(std::uint16_t port, std::size_t count) : connections(port, count), lines(count) {}

    Connections connections;
    // How many characters of kEvent the end of what was read matches, by stream.
    std::vector<std::size_t> lines;
    std::size_t opened = 0;
    std::size_t ended = 0;
    std::uint64_t events = 0;

    void count(std::size_t& matched, std::string_view text) {
        for (const char c : text) {
            // Only the first character can begin a match again, and it stands nowhere else in it.
            matched = c == kEvent[matched] ? matched + 1 : (c == kEvent[0] ? 1 : 0);
            if (matched < kEvent.size()) continue;
            ++events;
            matched = 0;
        }
    }

    void read(std::size_t index) {
        std::string_view text;
        if (connections.at(index).socket < 0) return;
        const Io io = connections.receive(index, text);
        if (io == Io::later) return;
        if (io == Io::lost) {
            if (connections.at(index).busy) ++ended;
            return connections.close(index);
        }
        // busy: the stream has begun.
        if (!connections.at(index).busy && !text.starts_with(kGood))
            return connections.close(index);
        if (!std::exchange(connections.at(index).busy, true)) ++opened;
        count(lines[index], text);
    }
};

Listeners::Listeners(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listeners::~Listeners() = default;

base::Result<std::unique_ptr<Listeners>, std::string> Listeners::open(
    std::uint16_t port, std::size_t count, const std::string& campaigns) {
    if (count > kStreamsPerAddress * kAddressesMax)
        return base::Unexpected{fmt::format("at most {} listeners fit on this machine's addresses",
                                            kStreamsPerAddress * kAddressesMax)};
    auto impl = std::make_unique<Impl>(port, count);
    const std::string request = fmt::format(
        "GET /api/v1/events?campaigns={} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: "
        "text/event-stream\r\n\r\n",
        campaigns, port);
    for (std::size_t i = 0; i < count; ++i) {
        const auto source = static_cast<std::uint8_t>(2 + i / kStreamsPerAddress);
        if (!impl->connections.open(i, source))
            return base::Unexpected{fmt::format("listener {} cannot connect", i + 1)};
        if (impl->connections.send(i, request) != Io::done)
            return base::Unexpected{fmt::format("listener {} cannot ask", i + 1)};
    }
    return std::unique_ptr<Listeners>(new Listeners(std::move(impl)));
}

void Listeners::drain() {
    for (const epoll_event& event : impl_->connections.wait(0))
        impl_->read(static_cast<std::size_t>(event.data.u64));
}

std::size_t Listeners::opened() const {
    return impl_->opened;
}
std::size_t Listeners::ended() const {
    return impl_->ended;
}
std::uint64_t Listeners::events() const {
    return impl_->events;
}

}  // namespace onsale::bench
