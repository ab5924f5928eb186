// /api/v1/site: what a page has to know of the site before anything else.
#include <utility>

#include "accounts/limits.h"
#include "api/internal/resources.h"
#include "gate/api.h"

namespace onsale::api {
using namespace gate;
namespace {

struct SendersBody {
    bool email = false;
    bool phone = false;
};
BOOST_DESCRIBE_STRUCT(SendersBody, (), (email, phone))
struct RuleBody {
    std::string pattern;  // a regular expression as browsers have it
    std::uint32_t min = 0;
    std::uint32_t max = 0;
};
BOOST_DESCRIBE_STRUCT(RuleBody, (), (pattern, min, max))
struct NameBody {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(NameBody, (), (zh, en))
struct SiteBody {
    NameBody name;
    std::string version;
    std::string now;
    SendersBody code_senders;
    RuleBody username_rules;
    RuleBody password_rules;
    RuleBody nickname_rules;
    std::uint64_t code_resend_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(SiteBody, (),
                      (name, version, now, code_senders, username_rules, password_rules,
                       nickname_rules, code_resend_seconds))

void get(Call call) {
    const auto& context = call.api.context;
    const auto& codes = context.accounts.codes();
    constexpr std::int64_t kSecondMs = 1000;
    SiteBody body;
    body.name = {context.options.name_zh, context.options.name_en};
    body.version = context.options.version;
    body.now = base::to_rfc3339(context.clock.wall_now());
    body.code_senders = {codes.can_send(accounts::ContactKind::email),
                         codes.can_send(accounts::ContactKind::mobile)};
    body.username_rules = {"^[A-Za-z][A-Za-z0-9_]{3,15}$", 4, 16};
    body.password_rules = {R"(^(?=.*[A-Za-z])(?=.*[0-9])[\x21-\x7e]{8,20}$)", 8, 20};
    body.nickname_rules = {"", 1, accounts::kNicknameCharactersMax};
    body.code_resend_seconds =
        static_cast<std::uint64_t>(accounts::kCodeResendAfter.count_ms() / kSecondMs);
    call.send(200, http::to_json(body));
}

}  // namespace

void add_site_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "getSite";
    operation.tag = "site";
    operation.summary = "The site's name, clock and rules";
    operation.response_schema_json = http::schema_of<SiteBody>();
    add_route(router, api, RouteId::get_site, std::move(operation), get);
}

}  // namespace onsale::api
