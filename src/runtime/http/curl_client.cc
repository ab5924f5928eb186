#include "http/curl_client.h"

#include <curl/curl.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <mutex>

#include "base/check.h"
#include "http/internal/addresses.h"

namespace onsale::http {
namespace {

// What libcurl's callbacks fill while one call runs.
struct Exchange {
    const ClientRequest& request;
    ClientResponse response;
    bool too_large = false;
};

std::size_t on_body(char* data, std::size_t, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    if (exchange.response.body.size() + count > exchange.request.response_bytes_max) {
        exchange.too_large = true;
        return 0;  // libcurl ends the transfer
    }
    exchange.response.body.append(data, count);
    return count;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t on_header(char* data, std::size_t, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    const std::string_view line(data, count);
    if (line.starts_with("HTTP/"))
        exchange.response.headers.clear();  // a "100 Continue" came before
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with("HTTP/")) return count;
    exchange.response.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
    return count;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent) {
    const auto& exchange = *static_cast<Exchange*>(user);
    exchange.request.on_upload_progress(static_cast<std::uint64_t>(sent));
    return 0;
}

// Called with the very address that will be connected to.
curl_socket_t on_open_socket(void* user, curlsocktype purpose, curl_sockaddr* address) {
    const auto& request = *static_cast<const ClientRequest*>(user);
    if (address->family != AF_INET && address->family != AF_INET6) return CURL_SOCKET_BAD;
    const bool six = address->family == AF_INET6;
    const sockaddr* generic = &address->addr;
    const void* bytes =
        six ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(generic)->sin6_addr)
            : &reinterpret_cast<const sockaddr_in*>(generic)->sin_addr;
    const bool is_public = is_public_address(address->family, bytes);
    const bool allowed =
        request.reach == Reach::anywhere || is_public == (request.reach == Reach::public_only);
    if (purpose != CURLSOCKTYPE_IPCXN || !allowed) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

void append(HeaderList& list, const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    ONSALE_CHECK(longer != nullptr);  // only without memory
    static_cast<void>(list.release());
    list.reset(longer);
}

HeaderList header_list(const ClientRequest& request) {
    HeaderList list;
    append(list, "Expect:");  // libcurl would wait a second for a "100 Continue" that many servers
                              // never send
    const bool typed =
        std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
            return curl_strequal(header.name.c_str(), "Content-Type") != 0;
        });
    if (!typed)
        append(list, request.body.empty() ? "Content-Type:" : "Content-Type: application/json");
    for (const auto& header : request.headers) {
        append(list, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
    }
    return list;
}

bool has_line_break(const ClientRequest& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
        return header.name.find_first_of("\r\n") != std::string::npos ||
               header.value.find_first_of("\r\n") != std::string::npos;
    });
}

class CurlClient final : public Client {
  public:
    CurlClient() {
        static std::once_flag
            once;  // libcurl's global state is set up once and lives as long as the process
        std::call_once(once,
                       [] { ONSALE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
        handle_ = curl_easy_init();
        ONSALE_CHECK(handle_ != nullptr);
    }
    CurlClient(const CurlClient&) = delete;
    CurlClient& operator=(const CurlClient&) = delete;
    ~CurlClient() override { curl_easy_cleanup(handle_); }

    base::Result<ClientResponse, ClientError> call(const ClientRequest& request) override {
        ONSALE_CHECK(!has_line_break(request));
        Exchange exchange{request, {}};
        const HeaderList headers = header_list(request);
        curl_easy_reset(handle_);  // keeps the open connections
        configure(request, exchange, headers.get());
        const CURLcode code = curl_easy_perform(handle_);
        if (code != CURLE_OK) return base::Unexpected{error_of(code, exchange)};
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        exchange.response.status = static_cast<std::uint16_t>(status);
        return std::move(exchange.response);
    }

  private:
    void configure(const ClientRequest& request, Exchange& exchange, curl_slist* headers) {
        const auto deadline_ms =
            static_cast<long>(std::max<std::int64_t>(request.deadline.count_ms(), 1));
        curl_easy_setopt(handle_, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, deadline_ms);
        curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, deadline_ms);
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, on_body);
        curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &exchange);
        curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, on_header);
        curl_easy_setopt(handle_, CURLOPT_HEADERDATA, &exchange);
        if (request.reach != Reach::anywhere) {
            curl_easy_setopt(handle_, CURLOPT_PROXY, "");
            // A kept connection may have been made under another rule.
            curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, 1L);
            curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
            curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
            curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, &request);
        }
        if (request.on_upload_progress) {
            curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
            curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, on_progress);
            curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, &exchange);
        }
        if (request.method == Method::head) {
            curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
        } else if (request.method != Method::get || !request.body.empty()) {
            curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, request.body.data());
            curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(request.body.size()));
            curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST,
                             std::string(to_string(request.method)).c_str());
        }
    }

    // Nothing of the request left this machine exactly if libcurl never came to writing it.
    ClientError error_of(CURLcode code, const Exchange& exchange) const {
        if (exchange.too_large) return ClientError::too_large;
        switch (code) {
            case CURLE_URL_MALFORMAT:
            case CURLE_UNSUPPORTED_PROTOCOL:
                return ClientError::bad_url;
            case CURLE_COULDNT_RESOLVE_HOST:
            case CURLE_COULDNT_RESOLVE_PROXY:
            case CURLE_COULDNT_CONNECT:
            case CURLE_SSL_CONNECT_ERROR:
            case CURLE_PEER_FAILED_VERIFICATION:
                return ClientError::unreachable;
            default:
                break;
        }
        long request_bytes = 0;
        curl_easy_getinfo(handle_, CURLINFO_REQUEST_SIZE, &request_bytes);
        return request_bytes == 0 ? ClientError::unreachable : ClientError::unknown;
    }

    CURL* handle_;
};

}  // namespace

std::unique_ptr<Client> make_curl_client() {
    return std::make_unique<CurlClient>();
}

}  // namespace onsale::http
