// ResponseFormat: responses as bytes. One per loop, on its thread. What never changes (status
// lines, the security headers) is put together once, the Date once a sweep, so that a response is a
// dozen appends to the connection's reused buffer.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/time.h"
#include "http/message.h"

namespace onsale::http::internal {

struct ResponseFrame {
    std::string_view request_id;
    bool keep_alive = true;
    bool http_1_0 = false;
    bool event_stream = false;  // no length: it ends with the connection
};

class ResponseFormat {
  public:
    // `https_only`: tells browsers to come by https from now on (HSTS).
    explicit ResponseFormat(bool https_only = false);

    void set_date(base::Timestamp now);
    // Appends status line and headers with the empty line, not the body. Content-Length is that of
    // response.body, also for HEAD.
    void append_head(std::string& out, const Response& response, const ResponseFrame& frame) const;

  private:
    std::array<std::string, 500> status_lines_;  // of 100 to 599
    std::string fixed_;  // the headers that every response has, with the Date
    std::size_t date_place_ = 0;
};

}  // namespace onsale::http::internal
