// Outgoing HTTP behind an interface: libcurl on a machine (curl_client.h), a simulated peer in the
// simulator. Every call has a deadline.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "http/message.h"

namespace onsale::http {

// Which machines a call may reach, checked at the address that is connected to, so that a name that
// resolves to something else the second time gains nothing. Private: loopback, link-local, private
// and other special ranges of RFC 6890.
enum class Reach : std::uint8_t { anywhere, public_only, private_only };

struct ClientRequest {
    Method method = Method::get;
    std::string url;
    std::vector<Header> headers;
    std::string body;
    base::Duration deadline = base::Duration::seconds(10);
    std::size_t response_bytes_max = 16 * 1024 * 1024;
    Reach reach = Reach::anywhere;  // anything else also goes past a proxy of the environment
    // For long uploads: called now and then with the bytes sent so far.
    std::function<void(std::uint64_t sent)> on_upload_progress;
};

struct ClientResponse {
    std::uint16_t status = 0;
    std::vector<Header> headers;
    std::string body;
};

// unreachable: nothing was sent, safe to repeat; also where `reach` does not allow the address.
// unknown: it may have been carried out; ask again by its key.
enum class ClientError : std::uint8_t { unreachable, unknown, too_large, bad_url };

class Client {
  public:
    virtual ~Client() = default;
    // Blocks the calling thread until the answer or the deadline: for command-line verbs and
    // agents' executors, never for an event loop.
    virtual base::Result<ClientResponse, ClientError> call(const ClientRequest& request) = 0;
};

// An IPv4 or IPv6 address as text; false for anything else.
[[nodiscard]] bool is_public_address(const std::string& address);

}  // namespace onsale::http
