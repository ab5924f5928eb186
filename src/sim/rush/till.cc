#include "rush/till.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "payments/flow_name.h"

namespace onsale::rush {
namespace {

using http::Method;

constexpr std::uint64_t kCodesOfTill = 5002;  // its list of codes
constexpr std::uint64_t kRounds = 24;
constexpr auto kRegistering = base::Duration::milliseconds(1500);
constexpr auto kSettling = base::Duration::seconds(5);
constexpr int kSettlingsMax = 240;

// Its shard is another one than that of the codes, so that both are looked at apart.
constexpr std::uint64_t money_session() {
    std::uint64_t session = 200;
    while (domain::shard_of(domain::SessionId(session), kShards) ==
           domain::shard_of(domain::SessionId(kSession), kShards))
        ++session;
    return session;
}
constexpr std::uint64_t kMoneySession = money_session();

// The text of the credentials file in an answer.
std::string credentials_in(const std::string& body) {
    boost::system::error_code error;
    const auto value = boost::json::parse(body, error);
    if (error || !value.is_object()) return {};
    const auto* credentials = value.get_object().if_contains("credentials");
    if (credentials == nullptr || !credentials->is_object()) return {};
    const auto* text = credentials->get_object().if_contains("text");
    return text != nullptr && text->is_string() ? std::string(text->get_string()) : std::string();
}

// What has no end yet, for the message about it.
template <class Flow>
std::string text_of(const Flow& flow) {
    return payments::to_string(payments::name_of(flow)) + " in state " +
           std::to_string(static_cast<int>(flow.state)) + (flow.parked ? ", parked" : "") +
           ", tries " + std::to_string(flow.tries);
}

}  // namespace

Till::Till(Stage& stage, std::uint64_t seed, bool cancels)
    : stage_(stage),
      seed_(seed),
      random_(seed ^ 0x7177),
      desk_(stage, {kMoneySession, kRounds, cancels}, seed ^ 0xde5c) {
    auto& network = stage.network();
    for (std::uint64_t number = 1; number <= kBanks; ++number) {
        auto send = [&network](banks::Post post, std::function<void(std::uint16_t)> told) {
            Call call;
            call.method = Method::post;
            call.path = std::move(post.path);
            call.body = std::move(post.body);
            call.headers = std::move(post.headers);
            network.send(std::move(call), [told = std::move(told)](const CallResult& result) {
                told(result.end == CallEnd::answered ? result.status : std::uint16_t{0});
            });
        };
        banks_.push_back(
            std::make_unique<banks::Bank>(number, seed, stage.scheduler(), std::move(send)));
    }
    stage.set_banks(banks_);
}

bool Till::register_bank(banks::Bank& bank) {
    const std::string number = std::to_string(bank.number());
    CallResult answer;
    if (!stage_.operate(Method::put, "/api/v1/staff/banks/" + number,
                        R"({"name":{"zh":"银行","en":"Bank"}})", answer))
        return false;
    if (!bank.take_credentials(credentials_in(answer.body)))
        return stage_.fail("bank " + number + " got no keys: " + answer.body);
    bank.start();
    return true;
}

// Every choice in a statement of its own, so that their order is not the compiler's.
std::string Till::session_body() {
    const auto count = [this](std::uint64_t least, std::uint64_t most) {
        return std::to_string(least + random_.below(most - least + 1));
    };
    constexpr const char* kLate[] = {"refund", "same", "same_or_better"};
    const std::string tickets_per_person = count(6, 20);
    const std::string stands = count(6, 60);
    const std::string floors = count(4, 30);
    const std::string fee = random_.chance(1, 3) ? "0" : "7.5";
    const std::string review = random_.chance(2, 3) ? "true" : "false";
    const std::string second_review = random_.chance(1, 2) ? "70.00" : "0";
    const std::string late = kLate[random_.below(std::size(kLate))];
    return R"({"organiser":{"id":1,"name":{"zh":"主办","en":"Host"}},"show":{"id":20,"name":{"zh":"演唱会","en":"Concert"}},)"
           R"("session":{"id":)" +
           std::to_string(kMoneySession) +
           R"(,"starts_at":"2026-12-02T00:00:00.000Z","ends_at":"2026-12-03T00:00:00.000Z","tickets_per_person":)" +
           tickets_per_person + R"(,"refund_allowed":true,"refund_fee_percent":")" + fee +
           R"(","refund_review":)" + review + R"(,"refund_second_review_from":")" + second_review +
           R"(","late_payment":")" + late + R"("},"pools":[{"id":3,"kind":"count","count":)" +
           stands + R"(},{"id":4,"kind":"codes","list":)" + std::to_string(kCodesOfTill) +
           R"(},{"id":5,"kind":"count","count":)" + floors +
           R"(}],"tiers":[{"id":21,"name":{"zh":"看台","en":"Stand"},"pool":3,"price":"30.00"},)"
           R"({"id":22,"name":{"zh":"贵宾","en":"VIP"},"pool":4,"price":"80.03"},)"
           R"({"id":23,"name":{"zh":"内场","en":"Floor"},"pool":5,"price":"45.50"}],)"
           R"("campaigns":[{"id":)" +
           std::to_string(kMoneyCampaign) +
           R"(,"name":{"zh":"售","en":"Sale"},"opens_at":"2026-11-01T00:00:00.000Z",)"
           R"("closes_at":"2026-12-01T00:00:00.000Z","hold_minutes":1,"tickets_per_order":2,"tiers":[21,22,23]}]})";
}

bool Till::set_up() {
    std::string codes;
    const std::uint64_t count = 20 + random_.below(60);
    for (std::uint64_t i = 0; i < count; ++i)
        codes += "PAID-" + std::to_string(seed_) + "-" + std::to_string(i) + "\n";
    const std::string list = "/api/v1/code-lists/" + std::to_string(kCodesOfTill);
    if (!stage_.expect(Method::put, list + "/chunks/0", codes) ||
        !stage_.expect(Method::post, list + "/seal", "") ||
        !stage_.expect(Method::post, "/api/v1/sessions", session_body()))
        return false;
    for (auto& bank : banks_) {
        if (!register_bank(*bank)) return false;
    }
    return stage_.pass(kRegistering);
}

bool Till::find_open(std::vector<std::string>& open) {
    std::uint64_t shards_left = kShards;
    open.clear();
    for (std::uint16_t shard = 0; shard < kShards; ++shard) {
        stage_.read(domain::ShardId(shard), [&](const boxoffice::BoxOffice& office) {
            for (const auto& payment : office.open_payments()) open.push_back(text_of(payment));
            for (const auto& refund : office.open_refunds()) open.push_back(text_of(refund));
            for (const auto& stray : office.open_strays()) open.push_back(text_of(stray));
            --shards_left;
        });
    }
    while (shards_left > 0) {
        if (!stage_.step()) return false;
    }
    return true;
}

bool Till::banks_idle() const {
    for (const auto& bank : banks_) {
        if (!bank->idle() || bank->books().held() != 0) return false;
    }
    return true;
}

// Before the site is stopped nobody calls it any more.
bool Till::close() {
    for (auto& bank : banks_) bank->stop();
    return stage_.pass(kSettling);
}

bool Till::settle() {
    for (auto& bank : banks_) bank->set_faults({});
    std::vector<std::string> open;
    for (int i = 0; i < kSettlingsMax; ++i) {
        desk_.work_off();
        if (!stage_.pass(kSettling)) return false;
        for (auto& bank : banks_) bank->expire_holds();
        if (!find_open(open)) return false;
        if (open.empty() && stage_.all_idle() && banks_idle()) return close();
    }
    return stage_.fail("money does not come to rest: " + std::to_string(open.size()) +
                       " flows are open" + (open.empty() ? "" : ", the first is " + open.front()));
}

std::string Till::compare(journal::Reader& reader) {
    const auto stored = banks::StoredMoney::read(reader, kShards, domain::SessionId(kMoneySession));
    if (!stored) return stored.error();
    counts_ = stored->counts();
    counts_["reviews and resumptions"] = desk_.acts();
    for (const auto& bank : banks_) {
        counts_["calls of banks"] += bank->traffic().calls;
        counts_["events taken"] += bank->traffic().events;
    }
    return stored->compare(banks_, told_);
}

}  // namespace onsale::rush
