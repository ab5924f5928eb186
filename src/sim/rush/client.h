// Client: one simulated person in the rush. It chooses what to do by the seed, repeats what it did
// not hear the end of with the same key, and tells the history what it was told.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "rush/history.h"
#include "rush/network.h"

namespace onsale::rush {

inline constexpr std::uint64_t kSession = 100;
inline constexpr std::uint64_t kFreeCampaign = 1001;    // codes, one per person
inline constexpr std::uint64_t kPricedCampaign = 1002;  // numbers, short holds

class Client {
  public:
    Client(Network& network, History& history, std::uint64_t person, std::string token,
           std::uint64_t seed);

    // Does `actions` things, one after the other, with pauses.
    void start(std::uint32_t actions);
    [[nodiscard]] bool idle() const { return left_ == 0 && !waiting_; }
    [[nodiscard]] std::uint64_t person() const { return person_; }

    // An order and looks at the list at once, beside whatever it is doing.
    void hurry();
    // For the end, in a healed world: one more attempt in the campaign.
    void grab(std::uint64_t campaign);
    // Asks for an order again, to compare.
    void look_at(std::uint64_t order);

  private:
    void next();
    void act();
    void place(std::uint64_t campaign, std::uint32_t quantity);
    void glance();
    void cancel(std::uint64_t order);
    // Sends until it is answered: what was lost or refused on the way is sent again, with the same
    // key.
    void persist(Call call, std::uint64_t campaign);
    void heard(const Call& call, const CallResult& result, std::uint64_t campaign);
    void note_order(const std::string& body);
    [[nodiscard]] Call call(http::Method method, std::string path) const;

    Network& network_;
    History& history_;
    std::uint64_t person_;
    std::string token_;
    base::Prng random_;
    std::uint32_t left_ = 0;
    bool waiting_ = false;
    std::uint64_t next_key_ = 1;
    std::vector<std::uint64_t> own_orders_;
};

}  // namespace onsale::rush
