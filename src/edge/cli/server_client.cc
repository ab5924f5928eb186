#include "cli/server_client.h"

#include <utility>

#include <boost/describe/class.hpp>

#include "http/described.h"

namespace onsale::cli {
namespace {

constexpr int kTriesMax = 30;
constexpr std::uint16_t kStatusBusy = 503;

// The details that answers to verbs have.
struct DetailsBody {
    std::optional<std::string> field;
    std::optional<std::string> message;
    std::optional<std::uint64_t> line;
    std::optional<std::uint64_t> free;
};
BOOST_DESCRIBE_STRUCT(DetailsBody, (), (field, message, line, free))
struct EnvelopeBody {
    std::string code;
    std::string message;
    std::string remedy;
    std::string request_id;
    DetailsBody details;
};
BOOST_DESCRIBE_STRUCT(EnvelopeBody, (), (code, message, remedy, request_id, details))

ServerError error_of(const http::ClientResponse& response) {
    const auto body = http::parse_body<EnvelopeBody>(response.body);
    if (!body)
        return {"the server answered " + std::to_string(response.status) + ": " + response.body,
                {},
                {},
                0};
    ServerError error;
    error.code = body->code;
    error.field = body->details.field.value_or("");
    error.line = body->details.line.value_or(0);
    error.sentence = body->code + ": ";
    if (body->details.message) {
        error.sentence += (error.field.empty() ? "" : error.field + " ") + *body->details.message;
    } else {
        error.sentence += body->message + " " + body->remedy;
    }
    return error;
}

std::string sentence_of(http::ClientError error, const std::string& url) {
    switch (error) {
        case http::ClientError::unreachable:
            return "no server answers at " + url +
                   ": start it with `onsale serve`, or name another one with --server";
        case http::ClientError::unknown:
            return "the server at " + url + " did not answer in time: run the command again";
        case http::ClientError::too_large:
            return "the answer of " + url + " is too large: is this an Onsale server?";
        case http::ClientError::bad_url:
            return url + " is not an address: write it as http://127.0.0.1:8080";
    }
    return {};
}

}  // namespace

ServerClient::ServerClient(http::Client& client, std::string url, std::string token,
                           std::function<void(base::Duration)> wait)
    : client_(client), url_(std::move(url)), token_(std::move(token)), wait_(std::move(wait)) {}

ServerResult<std::string> ServerClient::send(const Upload& upload) {
    http::ClientRequest request;
    request.method = upload.method;
    request.url = url_ + upload.path;
    request.headers = {{"Authorization", "Bearer " + token_},
                       {"Content-Type", upload.content_type}};
    request.body = upload.body;
    request.deadline = base::Duration::minutes(1);
    for (int attempt = 1;; ++attempt) {
        auto response = client_.call(request);
        const bool busy = response.has_value() && response->status == kStatusBusy;
        const bool unknown =
            !response.has_value() && response.error() == http::ClientError::unknown;
        if ((busy || unknown) && attempt < kTriesMax) {
            wait_(base::Duration::seconds(1));
            continue;
        }
        if (!response)
            return base::Unexpected{ServerError{sentence_of(response.error(), url_), {}, {}, 0}};
        if (response->status / 100 == 2) return std::move(response->body);
        return base::Unexpected{error_of(*response)};
    }
}

}  // namespace onsale::cli
