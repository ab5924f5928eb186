#include "catalog/internal/repair.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "telemetry/log.h"

namespace onsale::catalog {
namespace {

using domain::Command;

constexpr auto kRetryAfter = base::Duration::seconds(1);

template <class List, class Id>
auto find_by_id(const List& list, Id id) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.id == id; });
    return found == list.end() ? nullptr : &*found;
}

void add_missing_stock(const domain::Session& recorded, const domain::Session& known,
                       std::vector<Command>& commands) {
    for (const auto& pool : recorded.pools) {
        const auto* there = find_by_id(known.pools, pool.id);
        if (there == nullptr) continue;
        for (const auto& addition : pool.additions) {
            if (find_by_id(there->additions, addition.id) == nullptr)
                commands.push_back(domain::AddStock{recorded.id, pool.id, addition});
        }
        for (const auto& withdrawal : pool.withdrawals) {
            if (find_by_id(there->withdrawals, withdrawal.id) == nullptr)
                commands.push_back(
                    domain::WithdrawStock{recorded.id, pool.id, withdrawal.count, withdrawal.id});
        }
    }
}

// The session's times come before and after its campaigns' windows: which of the two has to move
// first depends on whether they grow or shrink, and what is there already changes nothing.
void add_missing_rules(const domain::Session& recorded, const domain::Session& known,
                       std::vector<Command>& commands) {
    const bool same_session = recorded.starts_at == known.starts_at &&
                              recorded.ends_at == known.ends_at &&
                              recorded.orders_per_person == known.orders_per_person &&
                              recorded.tickets_per_person == known.tickets_per_person;
    const domain::ChangeSession change{recorded.id, recorded.starts_at, recorded.ends_at,
                                       recorded.orders_per_person, recorded.tickets_per_person};
    if (!same_session) commands.push_back(change);
    for (const auto& campaign : recorded.campaigns) {
        const auto* there = find_by_id(known.campaigns, campaign.id);
        if (there != nullptr && *there == campaign) continue;
        commands.push_back(domain::ChangeCampaign{
            recorded.id, std::make_shared<const domain::Campaign>(campaign)});
    }
    if (!same_session) commands.push_back(change);
    for (const auto& tier : recorded.tiers) {
        const auto* there = find_by_id(known.tiers, tier.id);
        if (there == nullptr || *there == tier) continue;
        commands.push_back(domain::ChangeTier{recorded.id, tier.id, tier.price, tier.on_sale});
    }
}

// The commands of all shards, submitted one after the other.
class Repair : public std::enable_shared_from_this<Repair> {
  public:
    Repair(SharedDirectory directory, shard::Engine& engine, env::Executor& home,
           base::UniqueFunction<void(std::uint64_t)> done)
        : directory_(std::move(directory)), engine_(engine), home_(home), done_(std::move(done)) {}

    void run() {
        shards_left_ = engine_.shards();
        for (std::uint16_t shard = 0; shard < engine_.shards(); ++shard)
            look(domain::ShardId(shard));
    }

  private:
    struct Missing {
        domain::ShardId shard;
        Command command;
    };

    void look(domain::ShardId shard) {
        auto read = [self = shared_from_this(), shard](const boxoffice::BoxOffice& office,
                                                       base::Timestamp) {
            std::vector<Missing> missing;
            const auto& listing = self->directory_->listing();
            for (const auto* sessions : {&listing.sessions, &listing.removed}) {
                for (const auto& session : *sessions) {
                    if (session->shard != shard) continue;
                    for (auto& command : missing_commands(*session, office))
                        missing.push_back({shard, std::move(command)});
                }
            }
            return env::Task([self, missing = std::move(missing)] { self->looked(missing); });
        };
        engine_.read(shard, home_, std::move(read));
    }

    void looked(const std::vector<Missing>& missing) {
        missing_.insert(missing_.end(), missing.begin(), missing.end());
        if (--shards_left_ > 0) return;
        if (!missing_.empty())
            telemetry::log_warning(
                "catalog", "the records know more than the journal, as after a restore: " +
                               std::to_string(missing_.size()) + " changes are submitted again");
        next();
    }

    void next() {
        if (missing_.empty()) return done_(changed_);
        engine_.submit(
            missing_.front().shard, missing_.front().command, home_,
            [self = shared_from_this()](const shard::Answer& answer) { self->answered(answer); });
    }

    void answered(const shard::Answer& answer) {
        if (answer.kind == shard::AnswerKind::stopping) return;
        if (answer.kind != shard::AnswerKind::decided) {
            home_.post_after(kRetryAfter, [self = shared_from_this()] { self->next(); });
            return;
        }
        const auto& outcome = answer.outcome;
        if (outcome.kind == domain::OutcomeKind::accepted) ++changed_;
        if (outcome.kind == domain::OutcomeKind::refused)
            telemetry::log_error("catalog", "session " + std::to_string(outcome.session.value()) +
                                                " is not as the records have it: " +
                                                std::string(to_string(outcome.refusal)));
        missing_.pop_front();
        next();
    }

    SharedDirectory directory_;
    shard::Engine& engine_;
    env::Executor& home_;
    base::UniqueFunction<void(std::uint64_t)> done_;
    std::size_t shards_left_ = 0;
    std::deque<Missing> missing_;
    std::uint64_t changed_ = 0;
};

}  // namespace

std::vector<Command> missing_commands(const SessionEntry& recorded,
                                      const boxoffice::BoxOffice& office) {
    const domain::Session& definition = *recorded.definition;
    const auto status = office.status_of(definition.id).value_or(domain::SessionStatus{});
    const domain::Session* known = office.find_session(definition.id);
    std::vector<Command> commands;
    if (status.retired) return commands;
    domain::Session fresh = definition;
    for (auto& pool : fresh.pools) pool.withdrawals.clear();
    if (known == nullptr)
        commands.push_back(domain::SetUpSession{std::make_shared<const domain::Session>(fresh)});
    if (!status.cancelled) {
        add_missing_stock(definition, known == nullptr ? fresh : *known, commands);
        if (known != nullptr) add_missing_rules(definition, *known, commands);
        if (recorded.status.cancelled) commands.push_back(domain::CancelSession{definition.id});
    }
    return commands;
}

void repair(SharedDirectory directory, shard::Engine& engine, env::Executor& home,
            base::UniqueFunction<void(std::uint64_t)> done) {
    std::make_shared<Repair>(std::move(directory), engine, home, std::move(done))->run();
}

}  // namespace onsale::catalog
