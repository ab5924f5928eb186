#include "rush/network.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace onsale::rush {
namespace {

class Counting : public Watch {
  public:
    std::uint64_t entered(const Call&) override { return 0; }
    void left(const Call&, const http::Response&, std::uint64_t) override {}
    void forgotten(const Call&) override { ++count; }
    std::uint64_t count = 0;
};

// A site that answers nobody: it drops what it is asked at once, or keeps it.
class Silent {
  public:
    enum class Habit : std::uint8_t { drops, keeps };

    explicit Silent(Habit habit) : router_(problem) {
        http::Route route;
        route.pattern = "/orders";
        route.handler = [this, habit](const http::Request&, http::Responder responder) {
            if (habit == Habit::keeps) kept_ = std::move(responder);
        };
        router_.add(std::move(route));
        network_.connect(&router_, home_.get());
    }

    CallEnd ask() {
        std::optional<CallEnd> end;
        Call call;
        call.path = "/orders";
        network_.send(std::move(call), [&](const CallResult& result) { end = result.end; });
        while (scheduler_.step()) continue;
        return end.value_or(CallEnd::answered);
    }

    Network& network() { return network_; }
    void let_go() { kept_.reset(); }
    [[nodiscard]] std::uint64_t forgotten() const { return watch_.count; }

  private:
    static http::Response problem(http::Problem, const std::string&,
                                  const std::vector<std::string>&) {
        return {};
    }

    Counting watch_;
    world::Scheduler scheduler_{1};
    Network network_{scheduler_, 1, watch_};
    std::unique_ptr<env::Executor> home_ = scheduler_.make_executor(1, "http", 0);
    http::Router router_;
    std::optional<http::Responder> kept_;
};

TEST(Network, tells_of_a_call_that_a_living_site_has_given_up) {
    Silent site(Silent::Habit::drops);
    site.network().set_weather(Weather::changeable);
    EXPECT_EQ(site.ask(), CallEnd::lost);
    EXPECT_EQ(site.forgotten(), 1U);
}

TEST(Network, tells_of_a_call_that_waits_for_ever_in_calm_weather) {
    Silent site(Silent::Habit::keeps);
    EXPECT_EQ(site.ask(), CallEnd::lost);
    EXPECT_EQ(site.forgotten(), 1U);
}

TEST(Network, excuses_what_bad_weather_or_the_end_of_the_process_took) {
    Silent site(Silent::Habit::keeps);
    site.network().set_weather(Weather::changeable);
    EXPECT_EQ(site.ask(), CallEnd::lost);
    site.network().connect(nullptr, nullptr);
    site.let_go();
    EXPECT_EQ(site.forgotten(), 0U);
}

}  // namespace
}  // namespace onsale::rush
