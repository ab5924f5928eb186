// Customers and tellers of a bank, and what tellers did: every change stands in the operation
// records with who, when and what. Changes happen inside a transaction of the caller, on the
// writer's executor; reading on any connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/books/words.h"

namespace onsale::books {

enum class CustomerState : std::uint8_t { open = 1, disabled = 2, deleted = 3 };
[[nodiscard]] std::string_view to_string(CustomerState state);

struct Customer {
    std::uint64_t customer = 0;
    std::string name;
    CustomerState state = CustomerState::open;
    std::int64_t available = 0;
    std::int64_t held = 0;
    base::Timestamp created_at;
};

// What a login is checked against. Tokens issued before `not_before` are not good any more.
struct Identity {
    std::uint64_t number = 0;
    std::string name;
    std::string password_hash;
    bool disabled = false;
    base::Timestamp not_before;
};

// Who does something, when.
struct Act {
    std::uint64_t teller = 0;  // 0: the program itself (imports)
    base::Timestamp at;
};

struct NewCustomer {
    std::string name;
    std::string password_hash;
};
// What is absent stays as it is.
struct CustomerChange {
    std::optional<std::string> name;
    std::optional<std::string> password_hash;
    std::optional<bool> disabled;
};
struct Cash {
    std::uint64_t customer = 0;
    TransactionKind kind = TransactionKind::deposit;  // or withdrawal
    std::int64_t amount = 0;
    std::string note;
    std::string key;  // the same key again is answered, not done
};

[[nodiscard]] Answer<Customer> add_customer(sql::Connection& connection,
                                            const NewCustomer& customer, const Act& act);
[[nodiscard]] Answer<Customer> change_customer(sql::Connection& connection, std::uint64_t customer,
                                               const CustomerChange& change, const Act& act);
[[nodiscard]] Answer<Customer> delete_customer(sql::Connection& connection, std::uint64_t customer,
                                               const Act& act);
[[nodiscard]] Answer<Customer> move_cash(sql::Connection& connection, const Cash& cash,
                                         const Act& act);

[[nodiscard]] sql::SqlResult<std::optional<Customer>> find_customer(sql::Connection& connection,
                                                                    std::uint64_t customer);
// Whose name begins so, by number, after `after`.
[[nodiscard]] sql::SqlResult<std::vector<Customer>> list_customers(sql::Connection& connection,
                                                                   std::string_view name,
                                                                   std::uint64_t after,
                                                                   std::size_t max);

[[nodiscard]] sql::SqlResult<std::optional<Identity>> customer_by_name(sql::Connection& connection,
                                                                       std::string_view name);
[[nodiscard]] sql::SqlResult<std::optional<Identity>> customer_by_number(
    sql::Connection& connection, std::uint64_t customer);
[[nodiscard]] sql::SqlResult<std::optional<Identity>> teller_by_name(sql::Connection& connection,
                                                                     std::string_view name);
[[nodiscard]] sql::SqlResult<std::optional<Identity>> teller_by_number(sql::Connection& connection,
                                                                       std::uint64_t teller);
// Makes the teller, or gives the one of this name another password; former logins end.
[[nodiscard]] sql::SqlResult<void> put_teller(sql::Connection& connection, std::string_view name,
                                              std::string_view password_hash, base::Timestamp now);

struct Operation {
    std::uint64_t number = 0;
    base::Timestamp at;
    std::uint64_t teller = 0;
    std::string teller_name;
    std::string what;
    std::optional<std::uint64_t> customer;
    std::string detail;
};
struct NewOperation {
    std::string_view what;
    std::optional<std::uint64_t> customer;
    std::string_view detail;
    std::string_view key;  // empty: none
};
[[nodiscard]] sql::SqlResult<void> record_operation(sql::Connection& connection,
                                                    const NewOperation& operation, const Act& act);
// The newest first, before the number `before` (0: from the end).
[[nodiscard]] sql::SqlResult<std::vector<Operation>> list_operations(sql::Connection& connection,
                                                                     std::uint64_t before,
                                                                     std::size_t max);

}  // namespace onsale::books
