#include "http/internal/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>

namespace onsale::http::test {

Response plain_problem(Problem problem, const std::string&, const std::vector<std::string>&) {
    struct Words {
        Problem problem;
        std::uint16_t status;
        const char* text;
    };
    constexpr std::array kWords = {Words{Problem::no_such_route, 404, "no_such_route"},
                                   Words{Problem::method_not_allowed, 405, "method_not_allowed"},
                                   Words{Problem::body_too_large, 413, "body_too_large"},
                                   Words{Problem::malformed_request, 400, "malformed_request"},
                                   Words{Problem::headers_too_large, 431, "headers_too_large"},
                                   Words{Problem::overloaded, 503, "overloaded"},
                                   Words{Problem::no_answer, 500, "no_answer"}};
    Response response;
    for (const auto& words : kWords) {
        if (words.problem != problem) continue;
        response.status = words.status;
        response.body = words.text;
    }
    return response;
}

Response text_response(std::string body) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

Route route(Method method, std::string pattern, Handler handler) {
    Route out;
    out.method = method;
    out.pattern = std::move(pattern);
    out.handler = std::move(handler);
    return out;
}

void TestServer::start(const ServerOptions& options) {
    ServerOptions mine = options;
    mine.port = 0;
    auto started = Server::start(mine, router, environment, metrics);
    ASSERT_TRUE(started.has_value());
    server = std::move(started).value();
}

Peer::Peer(const TestServer& server, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
                     sizeof(receive_buffer_bytes));
    }
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.server->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int connected =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    if (connected != 0) close();
}

void Peer::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

void Peer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;  // refused in the middle: the answer tells
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Peer::fill() {
    std::array<char, 65536> bytes;
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count == 0) ended_in_order_ = true;
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::string Peer::read_until(std::string_view end) {
    std::size_t place = 0;
    while ((place = buffer_.find(end)) == std::string::npos) {
        if (!fill()) return std::exchange(buffer_, {});
    }
    auto out = buffer_.substr(0, place + end.size());
    buffer_.erase(0, place + end.size());
    return out;
}

bool Peer::at_end() {
    return buffer_.empty() && !fill() && ended_in_order_;
}

Answer Peer::read_answer(Method method) {
    const auto head = read_until("\r\n\r\n");
    Answer answer;
    if (!head.starts_with("HTTP/1.1 ")) return answer;
    answer.status = std::stoi(head.substr(9, 3));
    for (auto line = head.find("\r\n") + 2; line + 2 < head.size();) {
        const auto end = head.find("\r\n", line);
        const auto colon = head.find(": ", line);
        answer.headers[head.substr(line, colon - line)] = head.substr(colon + 2, end - colon - 2);
        line = end + 2;
    }
    const auto length = answer.headers.find("Content-Length");
    if (length == answer.headers.end() || method == Method::head) return answer;
    const auto bytes = static_cast<std::size_t>(std::stoul(length->second));
    while (buffer_.size() < bytes && fill()) {
    }
    answer.body = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return answer;
}

}  // namespace onsale::http::test
