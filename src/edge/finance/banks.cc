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
};
BOOST_DESCRIBE_STRUCT(BankBody, (), (bank, name, ways, usable))
struct BanksBody {
    std::vector<BankBody> banks;
};
BOOST_DESCRIBE_STRUCT(BanksBody, (), (banks))

void list(Call call) {
    BanksBody body;
    for (const auto& view : call.api.context.registry.parties(registry::PartyKind::bank)) {
        if (!view.party.enabled) continue;
        body.banks.push_back({view.party.id.number.value(),
                              {view.party.name_zh, view.party.name_en},
                              view.ways,
                              view.usable()});
    }
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
