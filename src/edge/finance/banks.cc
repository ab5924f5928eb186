// /api/v1/banks: what a buyer may pay with now.
#include <utility>

#include "finance/bank_body.h"
#include "finance/internal/resources.h"
#include "gate/api.h"
#include "registry/registry.h"

namespace onsale::finance {
using namespace gate;
namespace {

struct BankBody {
    std::uint64_t bank = 0;
    NameBody name;
    std::vector<std::string> ways;
    bool usable = false;
    std::string merchant;                   // this site's name there
    std::optional<std::string> public_url;  // of its pages, while it is usable
};
BOOST_DESCRIBE_STRUCT(BankBody, (), (bank, name, ways, usable, merchant, public_url))
struct BanksBody {
    std::vector<BankBody> banks;
};
BOOST_DESCRIBE_STRUCT(BanksBody, (), (banks))

BankBody body_of(const registry::Registry& registry, const registry::PartyView& view) {
    BankBody body;
    body.bank = view.party.id.number.value();
    body.name = {view.party.name_zh, view.party.name_en};
    body.ways = view.ways;
    body.usable = view.usable();
    body.merchant = registry.options().merchant;
    for (const auto& way : view.ways) {
        if (const auto place = registry.public_place(view.party.id, way))
            body.public_url = place->public_url;
    }
    return body;
}

void list(Call call) {
    const registry::Registry& registry = call.api.context.registry;
    BanksBody body;
    for (const auto& view : registry.parties(registry::PartyKind::bank))
        if (view.party.enabled) body.banks.push_back(body_of(registry, view));
    call.send(200, http::to_json(body));
}

}  // namespace

void add_bank_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "listBanks";
    operation.tag = "banks";
    operation.summary = "The banks, and in which ways each can be paid with now";
    operation.description =
        "A bank that is not usable has no instance that answers; ask again shortly.";
    operation.response_schema_json = http::schema_of<BanksBody>();
    add_route(router, api, RouteId::list_banks, std::move(operation), list);
}

}  // namespace onsale::finance
