// Errors as the outside sees them: one catalogue (errors.def) of codes with HTTP status and texts
// in two languages, and the envelope that every answer other than 2xx has:
// {"code","message","remedy","request_id","details","receipt"?}. Every refusal of the layers below
// maps to exactly one code, by switches without a default, so a new one does not compile until it
// has a place here. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "accounts/refusals.h"
#include "accounts/tokens.h"
#include "catalog/catalog.h"
#include "crypto/jwt.h"
#include "domain/outcome.h"
#include "http/message.h"
#include "http/router.h"
#include "records/store.h"
#include "shard/engine.h"
#include "vault/vault.h"

namespace onsale::answers {

enum class Code : std::uint8_t {
#define ONSALE_ERROR(code, status, message_en, message_zh, remedy_en, remedy_zh) code,
#include "answers/errors.def"
#undef ONSALE_ERROR
};

struct CatalogueEntry {
    Code code;
    std::string_view name;
    std::uint16_t status;
    std::string_view message_en;
    std::string_view message_zh;
    std::string_view remedy_en;
    std::string_view remedy_zh;
};
[[nodiscard]] std::span<const CatalogueEntry> catalogue();  // in the order of Code
[[nodiscard]] const CatalogueEntry& entry_of(Code code);
[[nodiscard]] std::string_view to_string(Code code);

enum class Language : std::uint8_t { en, zh };
// The better one of our two by Accept-Language; English where it names neither.
[[nodiscard]] Language language_of(std::string_view accept_language);

struct ErrorExtras {
    std::string details_json;  // an object; empty: {}
    std::string receipt;
    std::uint32_t retry_after_seconds = 0;  // 0: as the status has it
};
[[nodiscard]] http::Response error_response(Code code, Language language,
                                            std::string_view request_id,
                                            const ErrorExtras& extras = {});
[[nodiscard]] http::Response error_response(Code code, const http::Request& request,
                                            const ErrorExtras& extras = {});

// The words of the transport and the router in the same envelope.
[[nodiscard]] http::Response problem_response(http::Problem problem, const std::string& request_id,
                                              const std::vector<std::string>& allowed_methods);

// {"field":"lines[0].tier","message":"is missing"}; the body as a whole is the field "body".
[[nodiscard]] ErrorExtras field_details(std::string_view field, std::string_view message);
// {"line":17}
[[nodiscard]] ErrorExtras line_details(std::uint64_t line);
// What a refusal rests on, by the names of the contract: free, limit, used, tier, at.
[[nodiscard]] ErrorExtras refusal_details(domain::Refusal refusal,
                                          const domain::Explanation& explanation);

// Each of these is a refusal, never its enum's word for success: that one is a programmer's error.
[[nodiscard]] Code code_of(domain::Refusal refusal);
[[nodiscard]] Code code_of(shard::AnswerKind kind);
[[nodiscard]] Code code_of(accounts::AccountRefusal refusal);
[[nodiscard]] Code code_of(vault::VaultRefusal refusal);
[[nodiscard]] Code code_of(catalog::ChangeKind kind);
[[nodiscard]] Code code_of(records::StoreTrouble trouble);
[[nodiscard]] Code code_of(accounts::TokenRefusal refusal);
[[nodiscard]] Code code_of(http::Problem problem);

// {"errors":[{"code","status","message":{"en","zh"},"remedy":{"en","zh"}}]}
[[nodiscard]] std::string catalogue_json();
// JSON Schema of the envelope, with all codes as an enum.
[[nodiscard]] std::string envelope_schema_json();

}  // namespace onsale::answers
