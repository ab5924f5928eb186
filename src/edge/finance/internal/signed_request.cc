#include "finance/internal/signed_request.h"

#include <string>

#include "gate/api.h"
#include "registry/registry.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;

void refuse_signature(Call& call, std::string_view reason) {
    ErrorExtras extras;
    extras.details_json = R"({"reason":")" + std::string(reason) + R"("})";
    call.fail(Code::signature_refused, extras);
}

std::optional<registry::SignedBy> signed_by(Call& call) {
    const http::Request& request = call.request;
    std::string path(request.path);
    if (!request.query.empty()) path += "?" + std::string(request.query);
    const auto header = [&](std::string_view name) { return std::string(request.header(name)); };
    const crypto::CallMark mark{header(crypto::kKeyHeader), header(crypto::kTimeHeader),
                                header(crypto::kSignatureHeader)};
    const auto by = call.api.context.registry.check(
        {http::to_string(request.method), path, request.body}, mark);
    if (by) return *by;
    refuse_signature(call, registry::to_string(by.error()));
    return std::nullopt;
}

bool is_signed_by(Call& call, registry::PartyId party) {
    const auto by = signed_by(call);
    if (!by) return false;
    if (by->party == party) return true;
    refuse_signature(call, "wrong_party");
    return false;
}

void describe_signature(http::Operation& operation) {
    operation.header_parameters = {
        {std::string(crypto::kPartyHeader), "Name of who signs", false},
        {std::string(crypto::kKeyHeader), "Id of the key"},
        {std::string(crypto::kTimeHeader), "Seconds since 1970; at most 300 s from now"},
        {std::string(crypto::kSignatureHeader),
         "v1=<HMAC-SHA256, in hex, of method, path with query and time, each with a line feed, and "
         "the body>"}};
    operation.errors.emplace_back("signature_refused");
}

}  // namespace onsale::finance
