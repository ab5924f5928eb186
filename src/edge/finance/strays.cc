// /api/v1/strays: money at a bank that belongs to no payment we know, while it is on its way back,
// and parked ones go on. For administrators: it is nobody's order and no organiser's.
#include <algorithm>
#include <utility>

#include "boxoffice/box_office.h"
#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kShownMax = 1'000;
constexpr domain::ShardId kShard(0);  // where all of them are

struct StrayBody {
    std::uint64_t stray = 0;
    std::uint64_t bank = 0;
    NameBody bank_name;
    std::string transaction;  // the bank's
    std::int64_t amount = 0;
    std::string currency;
    std::string state;     // received, returned
    bool parked = false;   // nothing is tried until somebody resumes it
    bool refused = false;  // by the bank, for good: resumed, it goes under a new name
    std::uint32_t tries = 0;
    std::string received_at;
    std::string changed_at;
};
BOOST_DESCRIBE_STRUCT(StrayBody, (),
                      (stray, bank, bank_name, transaction, amount, currency, state, parked,
                       refused, tries, received_at, changed_at))
struct StraysBody {
    std::vector<StrayBody> strays;
    bool more = false;  // than are shown
};
BOOST_DESCRIBE_STRUCT(StraysBody, (), (strays, more))

StrayBody body_of(const Call& call, const domain::Stray& stray) {
    StrayBody body;
    body.stray = stray.id.value();
    body.bank = stray.bank.value();
    body.bank_name = bank_name(call, stray.bank);
    body.transaction = stray.transaction;
    body.amount = stray.amount.minor;
    body.currency = currency_text(stray.amount);
    body.state = stray.state == domain::StrayState::received ? "received" : "returned";
    body.parked = stray.parked;
    body.refused = stray.refused;
    body.tries = stray.tries;
    body.received_at = base::to_rfc3339(stray.received_at);
    body.changed_at = base::to_rfc3339(stray.changed_at);
    return body;
}

// Parked ones first, then the oldest.
std::vector<domain::Stray> sorted(std::vector<domain::Stray> strays) {
    std::ranges::sort(strays, [](const domain::Stray& a, const domain::Stray& b) {
        return a.parked != b.parked ? a.parked : a.id < b.id;
    });
    return strays;
}

void list(Call call) {
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    auto owed = std::make_shared<Call>(std::move(call));
    auto read = [owed](const boxoffice::BoxOffice& office, base::Timestamp) {
        return env::Task([owed, strays = sorted(office.open_strays())] {
            StraysBody body;
            body.more = strays.size() > kShownMax;
            for (std::size_t i = 0; i < std::min(strays.size(), kShownMax); ++i)
                body.strays.push_back(body_of(*owed, strays[i]));
            owed->send(200, http::to_json(body));
        });
    };
    engine.read(kShard, home, std::move(read));
}

void resume(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::stray_unknown);
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    const domain::ResumeStray command{domain::StrayId(*id), call.person()};
    auto owed = std::make_shared<Call>(std::move(call));
    auto reply = [owed](const shard::Answer& answer) {
        owed->api.metrics.count(answer);
        const bool done = answer.kind == shard::AnswerKind::decided &&
                          answer.outcome.kind != domain::OutcomeKind::refused;
        if (!done) return send_refusal(std::move(*owed), answer, kShard);
        owed->send(200, http::to_json(body_of(*owed, *answer.outcome.stray)));
    };
    engine.submit(kShard, command, home, std::move(reply));
}

}  // namespace

void add_stray_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listStrays";
    list_operation.tag = "payments";
    list_operation.summary = "Money at banks that belongs to no payment, and is on its way back";
    list_operation.description =
        "Parked ones first, then the oldest; at most 1,000. What has gone back is in the ledger.";
    list_operation.response_schema_json = http::schema_of<StraysBody>();
    list_operation.errors = {"admin_only", "busy"};
    http::Operation resume_operation;
    resume_operation.id = "resumeStray";
    resume_operation.tag = "payments";
    resume_operation.summary = "Let parked money of nobody go on: its bank is asked again";
    resume_operation.description =
        "What the bank has refused for good (`refused`) is asked for under a new name.";
    resume_operation.path_parameters = {
        {"stray", "Its number", true, R"({"type":"integer","format":"int64"})"}};
    resume_operation.response_schema_json = http::schema_of<StrayBody>();
    resume_operation.errors = {"admin_only", "stray_unknown", "not_parked",
                               "busy",       "storage_full",  "stopping"};
    add_route(router, api, RouteId::list_strays, std::move(list_operation), list);
    add_route(router, api, RouteId::resume_stray, std::move(resume_operation), resume);
}

}  // namespace onsale::finance
