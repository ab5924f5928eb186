// Client by libcurl. One object per thread; it keeps its connections alive.
#pragma once

#include <memory>

#include "http/client.h"

namespace onsale::http {

[[nodiscard]] std::unique_ptr<Client> make_curl_client();

}  // namespace onsale::http
