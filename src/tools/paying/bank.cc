#include "paying/bank.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "http/curl_client.h"
#include "paying/internal/line.h"

namespace onsale::paying {
namespace {

using base::Unexpected;

constexpr std::string_view kPassword = "measured-customer-1";
constexpr std::string_view kBalanceFen = "100000000000";

// Makes the bank known to the site; returns its credentials.
base::Result<std::string, std::string> make_known(const BankOptions& options) {
    const auto client = http::make_curl_client();
    http::ClientRequest request;
    request.method = http::Method::put;
    request.url =
        fmt::format("http://127.0.0.1:{}/api/v1/staff/banks/{}", options.site_port, options.number);
    request.headers = {{"Authorization", "Bearer " + options.staff_token},
                       {"Content-Type", "application/json"}};
    request.body = fmt::format(R"({{"name":{{"zh":"银行{0}","en":"Bank {0}"}}}})", options.number);
    request.reach = http::Reach::private_only;
    const auto answer = client->call(request);
    if (!answer || answer->status / 100 != 2)
        return Unexpected{fmt::format("the site does not take bank {}: {}", options.number,
                                      answer ? answer->body : "no answer")};
    boost::system::error_code error;
    const auto body = boost::json::parse(answer->body, error);
    const auto* text = error ? nullptr : body.find_pointer("/credentials/text", error);
    if (text == nullptr || !text->is_string())
        return Unexpected{std::string("the site says no keys; is this bank there already?")};
    return std::string(text->as_string());
}

base::Result<void, std::string> write(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text;
    file.close();
    if (file) return {};
    return Unexpected{path + ": cannot be written"};
}

std::string customers_of(std::size_t count) {
    std::string lines;
    for (std::size_t i = 0; i < count; ++i)
        lines += fmt::format("c{},{},{}\n", i, kPassword, kBalanceFen);
    return lines;
}

}  // namespace

base::Result<std::unique_ptr<Bank>, std::string> Bank::open(const BankOptions& options) {
    const std::string data = options.folder + "/books";
    const std::string log = options.folder + "/bank.log";
    const std::string credentials = options.folder + "/credentials.toml";
    const std::string customers = options.folder + "/customers.csv";
    ONSALE_TRY_ASSIGN(keys, make_known(options));
    ONSALE_TRY(write(credentials, keys));
    ONSALE_TRY(write(customers, customers_of(options.customers)));
    ONSALE_TRY(trial::Child::run({options.program, "bank", "setup", "--data", data, "--teller",
                                  "teller", "--password-stdin"},
                                 std::string(kPassword) + "\n", log));
    ONSALE_TRY(trial::Child::run(
        {options.program, "bank", "customers", "import", customers, "--data", data}, "", log));
    std::unique_ptr<Bank> bank(new Bank(options.number));
    ONSALE_TRY_ASSIGN(child, trial::Child::serve({options.program, "bank", "--data", data, "--port",
                                                  "0", "--credentials", credentials},
                                                 log));
    bank->child_ = std::move(child);
    ONSALE_TRY(bank->log_in(options.customers));
    return bank;
}

base::Result<void, std::string> Bank::log_in(std::size_t customers) {
    Line line(port());
    for (std::size_t i = 0; i < customers; ++i) {
        const auto answer =
            line.ask("/api/v1/customers/logins", "",
                     fmt::format(R"({{"name":"c{}","password":"{}"}})", i, kPassword));
        const std::string_view token = value_of(answer.body, "token");
        if (answer.status / 100 != 2 || token.empty())
            return Unexpected{fmt::format("bank {}: customer {} cannot log in: {} {}", number_, i,
                                          answer.status, answer.body)};
        logins_.push_back(fmt::format("Authorization: Bearer {}\r\n", token));
    }
    return {};
}

}  // namespace onsale::paying
