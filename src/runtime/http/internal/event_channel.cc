#include "http/internal/event_channel.h"

#include <utility>

namespace onsale::http::internal {
namespace {

// Lines end with \n, \r\n or \r in this format, and a text with any of them takes several fields.
void append_event(std::string& out, std::string_view event, std::string_view data) {
    if (!event.empty()) {
        out += "event: ";
        out += event.substr(0, event.find_first_of("\r\n"));
        out += '\n';
    }
    for (bool more = true; more;) {
        const auto end = data.find_first_of("\r\n");
        more = end != std::string_view::npos;
        out += "data: ";
        out += data.substr(0, end);
        out += '\n';
        if (more) data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    out += '\n';
}

}  // namespace

EventChannel::Append EventChannel::append(std::string_view event, std::string_view data) {
    if (closed()) return Append::closed;
    const std::lock_guard lock(mutex_);
    const std::size_t before = waiting_.size();
    append_event(waiting_, event, data);
    if (waiting_.size() + taken_bytes_ > bytes_max_) {
        waiting_.resize(before);
        close();
        return Append::overflow;
    }
    if (told_) return Append::waiting;
    told_ = true;
    return Append::wake;
}

bool EventChannel::take(std::string& out) {
    const std::lock_guard lock(mutex_);
    std::swap(out, waiting_);
    taken_bytes_ = out.size();
    told_ = false;
    return !out.empty();
}

bool EventChannel::end() {
    ended_.store(true, std::memory_order_release);
    const std::lock_guard lock(mutex_);
    return !std::exchange(told_, true);
}

}  // namespace onsale::http::internal
