#include "people/internal/profile_body.h"

#include "gate/api.h"

namespace onsale::people {

using namespace gate;
namespace {

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace

ProfileBody profile_body(const Call& call, const accounts::Profile& profile) {
    ProfileBody body;
    body.person = profile.person.value();
    body.username = profile.username;
    body.nickname = profile.nickname;
    body.gender = to_string(profile.gender);
    body.avatar = unless_empty(profile.avatar);
    body.mobile = unless_empty(profile.mobile);
    body.email = unless_empty(profile.email);
    body.created_at = base::to_rfc3339(profile.created_at);
    if (profile.language) body.language = to_string(*profile.language);
    if (const auto member = call.api.context.accounts.staff().member(profile.person)) {
        body.roles = member->roles.names();
        body.must_change_password = member->must_change_password;
    }
    return body;
}

OperationBody operation_body(const accounts::OperationRecord& record) {
    const auto& operation = record.operation;
    return {record.id,
            base::to_rfc3339(record.at),
            operation.person.value(),
            unless_empty(record.person_name),
            operation.action,
            operation.object,
            operation.result,
            operation.address,
            operation.request_id,
            operation.details};
}

}  // namespace onsale::people
