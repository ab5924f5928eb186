// Bank: the program `onsale bank`, from its data folder to a clean stop: the books, the writer, the
// routes, callbacks, heartbeats and the timers (expired authorisations, refunds to settle,
// credentials read again). Its data folder is locked while it lives; further processes may work
// beside it on the same books, and each is an instance of the bank for the merchants' sites.
// After a crash: what was answered is in the books; callbacks go on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bank/teller_messages.h"
#include "base/result.h"
#include "env/environment.h"

namespace onsale::bank {

struct BankOptions {
    std::string folder = "bank-data";
    std::string address = "127.0.0.1";
    std::uint16_t port = 8101;  // 0: any free one
    std::string name = "Bank";
    std::string public_url;                    // as browsers see it; empty: by address and port
    std::vector<std::string> credentials;      // files of merchants
    std::string pages;                         // folder; empty: none
    std::string faults;                        // a file with fault settings; empty: as they were
    bool beside = false;                       // another process owns the data folder
    std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For is believed
};

// Settings of a file (TOML) over those that are there: data, address, port, name, public_url,
// credentials and trusted_proxies (lists), pages, faults, beside. The error is a sentence.
[[nodiscard]] base::Result<BankOptions, std::string> read_options(std::string_view text,
                                                                  BankOptions options);

class Bank {
  public:
    // The error is a sentence with the remedy.
    static base::Result<std::unique_ptr<Bank>, std::string> start(const BankOptions& options,
                                                                  env::Environment& environment);
    ~Bank();
    Bank(const Bank&) = delete;
    Bank& operator=(const Bank&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url() const;
    // Answers what is in progress, tells the merchants, and ends.
    void stop();

  private:
    struct Impl;
    explicit Bank(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// What the verbs do on a data folder whose program does not run. Errors are sentences.
using Done = base::Result<void, std::string>;
[[nodiscard]] Done set_up(const std::string& folder, const std::string& teller,
                          const std::string& password, env::Environment& environment);
// Lines of name,password,balance (fen); a first line "name,password,balance" is skipped. Returns
// how many customers were made.
[[nodiscard]] base::Result<std::uint64_t, std::string> import_customers(
    const std::string& folder, const std::string& file, env::Environment& environment);
// Beside a running program, too.
[[nodiscard]] base::Result<BooksBody, std::string> check(const std::string& folder,
                                                         env::Environment& environment);

}  // namespace onsale::bank
