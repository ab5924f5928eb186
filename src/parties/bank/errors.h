// Errors as a bank's pages and merchants see them: one catalogue (errors.def), and the envelope
// that every answer other than 2xx has. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bank/books/words.h"
#include "http/message.h"
#include "http/router.h"

namespace onsale::bank {

enum class Code : std::uint8_t {
#define ONSALE_BANK_ERROR(code, status, message_en, message_zh, remedy_en, remedy_zh) code,
#include "bank/errors.def"
#undef ONSALE_BANK_ERROR
};

[[nodiscard]] std::string_view to_string(Code code);
[[nodiscard]] Code code_of(books::Refusal refusal);

// `field` is named in the envelope unless it is empty.
[[nodiscard]] http::Response error_response(Code code, const http::Request& request,
                                            std::string_view field = {});
// The words of the transport and the router in the same envelope.
[[nodiscard]] http::Response problem_response(http::Problem problem, const std::string& request_id,
                                              const std::vector<std::string>& allowed_methods);

}  // namespace onsale::bank
