// For tests: books in a file of a folder of their own, with a merchant and as many customers as are
// wanted. A database error fails the test.
// tidy: allow third-party-header: its assertions are GoogleTest's; only tests include it
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "bank/books/authorisations.h"
#include "bank/books/customers.h"
#include "bank/books/ledger.h"
#include "bank/books/payments.h"
#include "bank/books/reports.h"
#include "bank/books/schema.h"

namespace onsale::books::testing {

// The value of a database call that must not fail.
template <class T>
T must(sql::SqlResult<T> result) {
    if (!result) {
        ADD_FAILURE() << result.error().message;
        std::abort();
    }
    if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

class BooksTest : public ::testing::Test {
  protected:
    BooksTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "books-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        connection_ = must(open_books({.path = folder_ + "/bank.sqlite", .vfs = {}}));
        merchant_ = must(put_merchant(*connection_, "onsale", "http://127.0.0.1:8080"));
    }
    ~BooksTest() override {
        connection_.reset();
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] Act act() const { return {.teller = 1, .at = now_}; }
    [[nodiscard]] Asked asked() const { return {.merchant = merchant_, .now = now_}; }

    std::uint64_t customer_with(std::int64_t balance) {
        const std::string name = "customer" + std::to_string(++made_);
        const auto made = must(add_customer(*connection_, {name, "hash"}, act()));
        if (balance > 0) {
            EXPECT_TRUE(cash(made->customer, TransactionKind::deposit, balance));
        }
        return made->customer;
    }
    base::Result<Customer, Refusal> cash(std::uint64_t customer, TransactionKind kind,
                                         std::int64_t amount) {
        const Cash move{.customer = customer,
                        .kind = kind,
                        .amount = amount,
                        .note = "",
                        .key = "cash" + std::to_string(++made_)};
        return must(move_cash(*connection_, move, act()));
    }
    base::Result<Authorisation, Refusal> grant_to(std::uint64_t customer, const std::string& order,
                                                  std::int64_t amount) {
        NewAuthorisation wanted{.customer = customer, .merchant = merchant_, .order = order};
        wanted.amount = amount;
        wanted.now = now_;
        wanted.expires_at = now_ + base::Duration::minutes(30);
        return must(grant(*connection_, wanted));
    }
    Payment deduct_once(const std::string& reference, std::uint64_t authorisation,
                        const std::string& order, std::int64_t amount) {
        Deduction wanted{.reference = reference, .authorisation = authorisation, .order = order};
        wanted.amount = amount;
        return must(deduct(*connection_, wanted, asked()));
    }
    Refund refund_once(const std::string& refund_name, const std::string& reference,
                       std::int64_t amount) {
        NewRefund wanted{.refund = refund_name, .reference = reference};
        wanted.amount = amount;
        return must(refund(*connection_, wanted, asked()));
    }
    Customer state_of(std::uint64_t customer) {
        return *must(find_customer(*connection_, customer));
    }
    void expect_sound() {
        const Books books = must(check_books(*connection_));
        for (const auto& sentence : books.broken) ADD_FAILURE() << sentence;
        EXPECT_EQ(books.available + books.held + books.merchants + books.suspense, books.cash);
    }

    std::string folder_;
    std::unique_ptr<sql::Connection> connection_;
    std::uint64_t merchant_ = 0;
    base::Timestamp now_ = base::Timestamp::from_unix_ms(1'795'176'000'000);
    std::uint64_t made_ = 0;
};

}  // namespace onsale::books::testing
