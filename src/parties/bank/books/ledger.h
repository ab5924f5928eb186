// The ledger: accounts and transactions in double entry. Everything that moves money goes through
// post(). Called inside a transaction of the caller, on the writer's executor; balances may be read
// on any connection.
//
// INVARIANT: the parts of a transaction sum to zero, and so do all balances.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bank/books/words.h"

namespace onsale::books {

struct Part {
    AccountKind kind = AccountKind::available;
    std::uint64_t owner = 0;  // customer or merchant; 0 of cash and suspense
    std::int64_t amount = 0;  // may be zero: the transaction then stands in the account's statement
};

struct NewTransaction {
    TransactionKind kind = TransactionKind::deposit;
    base::Timestamp at;
    std::int64_t amount = 0;  // above zero
    std::optional<std::uint64_t> customer;
    std::optional<std::uint64_t> merchant;
    std::string_view order;      // empty: none
    std::string_view reference;  // empty: none
    std::optional<std::uint64_t> teller;
    std::string_view note;
};

// Returns the transaction's number. Who calls has seen that no balance falls below zero; the table
// refuses it otherwise, and the caller's whole transaction with it.
[[nodiscard]] sql::SqlResult<std::uint64_t> post(sql::Connection& connection,
                                                 const NewTransaction& transaction,
                                                 std::span<const Part> parts);

[[nodiscard]] sql::SqlResult<void> open_account(sql::Connection& connection, AccountKind kind,
                                                std::uint64_t owner);
// Zero of an account that is not there.
[[nodiscard]] sql::SqlResult<std::int64_t> balance_of(sql::Connection& connection, AccountKind kind,
                                                      std::uint64_t owner);

// A company whose credentials the bank has; the number stays with the name.
[[nodiscard]] sql::SqlResult<std::uint64_t> put_merchant(sql::Connection& connection,
                                                         std::string_view name,
                                                         std::string_view site);

// What a bank keeps besides its money, as text (fault settings).
[[nodiscard]] sql::SqlResult<std::string> setting(sql::Connection& connection,
                                                  std::string_view name);
[[nodiscard]] sql::SqlResult<void> set_setting(sql::Connection& connection, std::string_view name,
                                               std::string_view value);

// Binds a number or null, and a text or null where it is empty.
void bind_optional(sql::Statement& statement, int place, const std::optional<std::uint64_t>& value);
void bind_optional(sql::Statement& statement, int place, std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> optional_number(const sql::Statement& statement,
                                                           int column);
[[nodiscard]] std::optional<std::string> optional_text(const sql::Statement& statement, int column);

}  // namespace onsale::books
