// A person's profile as JSON, for the person and for the export. Pure; on the event loop of the
// request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/profiles.h"
#include "gate/call.h"

namespace onsale::people {

struct ProfileBody {
    std::uint64_t person = 0;
    std::string username;
    std::string nickname;
    std::string gender;
    std::optional<std::string> avatar;
    std::optional<std::string> mobile;
    std::optional<std::string> email;
    std::vector<std::string> roles;
    std::string created_at;
    bool must_change_password = false;
    std::optional<std::string> language;  // zh, en: of mails; absent: never said
};
BOOST_DESCRIBE_STRUCT(ProfileBody, (),
                      (person, username, nickname, gender, avatar, mobile, email, roles, created_at,
                       must_change_password, language))

[[nodiscard]] ProfileBody profile_body(const gate::Call& call, const accounts::Profile& profile);

// An operation as JSON.
struct OperationBody {
    std::uint64_t id = 0;
    std::string at;
    std::uint64_t person = 0;
    std::optional<std::string> person_name;
    std::string action;
    std::string object;
    std::string result;
    std::string address;
    std::string request_id;
    std::string details;
};
BOOST_DESCRIBE_STRUCT(OperationBody, (),
                      (id, at, person, person_name, action, object, result, address, request_id,
                       details))

[[nodiscard]] OperationBody operation_body(const accounts::OperationRecord& record);

}  // namespace onsale::people
