#include "backstage/internal/change_answers.h"

#include <utility>

#include "telemetry/log.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

// Answers every result but accepted and unchanged; false for those two.
bool answered_failure(Call& call, const catalog::ChangeResult& result) {
    using enum catalog::ChangeKind;
    switch (result.kind) {
        case accepted:
        case unchanged:
            return false;
        case invalid:
        case conflict:
            call.fail(code_of(result.kind), field_details(result.field, result.message));
            return true;
        case refused:
            call.fail(code_of(result.refusal), refusal_details(result.refusal, result.explanation));
            return true;
        case failed:
            telemetry::log_error("api", result.message);
            break;
        case busy:
        case storage_full:
        case stopping:
            break;
    }
    call.fail(code_of(result.kind));
    return true;
}

std::string outcome_of(const catalog::ChangeResult& result) {
    return result.kind == catalog::ChangeKind::unchanged ? "unchanged" : "accepted";
}

}  // namespace

catalog::ChangeReply answer_made(Call call) {
    return [call = std::move(call)](const catalog::ChangeResult& result) mutable {
        if (answered_failure(call, result)) return;
        const std::uint16_t status = result.kind == catalog::ChangeKind::accepted ? 201 : 200;
        call.send(status, http::to_json(ChangedBody{result.session.value(), outcome_of(result)}));
    };
}

catalog::ChangeReply answer_changed(Call call) {
    return [call = std::move(call)](const catalog::ChangeResult& result) mutable {
        if (answered_failure(call, result)) return;
        call.send(200, http::to_json(ChangedBody{result.session.value(), outcome_of(result)}));
    };
}

catalog::ChangeReply answer_put(Call call, std::uint64_t id) {
    return [call = std::move(call), id](const catalog::ChangeResult& result) mutable {
        if (answered_failure(call, result)) return;
        call.send(200, http::to_json(PutBody{id, outcome_of(result)}));
    };
}

catalog::ChangeReply answer_done(Call call) {
    return [call = std::move(call)](const catalog::ChangeResult& result) mutable {
        if (answered_failure(call, result)) return;
        call.send(204, {});
    };
}

}  // namespace onsale::backstage
