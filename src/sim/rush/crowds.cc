// The people of a sale, by what they do.
#include <utility>

#include "base/check.h"
#include "rush/workload.h"

namespace onsale::rush {
namespace {

class Crowd : public Workload {
  public:
    explicit Crowd(const CrowdParts& parts) : actions_(parts.actions) {
        for (std::uint64_t i = 0; i < parts.people; ++i) {
            const std::uint64_t person = parts.first_person + i;
            clients_.push_back(
                std::make_unique<Client>(parts.client, person, parts.token(person), parts.seed));
        }
    }
    void start() override {
        for (auto& client : clients_)
            client->start(actions_, [this](Client& one) { act(one, one.random()); });
    }
    [[nodiscard]] bool idle() const override {
        for (const auto& client : clients_) {
            if (!client->idle()) return false;
        }
        return true;
    }
    void hurry() override {
        for (auto& client : clients_) client->hurry();
    }
    void restored() override {
        for (auto& client : clients_) client->forget_orders();
    }
    void last_wish() override {
        for (auto& client : clients_) client->grab();
    }
    void look_back() override {
        for (auto& client : clients_) client->look_back();
    }

  protected:
    virtual void act(Client& client, base::Prng& random) = 0;
    Client& anybody(base::Prng& random) { return *clients_[random.below(clients_.size())]; }

  private:
    std::uint64_t actions_;
    std::vector<std::unique_ptr<Client>> clients_;
};

// Want a code, and look whether they have one.
class Grabbers : public Crowd {
    using Crowd::Crowd;
    void act(Client& client, base::Prng& random) override {
        switch (random.below(8)) {
            case 0:
                return client.list();
            case 1:
                return client.look_at_one();
            case 2:
                return client.hurry();
            default:
                return client.grab();
        }
    }
};

// Reserve and let it expire, or think better of it.
class Holders : public Crowd {
    using Crowd::Crowd;
    void act(Client& client, base::Prng& random) override {
        switch (random.below(8)) {
            case 0:
                return client.grab();
            case 1:
                return client.look_at_one();
            case 2:
                return client.cancel_one();
            case 3:
                return client.hide_one();
            default:
                return client.reserve(1 + random.below(2));
        }
    }
};

// Reserve and give back at once, several at a time, so that limits and stock move all the while.
class Cancellers : public Crowd {
    using Crowd::Crowd;
    void act(Client& client, base::Prng& random) override {
        switch (random.below(6)) {
            case 0:
                client.reserve(1);
                return client.reserve(2);
            case 1:
                client.cancel_one();
                return client.cancel_one();  // possibly the same
            case 2:
                client.cancel_one();
                return client.reserve(2);
            case 3:
                return client.reserve(1 + random.below(3));  // more than an order may have
            default:
                return client.cancel_one();
        }
    }
};

// Send the same again, other things under the same key, and their own under a key of others.
class Repeaters : public Crowd {
    using Crowd::Crowd;
    void act(Client& client, base::Prng& random) override {
        switch (random.below(8)) {
            case 0:
                return client.grab();
            case 1:
            case 2:
                return client.reserve(1 + random.below(2));
            case 3:
            case 4:
                return client.repeat(false);
            case 5:
                return client.repeat(true);
            case 6:
                return client.use_key_of(anybody(random));
            default:
                client.repeat(false);
                return client.cancel_one();
        }
    }
};

// Look at what is offered and at what they have, while others buy.
class Readers : public Crowd {
    using Crowd::Crowd;
    void act(Client& client, base::Prng& random) override {
        switch (random.below(6)) {
            case 0:
                return client.read("/api/v1/campaigns/" + std::to_string(kFreeCampaign));
            case 1:
                return client.read("/api/v1/campaigns");
            case 2:
                return client.list();
            case 3:
                return client.look_at_one();
            case 4:
                return client.hurry();
            default:
                return client.glance();
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
    {"cancellers", make<Cancellers>}, {"grabbers", make<Grabbers>},   {"holders", make<Holders>},
    {"readers", make<Readers>},       {"repeaters", make<Repeaters>},
};

}  // namespace

const std::vector<std::string_view>& crowd_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const auto& entry : kCrowds) all.push_back(entry.name);
        return all;
    }();
    return names;
}

std::unique_ptr<Workload> make_crowd(std::string_view name, CrowdParts parts) {
    for (const auto& entry : kCrowds) {
        if (entry.name == name) return entry.make(parts);
    }
    ONSALE_CHECK(false);
}

}  // namespace onsale::rush
