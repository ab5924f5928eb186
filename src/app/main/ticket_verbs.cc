// Verbs about signed tickets: what a code is worth, by the running server or by published keys
// alone, and a new key for the server's tickets.
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>

#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "http/described.h"
#include "main/options.h"
#include "main/setup.h"
#include "shop/ticket_json.h"

namespace onsale::app {
namespace {

using base::Unexpected;
using Checked = base::Result<shop::TicketCheckBody, std::string>;

constexpr int kNotValid = 2;
constexpr std::size_t kCodeBytesMax = 400;

struct CodeBody {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code))

// The server did nothing yet when it is busy, so waiting is the verb's affair; these do not.
void do_not_wait(base::Duration /*duration*/) {}

std::string code_of(const Options& options) {
    if (options.subject != "-") return options.subject;
    std::string text;
    char c = 0;
    while (text.size() <= kCodeBytesMax && std::cin.get(c)) text += c;
    return text;
}

// The signature alone: what became of the order is not known here.
Checked check_by_keys(const Options& options, env::Environment& environment) {
    const auto text = env::read_file(environment.files(), options.keys);
    if (!text)
        return Unexpected{options.keys +
                          " cannot be read: " + std::string(env::to_string(text.error()))};
    const auto body = http::parse_body<shop::TicketKeysBody>(*text);
    const auto ring = body ? shop::key_ring_of(*body) : std::nullopt;
    if (!ring)
        return Unexpected{options.keys +
                          " has no keys: save what /api/v1/tickets/keys of the site answers"};
    const auto read = tickets::read_code(code_of(options), *ring);
    tickets::CheckResult result;
    switch (read.reading) {
        case tickets::Reading::genuine:
            result.standing = tickets::Standing::valid;
            result.code = read.code;
            break;
        case tickets::Reading::unknown_key:
            result.standing = tickets::Standing::unknown_key;
            break;
        case tickets::Reading::forged:
            result.standing = tickets::Standing::forged;
            break;
        case tickets::Reading::malformed:
            result.standing = tickets::Standing::malformed;
            break;
    }
    return shop::ticket_check_body(result);
}

base::Result<std::string, std::string> ask(const Options& options, const site::Config& config,
                                           const std::string& token, const cli::Upload& question) {
    const auto client = http::make_curl_client();
    cli::ServerClient server(*client, server_url(options, config), token, do_not_wait);
    auto answer = server.send(question);
    if (!answer) return Unexpected{answer.error().sentence};
    return std::move(*answer);
}

Checked check_by_server(const Options& options, env::Environment& environment) {
    ONSALE_TRY_ASSIGN(config, configure(options, environment));
    const cli::Upload question{http::Method::post, "/api/v1/tickets/check", "application/json",
                               http::to_json(CodeBody{code_of(options)})};
    ONSALE_TRY_ASSIGN(answer, ask(options, config, {}, question));
    auto body = http::parse_body<shop::TicketCheckBody>(answer);
    if (!body) return Unexpected{std::string("the server's answer is of another version")};
    return std::move(*body);
}

void print(const shop::TicketCheckBody& body, bool by_keys) {
    std::string text = body.result + (body.reason ? ": " + *body.reason : "") + "\n";
    if (body.ticket) {
        text += "ticket " + std::to_string(*body.ticket) + ", session " +
                std::to_string(body.session.value_or(0)) + ", tier " +
                std::to_string(body.tier.value_or(0)) + ", issued " + body.issued_at.value_or("") +
                " with key " + body.key.value_or("") + "\n";
    }
    if (body.show) {
        text += body.show->zh + " / " + body.show->en + ", " + body.starts_at.value_or("") + "\n";
    }
    if (by_keys && body.result == "valid")
        text += "by its signature; whether it was refunded only the server knows\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int run_verify_ticket(const Options& options) {
    const auto environment = env::posix::make_environment();
    const bool by_keys = !options.keys.empty();
    const auto checked =
        by_keys ? check_by_keys(options, *environment) : check_by_server(options, *environment);
    if (!checked) return fail(checked.error());
    if (options.json) {
        std::printf("%s\n", http::to_json(*checked).c_str());
    } else {
        print(*checked, by_keys);
    }
    return checked->result == "valid" ? 0 : kNotValid;
}

int run_rotate_ticket_keys(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto token = staff_token(*config, *environment);
    if (!token) return fail(token.error());
    const cli::Upload question{
        http::Method::post, "/api/v1/tickets/keys", "application/json",
        R"({"starts_in_seconds":)" + std::to_string(options.starts_in_seconds) + "}"};
    const auto answer = ask(options, *config, *token, question);
    if (!answer) return fail(answer.error());
    std::printf("%s\n", answer->c_str());
    return 0;
}

}  // namespace onsale::app
