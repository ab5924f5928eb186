// EventHub: the event streams of all browsers. Each stream gets the time first, then the stock of
// the campaigns it asked for, then what changes of it, and the orders of its person. One notice is
// formatted once, however many streams get it. A stream ends when its login or its token does.
// Works on the "events" executor; enter(), leave() and open() may be called from any event loop.
// Bounded by the number of streams, of one person and of one address too; what a stream may leave
// unread is bounded by the HTTP server. After a crash browsers connect again and get the state
// anew.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/revocations.h"
#include "gate/context.h"
#include "http/message.h"

namespace onsale::shop {

inline constexpr std::size_t kCampaignsPerStreamMax = 50;

// Whose a stream is, for its bounds.
struct StreamOwner {
    std::string address;
    std::optional<domain::PersonId> person;
};

struct Subscription {
    std::shared_ptr<http::EventStream> stream;
    std::vector<domain::CampaignId> campaigns;  // ascending
    StreamOwner owner;
    accounts::LoginId login;     // of the person; 0: of none
    base::Timestamp expires_at;  // of the person's token; the browser comes again with the next one
};

class EventHub {
  public:
    // Subscribes to stock and orders, which must not have started yet.
    explicit EventHub(const gate::Context& context);
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    // Takes a place; false when all are taken, or all of this person or address. open() or leave()
    // must follow.
    [[nodiscard]] bool enter(const StreamOwner& owner);
    void leave(const StreamOwner& owner);
    void open(Subscription subscription);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::shop
