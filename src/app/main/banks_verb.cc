// `onsale banks`: the banks of the running server, their keys and their credentials files.
#include <cstdio>
#include <memory>
#include <string>

#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "finance/bank_body.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"

namespace onsale::app {
namespace {

using base::Unexpected;
using Answer = base::Result<std::string, std::string>;

// One request to the running server, as its administrator; the error is a sentence.
Answer ask(const Options& options, env::Environment& environment, const cli::Upload& upload) {
    ONSALE_TRY_ASSIGN(config, configure(options, environment));
    ONSALE_TRY_ASSIGN(token, staff_token(config, environment));
    const auto client = http::make_curl_client();
    cli::ServerClient server(*client, server_url(options, config), token, wait_here);
    auto answer = server.send(upload);
    if (!answer) return Unexpected{answer.error().sentence};
    return *std::move(answer);
}

std::string path_of(const Options& options) {
    return "/api/v1/staff/banks/" + std::to_string(options.banks.number);
}

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
    return out.empty() ? "-" : out;
}

void print(const finance::StaffBankBody& bank) {
    const char* state = !bank.enabled ? "disabled" : bank.usable ? "usable" : "out";
    std::printf("%-6llu %-9s %-16s %s / %s\n", static_cast<unsigned long long>(bank.bank), state,
                join(bank.ways).c_str(), bank.name.zh.c_str(), bank.name.en.c_str());
    for (const auto& one : bank.instances) {
        const char* there = one.in_use ? "in use" : one.live ? "breaker open" : "out";
        std::printf("       %-22s %-28s %s, %llu calls, %llu failed\n", one.instance.c_str(),
                    one.url.c_str(), there, static_cast<unsigned long long>(one.calls),
                    static_cast<unsigned long long>(one.failures));
    }
}

// Keeps the credentials of an answer in the file that was named. The text is a secret and goes
// nowhere else; the process makes files for their owner only.
int keep(const Options& options, env::Environment& environment, const std::string& answer) {
    const auto done = http::parse_body<finance::BankDoneBody>(answer);
    if (!done) return fail("the server's answer is not understood: is it of this version?");
    const std::string& path = options.banks.credentials;
    if (!done->credentials) {
        std::printf("bank %llu is as asked\n", static_cast<unsigned long long>(done->bank));
        const auto there = environment.files().exists(path);
        if (path.empty() || (there && *there)) return 0;
        return fail(
            "the bank was there before, and its keys are not shown again: make new ones by "
            "`onsale banks rotate`");
    }
    const auto written = env::replace_file(environment.files(), path, done->credentials->text);
    if (!written)
        return fail(path +
                    " cannot be written, and the keys are lost: make new ones by `onsale "
                    "banks rotate --at-once` with another file");
    std::printf("the credentials of bank %llu stand in %s\n",
                static_cast<unsigned long long>(done->bank), path.c_str());
    return 0;
}

int change(const Options& options, http::Method method, const std::string& path,
           const std::string& body) {
    const auto environment = env::posix::make_environment();
    const auto answer = ask(options, *environment, {method, path, "application/json", body});
    if (!answer) return fail(answer.error());
    return keep(options, *environment, *answer);
}

}  // namespace

int run_banks_list(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto answer =
        ask(options, *environment, {http::Method::get, "/api/v1/staff/banks", {}, {}});
    if (!answer) return fail(answer.error());
    if (options.json) {
        std::printf("%s\n", answer->c_str());
        return 0;
    }
    const auto body = http::parse_body<finance::StaffBanksBody>(*answer);
    if (!body) return fail("the server's answer is not understood: is it of this version?");
    for (const auto& bank : body->banks) print(bank);
    return 0;
}

int run_banks_put(const Options& options) {
    finance::BankWishBody wish;
    wish.name = {options.banks.name_zh, options.banks.name_en};
    wish.enabled = !options.banks.disabled;
    return change(options, http::Method::put, path_of(options), http::to_json(wish));
}

int run_banks_rotate(const Options& options) {
    constexpr std::uint64_t kSecondsPerHour = 3600;
    finance::RotationBody wish;
    wish.grace_seconds = options.banks.at_once ? 0 : options.banks.grace_hours * kSecondsPerHour;
    return change(options, http::Method::post, path_of(options) + "/keys", http::to_json(wish));
}

}  // namespace onsale::app
