// The people of a sale who pay, by what they do.
#include "base/check.h"
#include "rush/payer.h"
#include "rush/workload.h"

namespace onsale::rush {
namespace {

using Then = Payer::Then;

class PayingCrowd : public Workload {
  public:
    explicit PayingCrowd(const CrowdParts& parts) : actions_(parts.actions) {
        ONSALE_CHECK(parts.money.has_value());
        for (std::uint64_t i = 0; i < parts.people; ++i) {
            const std::uint64_t person = parts.first_person + i;
            payers_.push_back(std::make_unique<Payer>(parts.client.network, *parts.money, person,
                                                      parts.token(person), parts.seed));
        }
    }
    void start() override {
        for (auto& payer : payers_)
            payer->start(actions_, [this](Payer& one) { act(one, one.random()); });
    }
    [[nodiscard]] bool idle() const override {
        for (const auto& payer : payers_) {
            if (!payer->idle()) return false;
        }
        return true;
    }
    void hurry() override {
        for (auto& payer : payers_) payer->buy(Then::pays);
    }
    void look_back() override {
        for (auto& payer : payers_) payer->look_back();
    }

  protected:
    virtual void act(Payer& payer, base::Prng& random) = 0;

  private:
    std::uint64_t actions_;
    std::vector<std::unique_ptr<Payer>> payers_;
};

// Buy and pay, and look at what they have.
class Payers : public PayingCrowd {
    using PayingCrowd::PayingCrowd;
    void act(Payer& payer, base::Prng& random) override {
        switch (random.below(6)) {
            case 0:
                return payer.look_at_one();
            case 1:
                return payer.pay_one(Then::pays);
            default:
                return payer.buy(Then::pays);
        }
    }
};

// Begin at several banks, pay twice, cancel while they pay, or let it be.
class Ditherers : public PayingCrowd {
    using PayingCrowd::PayingCrowd;
    void act(Payer& payer, base::Prng& random) override {
        switch (random.below(6)) {
            case 0:
                return payer.buy(Then::nothing);
            case 1:
                return payer.cancel_one();
            case 2:
                return payer.pay_one(Then::pays);
            case 3:
                return payer.pay_one(Then::pays_twice);
            default:
                return payer.buy(Then::pays_twice);
        }
    }
};

// Buy, and want the money back; some think better of that, too.
class Returners : public PayingCrowd {
    using PayingCrowd::PayingCrowd;
    void act(Payer& payer, base::Prng& random) override {
        switch (random.below(7)) {
            case 0:
            case 1:
                return payer.want_money_back();
            case 2:
                return payer.give_up_refund();
            case 3:
                return payer.look_at_one();
            default:
                return payer.buy(Then::pays);
        }
    }
};

template <class Kind>
std::unique_ptr<Workload> make(const CrowdParts& parts) {
    return std::make_unique<Kind>(parts);
}

struct Entry {
    std::string_view name;
    std::unique_ptr<Workload> (*make)(const CrowdParts&);
};
constexpr Entry kCrowds[] = {
    {"ditherers", make<Ditherers>}, {"payers", make<Payers>}, {"returners", make<Returners>}};

}  // namespace

const std::vector<std::string_view>& paying_crowd_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const auto& entry : kCrowds) all.push_back(entry.name);
        return all;
    }();
    return names;
}

std::unique_ptr<Workload> make_paying_crowd(std::string_view name, CrowdParts parts) {
    for (const auto& entry : kCrowds) {
        if (entry.name == name) return entry.make(parts);
    }
    ONSALE_CHECK(false);
}

}  // namespace onsale::rush
