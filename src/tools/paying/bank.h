// Bank: a bank of a measurement's own: its process, its keys from the site, and customers who are
// logged in. It ends with this object. For one thread, which it blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "trial/child.h"

namespace onsale::paying {

struct BankOptions {
    std::string program;  // the binary `onsale`
    std::string folder;   // must exist; everything of the bank is made in it
    std::uint16_t site_port = 0;
    std::string staff_token;
    std::uint64_t number = 1;
    std::size_t customers = 50;
};

class Bank {
  public:
    // The error is a sentence.
    static base::Result<std::unique_ptr<Bank>, std::string> open(const BankOptions& options);

    [[nodiscard]] std::uint64_t number() const { return number_; }
    [[nodiscard]] std::uint16_t port() const { return child_->port(); }
    [[nodiscard]] int pid() const { return child_->pid(); }
    // Header lines with a customer's login.
    [[nodiscard]] const std::vector<std::string>& logins() const { return logins_; }

  private:
    explicit Bank(std::uint64_t number) : number_(number) {}
    [[nodiscard]] base::Result<void, std::string> log_in(std::size_t customers);

    std::uint64_t number_;
    std::unique_ptr<trial::Child> child_;
    std::vector<std::string> logins_;
};

}  // namespace onsale::paying
