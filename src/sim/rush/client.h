// Client: one simulated person. What it does is chosen by its workload; it repeats what it did not
// hear the end of with the same key, and tells the history what it was told.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.h"
#include "rush/history.h"
#include "rush/network.h"

namespace onsale::rush {

inline constexpr std::uint64_t kSession = 100;
inline constexpr std::uint64_t kFreeCampaign = 1001;    // codes, one per person
inline constexpr std::uint64_t kPricedCampaign = 1002;  // numbers, short holds

// Reads receipts; nothing for a text that the site has not signed.
using ReceiptReader = std::function<std::optional<answers::Receipt>(std::string_view)>;

struct ClientParts {
    Network& network;
    History& history;
    const ReceiptReader& read_receipt;
};

class Client {
  public:
    Client(ClientParts parts, std::uint64_t person, std::string token, std::uint64_t seed);

    // Acts `actions` times, one after the other, with pauses.
    void start(std::uint64_t actions, std::function<void(Client&)> act);
    [[nodiscard]] bool idle() const { return left_ == 0 && under_way_ == 0 && !scheduled_; }
    [[nodiscard]] std::uint64_t person() const { return person_; }
    [[nodiscard]] base::Prng& random() { return random_; }

    // What it can do. Whatever has an end is under way until it is answered.
    void grab() { place(kFreeCampaign, 0); }
    void reserve(std::uint64_t quantity) { place(kPricedCampaign, quantity); }
    void cancel_one();  // of its orders
    void hide_one();
    void look_at_one();
    void list();
    // Looks at the list while other things are on their way: what it shows must have happened.
    void glance();
    // An order and looks at the list at once, beside whatever it is doing.
    void hurry();
    // The same key as before, with the same wish or another one.
    void repeat(bool other_wish);
    // A wish of its own under the newest key of somebody else.
    void use_key_of(const Client& other);
    void read(std::string path);
    // For the end: everything that it was told, once more.
    void look_back();
    // The site was restored from a backup: orders it knows may be gone.
    void forget_orders();

  private:
    struct Wish {
        std::uint64_t campaign = 0;
        std::uint64_t quantity = 0;  // 0: no lines
        std::string key;
    };
    struct KeyUse {
        std::set<std::uint64_t> quantities;     // of the wishes that were sent with it
        std::optional<std::uint64_t> accepted;  // the quantity of the order
        std::uint64_t under_way = 0;            // requests that may still arrive at the site
    };
    // A request that is sent until it is answered.
    struct Errand {
        Call call;
        Wish wish;  // of a placement
        bool places = false;
        bool all_pages = false;  // of a list
        std::uint64_t tries = 0;
        std::uint64_t history_age = 0;
    };

    void next();
    void act();
    void place(std::uint64_t campaign, std::uint64_t quantity);
    void send_wish(Wish wish);
    void persist(Errand errand);
    void heard(const Errand& errand, const CallResult& result);
    void heard_of_wish(const Errand& errand, const CallResult& result);
    void heard_refusal(const Errand& errand, const CallResult& result);
    void heard_list(const Errand& errand, const std::string& body);
    void note_orders(const std::string& body);
    void note_order(std::string_view body);
    [[nodiscard]] Errand errand(http::Method method, std::string path) const;
    [[nodiscard]] Placement placement(const Wish& wish) const;

    Network& network_;
    History& history_;
    const ReceiptReader& read_receipt_;
    std::uint64_t person_;
    std::string token_;
    base::Prng random_;
    std::function<void(Client&)> act_;
    std::uint64_t left_ = 0;
    std::uint64_t under_way_ = 0;
    bool scheduled_ = false;
    std::uint64_t next_key_ = 1;
    std::vector<Wish> wishes_;
    std::map<std::string, KeyUse> keys_;
    std::vector<std::uint64_t> own_orders_;
};

}  // namespace onsale::rush
