// /api/v1/code-lists: staging lists of codes chunk by chunk, and sealing them.
#include <span>
#include <utility>

#include "backstage/internal/resources.h"
#include "crypto/crypto.h"
#include "gate/api.h"
#include "gate/lines.h"
#include "gate/ownership.h"
#include "telemetry/log.h"
#include "vault/limits.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kChunkBytesMax = vault::kCodesPerChunkMax * (vault::kCodeCharactersMax + 2);
constexpr std::uint64_t kChunkIndexMax = vault::kCodesPerListMax;

struct StoredBody {
    std::uint64_t stored = 0;
};
BOOST_DESCRIBE_STRUCT(StoredBody, (), (stored))
struct SealedBody {
    std::uint64_t list = 0;
    std::uint64_t count = 0;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(SealedBody, (), (list, count, digest))

void fail_vault(Call& call, vault::VaultRefusal refusal, std::uint64_t line,
                const std::string& message) {
    if (refusal == vault::VaultRefusal::failed) telemetry::log_error("api", message);
    if (line != 0) return call.fail(code_of(refusal), line_details(line));
    const Code code = code_of(refusal);
    if (code == Code::invalid_field) return call.fail_field("body", to_string(refusal));
    call.fail(code);
}

void stage(Call call) {
    const auto list = parse_id(call.request.parameters[0]);
    if (!list) return call.fail_field("list", "is not a number from 1 to 9007199254740991");
    const auto text = call.request.parameters[1];
    const auto index = text == "0" ? std::optional<std::uint64_t>(0) : parse_id(text);
    if (!index || *index > kChunkIndexMax)
        return call.fail_field("index", "is not the number of a chunk: 0, 1, 2, …");
    auto codes = split_lines(call.request.body);
    auto& service = call.api.context.vault;
    env::Executor& home = call.home();
    const vault::ChunkPlace place{vault::ListId(*list), static_cast<std::uint32_t>(*index),
                                  list_user_of(call)};
    service.stage_chunk(place, std::move(codes), home,
                        [call = std::move(call)](const vault::StageResult& result) mutable {
                            if (result.refusal != vault::VaultRefusal::none) {
                                return fail_vault(call, result.refusal, result.line,
                                                  result.message);
                            }
                            call.send(200, http::to_json(StoredBody{result.stored}));
                        });
}

void seal(Call call) {
    const auto list = parse_id(call.request.parameters[0]);
    if (!list) return call.fail(Code::list_unknown);
    auto& service = call.api.context.vault;
    env::Executor& home = call.home();
    const auto by = list_user_of(call);
    service.seal(
        vault::ListId(*list), by, home,
        [call = std::move(call)](const vault::SealResult& result) mutable {
            if (result.refusal != vault::VaultRefusal::none)
                return fail_vault(call, result.refusal, 0, result.message);
            const auto& addition = result.addition;
            call.send(200, http::to_json(SealedBody{addition.id.value(), addition.count,
                                                    crypto::to_hex(std::span(addition.digest))}));
        });
}

const http::Parameter kList{"list", "Number of the list", true,
                            R"({"type":"integer","format":"int64"})"};

}  // namespace

void add_code_list_routes(http::Router& router, const SharedApi& api) {
    http::Operation stage_operation;
    stage_operation.id = "stageCodes";
    stage_operation.tag = "code lists";
    stage_operation.summary =
        "Store a chunk of a list: text/plain, one code a line, at most 10,000";
    stage_operation.description =
        "Chunks come in order: 0, 1, 2, … Sending one again changes nothing.";
    stage_operation.path_parameters = {
        kList, {"index", "Number of the chunk, from 0", true, R"({"type":"integer"})"}};
    stage_operation.response_schema_json = http::schema_of<StoredBody>();
    stage_operation.errors = {"staff_only",   "invalid_field", "code_invalid",  "code_repeated",
                              "list_sealed",  "chunk_missing", "chunk_differs", "list_too_long",
                              "list_unknown", "busy",          "storage_full"};

    http::Operation seal_operation;
    seal_operation.id = "sealCodes";
    seal_operation.tag = "code lists";
    seal_operation.summary = "Close a list, so that it can be sold";
    seal_operation.path_parameters = {kList};
    seal_operation.response_schema_json = http::schema_of<SealedBody>();
    seal_operation.errors = {"staff_only", "list_unknown", "busy", "storage_full"};

    add_route(router, api, RouteId::stage_codes, std::move(stage_operation), stage, kChunkBytesMax);
    add_route(router, api, RouteId::seal_codes, std::move(seal_operation), seal);
}

}  // namespace onsale::backstage
