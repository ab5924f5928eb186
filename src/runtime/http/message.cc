#include "http/message.h"

#include "base/check.h"
#include "http/internal/text.h"

namespace onsale::http {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
    }
    return "";
}

std::optional<std::string> Request::query_value(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = pair.find('=');
        const auto key = internal::decode_form(pair.substr(0, equals));
        if (!key || *key != name) continue;
        if (equals == std::string_view::npos) return std::string{};
        return internal::decode_form(pair.substr(equals + 1));
    }
    return std::nullopt;
}

void ResponseSink::abandon() {
    Response response;
    response.status = 500;
    response.body = R"({"code":"no_answer"})";
    send(std::move(response));
}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this == &other) return *this;
    if (const auto abandoned = std::exchange(sink_, std::move(other.sink_))) abandoned->abandon();
    return *this;
}

Responder::~Responder() {
    if (sink_) sink_->abandon();
}

void Responder::send(Response response) {
    ONSALE_CHECK(sink_ != nullptr);
    const auto sink = std::move(sink_);
    sink->send(std::move(response));
}

std::shared_ptr<EventStream> Responder::open_event_stream() {
    ONSALE_CHECK(sink_ != nullptr);
    const auto sink = std::move(sink_);
    return sink->open_event_stream();
}

}  // namespace onsale::http
