#include "gate/ownership.h"

#include <string>

#include "base/check.h"
#include "gate/api.h"

namespace onsale::gate {
using namespace answers;
namespace {

using Owner = std::optional<std::uint64_t>;

Owner owner_of(const catalog::SharedSession& session) {
    if (!session) return std::nullopt;
    return session->organiser->id.value();
}

// The organiser of an object that the catalogue knows.
Owner owner_in_catalog(const catalog::Directory& directory, Object object, std::uint64_t id) {
    switch (object) {
        case Object::organiser:
            if (!directory.find_organiser(catalog::OrganiserId(id))) return std::nullopt;
            return id;
        case Object::show: {
            const auto show = directory.find_show(catalog::ShowId(id));
            if (!show) return std::nullopt;
            return show->organiser.value();
        }
        case Object::session:
            return owner_of(directory.find_session(domain::SessionId(id)));
        case Object::campaign:
            return owner_of(directory.session_of(domain::CampaignId(id)));
        case Object::tier:
            return owner_of(directory.session_of(domain::TierId(id)));
        case Object::none:
        case Object::order:
        case Object::ticket:
        case Object::webhook:
        case Object::import_run:
            break;
    }
    return std::nullopt;
}

Code unknown_code(Object object) {
    switch (object) {
        case Object::organiser:
            return Code::organiser_unknown;
        case Object::show:
            return Code::show_unknown;
        case Object::campaign:
            return Code::campaign_unknown;
        case Object::tier:
            return Code::tier_unknown;
        case Object::webhook:
            return Code::webhook_unknown;
        case Object::import_run:
            return Code::import_unknown;
        case Object::none:
        case Object::order:
        case Object::ticket:
        case Object::session:
            break;
    }
    return Code::session_unknown;
}

// Webhooks and imports are held against may_act_for() by their own services, which know them.
bool is_of_catalog(Object object) {
    return object == Object::organiser || object == Object::show || object == Object::session ||
           object == Object::campaign || object == Object::tier;
}

std::shared_ptr<const accounts::StaffMember> member_of(const Call& call) {
    if (call.subject == 0) return nullptr;
    return call.api.context.accounts.staff().member(call.person());
}

}  // namespace

std::size_t object_place(const RouteRow& row) {
    if (row.object == Object::none) return 0;
    const std::string wanted = "{" + std::string(to_string(row.object)) + "}";
    const auto place = row.pattern.find(wanted);
    ONSALE_CHECK(place != std::string_view::npos);
    std::size_t before = 0;
    for (const char c : row.pattern.substr(0, place)) before += c == '{' ? 1 : 0;
    return before;
}

std::optional<Code> object_refusal(const Call& call, Object object, std::size_t place,
                                   const StaffIdentity& staff) {
    if (!is_of_catalog(object)) return std::nullopt;
    const auto id = parse_id(call.request.parameters[place]);
    if (!id) return unknown_code(object);
    const auto owner = owner_in_catalog(*call.api.context.catalog.directory(), object, *id);
    if (!owner) return unknown_code(object);
    if (!staff.acts_for(*owner)) return Code::not_your_organiser;
    return std::nullopt;
}

bool may_act_for(const Call& call, std::uint64_t organiser) {
    if (call.subject == 0) return true;
    const auto member = member_of(call);
    return member && member->acts_for(organiser);
}

std::optional<std::vector<std::uint64_t>> organisers_of(const Call& call) {
    const auto member = member_of(call);
    if (call.subject == 0 || (member && member->roles.administers)) return std::nullopt;
    return member ? member->organisers : std::vector<std::uint64_t>{};
}

vault::ListUser list_user_of(const Call& call) {
    return {call.subject, !organisers_of(call).has_value()};
}

}  // namespace onsale::gate
