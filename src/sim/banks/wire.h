// The words between a site and a simulated bank, as docs/formats/bank-interface.md has them: items
// of calls, events, cashier links. Pure functions; nothing here knows keys or time.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "banks/books.h"

namespace onsale::banks {

enum class Question : std::uint8_t { deductions, queries, closures, refunds, refund_queries, none };
[[nodiscard]] Question question_of(std::string_view path);

struct Item {
    Wish wish;
    RefundWish refund;
    std::string token;
};
[[nodiscard]] std::vector<Item> read_items(std::string_view body);

[[nodiscard]] std::string write_answer(const std::string& reference, const Payment& payment);
// `transaction` is told of the refund itself only, not when it is asked about.
[[nodiscard]] std::string write_answer(const std::string& name, const Refund& refund,
                                       bool with_transaction);
[[nodiscard]] std::string write_answers(const std::vector<std::string>& answers);

// The id of the authorisation in a token's payload.
[[nodiscard]] std::string authorisation_in(std::string_view payload);

// The fields of a link's query, decoded.
[[nodiscard]] std::map<std::string, std::string> fields_of(std::string_view link);

}  // namespace onsale::banks
