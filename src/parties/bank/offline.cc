// What the verbs do on a data folder: making tellers, importing customers, checking the books.
#include <toml++/toml.h>

#include <charconv>
#include <map>
#include <string_view>
#include <utility>

#include "bank/books/customers.h"
#include "bank/books/limits.h"
#include "bank/books/reports.h"
#include "bank/folder.h"
#include "bank/program.h"
#include "bank/views.h"

namespace onsale::bank {
namespace {

using base::Unexpected;

constexpr std::size_t kPasswordBytesMin = 8;

struct Line {
    std::string_view name;
    std::string_view password;
    std::int64_t balance = 0;
};

// Takes the next line off the text.
std::string_view next_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::optional<Line> parse_line(std::string_view text) {
    const auto first = text.find(',');
    const auto second = text.find(',', first == std::string_view::npos ? first : first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    Line line;
    line.name = text.substr(0, first);
    line.password = text.substr(first + 1, second - first - 1);
    const std::string_view balance = text.substr(second + 1);
    const char* const end = balance.data() + balance.size();
    const auto [stop, error] = std::from_chars(balance.data(), end, line.balance);
    if (error != std::errc{} || stop != end || line.name.empty() || line.balance < 0 ||
        line.balance > books::kAmountMax || line.password.size() < kPasswordBytesMin) {
        return std::nullopt;
    }
    return line;
}

// Imports in steps, each one transaction; customers who are there already are left alone.
class Import {
  public:
    Import(sql::Connection& connection, base::Timestamp now) : connection_(connection), now_(now) {}

    sql::SqlResult<void> step(std::string_view& text) {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection_));
        for (std::size_t i = 0; i < books::kCustomersPerStepMax && !text.empty(); ++i) {
            const std::string_view line = next_line(text);
            ++line_;
            if (line.empty() || (line_ == 1 && line == "name,password,balance")) continue;
            const auto parsed = parse_line(line);
            if (!parsed) {
                wrong_ = line_;
                return {};
            }
            ONSALE_TRY(add(*parsed));
        }
        return transaction.commit();
    }
    [[nodiscard]] std::uint64_t made() const { return made_; }
    [[nodiscard]] std::uint64_t wrong_line() const { return wrong_; }

  private:
    sql::SqlResult<void> add(const Line& line) {
        auto [hash, fresh] = hashes_.try_emplace(std::string(line.password));
        if (fresh) hash->second = crypto::hash_password(line.password);
        const books::Act act{0, now_};
        ONSALE_TRY_ASSIGN(
            made, books::add_customer(connection_, {std::string(line.name), hash->second}, act));
        if (!made) return {};
        ++made_;
        if (line.balance == 0) return {};
        books::Cash cash;
        cash.customer = made->customer;
        cash.amount = line.balance;
        cash.note = "opening balance";
        cash.key = "opening-" + std::to_string(made->customer);
        ONSALE_TRY(books::move_cash(connection_, cash, act));
        return {};
    }

    sql::Connection& connection_;
    const base::Timestamp now_;
    std::map<std::string, std::string> hashes_;  // one for each distinct password
    std::uint64_t line_ = 0;
    std::uint64_t made_ = 0;
    std::uint64_t wrong_ = 0;
};

template <class T>
bool take(const toml::table& file, std::string_view key, T& value) {
    const auto found = file[key].value_exact<T>();
    if (found) value = *found;
    return found.has_value();
}

bool take_all(const toml::node& node, std::vector<std::string>& values) {
    if (!node.is_array()) return false;
    values.clear();
    for (const auto& one : *node.as_array()) values.push_back(one.value_or(std::string()));
    return true;
}

}  // namespace

Done set_up(const std::string& folder, const std::string& teller, const std::string& password,
            env::Environment& environment) {
    if (teller.empty() || password.size() < kPasswordBytesMin) {
        return Unexpected{std::string("a teller needs a name, and a password of 8 characters")};
    }
    ONSALE_TRY_ASSIGN(opened, open_folder(folder, Tenure::owner, environment));
    ONSALE_TRY(login_key(folder, environment));
    const auto done = books::put_teller(*opened.books, teller, crypto::hash_password(password),
                                        environment.clock().wall_now());
    if (!done) return Unexpected{"the books: " + done.error().message};
    return {};
}

base::Result<std::uint64_t, std::string> import_customers(const std::string& folder,
                                                          const std::string& file,
                                                          env::Environment& environment) {
    const auto content = env::read_file(environment.files(), file);
    if (!content) return Unexpected{file + " cannot be read"};
    ONSALE_TRY_ASSIGN(opened, open_folder(folder, Tenure::owner, environment));
    Import import(*opened.books, environment.clock().wall_now());
    std::string_view rest = *content;
    while (!rest.empty()) {
        const auto done = import.step(rest);
        if (!done) return Unexpected{"the books: " + done.error().message};
        if (import.wrong_line() != 0) {
            return Unexpected{file + ", line " + std::to_string(import.wrong_line()) +
                              ": it must be name,password,balance, with a password of at least 8 "
                              "characters and a balance in fen"};
        }
    }
    return import.made();
}

base::Result<BooksBody, std::string> check(const std::string& folder,
                                           env::Environment& environment) {
    ONSALE_TRY_ASSIGN(connection, open_to_read(folder, environment));
    const auto found = books::check_books(*connection);
    if (!found) return Unexpected{"the books: " + found.error().message};
    return view(*found);
}

base::Result<BankOptions, std::string> read_options(std::string_view text, BankOptions options) {
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return Unexpected{"settings: not TOML: " + std::string(error.description())};
    }
    for (const auto& [key, node] : file) {
        const std::string_view name = key.str();
        std::int64_t port = 0;
        bool taken = false;
        if (name == "data") taken = take(file, name, options.folder);
        if (name == "address") taken = take(file, name, options.address);
        if (name == "name") taken = take(file, name, options.name);
        if (name == "public_url") taken = take(file, name, options.public_url);
        if (name == "pages") taken = take(file, name, options.pages);
        if (name == "faults") taken = take(file, name, options.faults);
        if (name == "port") {
            taken = take(file, name, port) && port >= 0 && port <= 65535;
            options.port = static_cast<std::uint16_t>(port);
        }
        if (name == "beside") taken = take(file, name, options.beside);
        if (name == "credentials") taken = take_all(node, options.credentials);
        if (name == "trusted_proxies") taken = take_all(node, options.trusted_proxies);
        if (!taken) return Unexpected{"settings: " + std::string(name) + " is unknown or wrong"};
    }
    return options;
}

}  // namespace onsale::bank
