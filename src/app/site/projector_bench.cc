// onsale-projector-bench: what the projections cost. Feeds made-up batches of a rush to the real
// projector in a folder of its own, without a server, and prints processor seconds for each
// 100,000 orders. For comparisons on one machine; nothing of the product uses it.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "env/posix/environment.h"
#include "follow/projector.h"
#include "site/projections.h"

namespace onsale::site {
namespace {

constexpr std::uint64_t kSession = 100;
constexpr std::uint64_t kCampaign = 1001;
constexpr std::uint64_t kTier = 21;
constexpr std::uint64_t kPool = 1;
constexpr std::int64_t kOpensAtMs = 1'900'000'000'000;

struct Size {
    std::uint64_t orders = 500'000;
    std::uint64_t orders_per_batch = 128;
    std::uint64_t batches_at_once = 64;
    // Of 100 orders, how many are reserved first and end a batch later.
    std::uint64_t reserved_percent = 0;
};

domain::Fact session_of(std::uint64_t orders) {
    domain::Session session;
    session.id = domain::SessionId(kSession);
    domain::Pool pool;
    pool.id = domain::PoolId(kPool);
    pool.kind = domain::PoolKind::codes;
    pool.additions.push_back({domain::AdditionId(5001), orders, {}});
    session.pools.push_back(std::move(pool));
    domain::Tier tier;
    tier.id = domain::TierId(kTier);
    tier.pool = domain::PoolId(kPool);
    session.tiers.push_back(std::move(tier));
    domain::Campaign campaign;
    campaign.id = domain::CampaignId(kCampaign);
    campaign.opens_at = base::Timestamp::from_unix_ms(kOpensAtMs);
    session.campaigns.push_back(std::move(campaign));
    return domain::SessionSetUp{std::make_shared<const domain::Session>(std::move(session))};
}

domain::Order order_of(std::uint64_t number, base::Timestamp now, domain::OrderState state) {
    domain::Order order;
    order.id = domain::make_order_id(domain::ShardId(0), number);
    order.person = domain::PersonId(number * 7919 % 100'000'007);
    order.session = domain::SessionId(kSession);
    order.campaign = domain::CampaignId(kCampaign);
    order.state = state;
    order.created_at = now;
    order.changed_at = now;
    order.lines.push_back({domain::TierId(kTier), 1, {}, number});
    return order;
}

// The batches of a rush, one after the other.
class Rush {
  public:
    explicit Rush(const Size& size) : size_(size) {}

    [[nodiscard]] bool over() const { return next_ > size_.orders && ending_.empty(); }
    follow::SharedBatch batch() {
        auto made = std::make_shared<follow::CommittedBatch>();
        made->shard = domain::ShardId(0);
        made->sequence = ++sequence_;
        made->epoch = 1;
        made->time =
            base::Timestamp::from_unix_ms(kOpensAtMs + static_cast<std::int64_t>(next_) / 100);
        if (sequence_ == 1) made->facts.push_back(session_of(size_.orders));
        for (const auto id : std::exchange(ending_, {}))
            made->facts.push_back(domain::OrderCancelled{id, made->time});
        for (std::uint64_t i = 0; i < size_.orders_per_batch && next_ <= size_.orders;
             ++i, ++next_) {
            const bool reserved = next_ % 100 < size_.reserved_percent;
            auto order =
                order_of(next_, made->time,
                         reserved ? domain::OrderState::reserved : domain::OrderState::completed);
            if (reserved) ending_.push_back(order.id);
            made->facts.push_back(domain::OrderPlaced{std::move(order)});
        }
        return made;
    }

  private:
    const Size size_;
    std::uint64_t next_ = 1;
    std::uint64_t sequence_ = 0;
    std::vector<domain::OrderId> ending_;
};

double processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_THREAD, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int run(const Size& size, const std::string& folder) {
    const auto environment = env::posix::make_environment();
    const auto executor = environment->make_executor({"projector", "unused here", 16});
    follow::Feed feed(1, size.batches_at_once);
    telemetry::Metrics metrics;
    Projections projections;
    follow::ProjectorOptions options;
    options.database.path = folder + "/projections.sqlite";
    auto projector = follow::Projector::create(
        options, {*executor, follow::BatchSource(feed, nullptr), feed, projections.all(), metrics});
    if (!projector) {
        fmt::print(stderr, "{}\n", projector.error().message);
        return 1;
    }
    Rush rush(size);
    double used = 0;
    std::uint64_t batches = 0;
    while (!rush.over()) {
        for (std::uint64_t i = 0; i < size.batches_at_once && !rush.over(); ++i, ++batches)
            feed.publish(rush.batch());
        const double before = processor_seconds();
        const auto caught_up = (*projector)->catch_up();
        used += processor_seconds() - before;
        if (caught_up) continue;
        fmt::print(stderr, "{}\n", caught_up.error().message);
        return 1;
    }
    fmt::print(
        "{} orders in {} batches: {:.3f} s of processor time for each 100,000; {:.0f} bytes "
        "of rows an order\n",
        size.orders, batches, used * 1e5 / static_cast<double>(size.orders),
        static_cast<double>(std::filesystem::file_size(options.database.path)) /
            static_cast<double>(size.orders));
    return 0;
}

}  // namespace
}  // namespace onsale::site

int main(int argc, char** argv) {
    onsale::site::Size size;
    std::uint64_t* const numbers[] = {&size.orders, &size.orders_per_batch, &size.batches_at_once,
                                      &size.reserved_percent};
    for (int i = 1; i < argc && i <= 4; ++i) *numbers[i - 1] = std::strtoull(argv[i], nullptr, 10);
    std::string folder = std::filesystem::temp_directory_path() / "onsale-projector-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return 2;
    const int result = onsale::site::run(size, folder);
    std::filesystem::remove_all(folder);
    return result;
}
