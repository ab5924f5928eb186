// Line: one connection to a server of this machine that is asked one thing after another, blocking.
// For a generator: no HTTP library, one system call to send and mostly one to receive. For one
// thread. A broken connection is an answer with status 0, and the next request opens a new one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onsale::paying {

struct Answer {
    std::uint32_t status = 0;  // 0: none came
    std::string_view body;     // until the next request
};

class Line {
  public:
    explicit Line(std::uint16_t port) : port_(port) {}
    ~Line();
    Line(Line&& other) noexcept;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // `headers`: whole lines, each with its end. An empty body is a GET.
    Answer ask(std::string_view path, std::string_view headers, std::string_view body);

  private:
    [[nodiscard]] bool open();
    [[nodiscard]] bool send();
    void close();

    std::uint16_t port_;
    int socket_ = -1;
    std::string request_;
    std::string received_;
};

// The value of the first member `"name":` of a JSON text, without quotes; empty if there is none.
// Enough for answers whose writer is known.
[[nodiscard]] std::string_view value_of(std::string_view json, std::string_view name);

}  // namespace onsale::paying
