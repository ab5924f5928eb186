// `onsale reconcile` without a file: the running server asks the bank and compares, and this waits
// until it is done.
#include <cstdio>
#include <memory>
#include <string>

#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "finance/reconciliation_body.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"

namespace onsale::app {
namespace {

using base::Unexpected;
using finance::RunPartBody;
template <class T>
using Answer = base::Result<T, std::string>;

constexpr int kDifferencesFound = 1;
constexpr auto kLookAgainAfter = base::Duration::milliseconds(200);
constexpr std::string_view kPath = "/api/v1/reconciliations";
constexpr std::string_view kOtherVersion =
    "the server's answer is not understood: is it of this version?";

Answer<std::string> ask(cli::ServerClient& server, const cli::Upload& upload) {
    auto answer = server.send(upload);
    if (!answer) return Unexpected{answer.error().sentence};
    return *std::move(answer);
}

Answer<RunPartBody> look(cli::ServerClient& server, std::uint64_t run, std::uint64_t from) {
    const std::string path =
        std::string(kPath) + "/" + std::to_string(run) + "?limit=500&from=" + std::to_string(from);
    ONSALE_TRY_ASSIGN(text, ask(server, {http::Method::get, path, {}, {}}));
    auto body = http::parse_body<RunPartBody>(text);
    if (!body) return Unexpected{std::string(kOtherVersion)};
    return *std::move(body);
}

// The run when it has ended, with all its items. How long it takes is bounded by the server.
Answer<RunPartBody> run_there(cli::ServerClient& server, const Options& options) {
    const std::string wish = http::to_json(finance::RunWishBody{options.banks.number, options.at});
    ONSALE_TRY_ASSIGN(
        text, ask(server, {http::Method::post, std::string(kPath), "application/json", wish}));
    const auto begun = http::parse_body<finance::RunBody>(text);
    if (!begun) return Unexpected{std::string(kOtherVersion)};
    while (true) {
        ONSALE_TRY_ASSIGN(part, look(server, begun->reconciliation, 0));
        if (part.state != "done" && part.state != "failed") {
            wait_here(kLookAgainAfter);
            continue;
        }
        while (part.next) {
            ONSALE_TRY_ASSIGN(more, look(server, begun->reconciliation, *part.next));
            part.items.insert(part.items.end(), more.items.begin(), more.items.end());
            part.next = more.next;
        }
        return part;
    }
}

long long amount_of(const std::optional<finance::MoneyBody>& money) {
    return money ? money->amount : 0;
}

void print(const RunPartBody& body) {
    for (const auto& item : body.items)
        std::printf("%s %s (%s): %s %s %s, ours %lld, the bank's %lld, line %llu\n  %s\n",
                    item.kind.c_str(), item.cause.c_str(), item.mends.c_str(), item.flow.c_str(),
                    item.reference.c_str(), item.detail.value_or(item.transaction).c_str(),
                    amount_of(item.ours), amount_of(item.banks),
                    static_cast<unsigned long long>(item.line.value_or(0)),
                    item.meaning.en.c_str());
    std::printf("bank %llu, %s: %llu lines, %llu matched, %llu differences\n",
                static_cast<unsigned long long>(body.bank), body.day.c_str(),
                static_cast<unsigned long long>(body.lines),
                static_cast<unsigned long long>(body.matched),
                static_cast<unsigned long long>(body.differences));
    std::printf("in: %lld there, %lld here; out: %lld there, %lld here (minor units)\n",
                static_cast<long long>(body.banks_in), static_cast<long long>(body.ours_in),
                static_cast<long long>(body.banks_out), static_cast<long long>(body.ours_out));
}

}  // namespace

int run_remote_reconcile(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto token = staff_token(*config, *environment);
    if (!token) return fail(token.error());
    const auto client = http::make_curl_client();
    cli::ServerClient server(*client, server_url(options, *config), *token, wait_here);
    const auto done = run_there(server, options);
    if (!done) return fail(done.error());
    if (options.json) {
        std::printf("%s\n", http::to_json(*done).c_str());
    } else {
        print(*done);
    }
    if (done->state == "failed")
        return fail("the comparison could not be made: " + done->trouble.value_or("failed") +
                    (done->detail ? " (" + *done->detail + ")" : std::string()));
    return done->clean ? 0 : kDifferencesFound;
}

}  // namespace onsale::app
