// Recorder: writes down who did what, when and how it ended, for every route that changes
// something, in one place: it stands between the handler and the browser and sees the answer.
// Lives on the event loop of its request. After a crash: see accounts/operations.h.
//
// Not written down: what nobody known has tried in vain (else strangers could fill the disk), and
// what was refused for want of room.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "accounts/operations.h"
#include "gate/route_table.h"
#include "http/message.h"

namespace onsale::gate {

// Whether calls of this route are written down: all that change something, but for the rush and
// what machines repeat. Orders have a record of their own, the journal.
[[nodiscard]] bool is_recorded(const RouteRow& row);

class Recorder final : public http::ResponseSink {
  public:
    Recorder(const RouteRow& row, const http::Request& request,
             std::shared_ptr<http::ResponseSink> behind, accounts::OperationSlot slot);
    // Called once it is known.
    void acted_by(domain::PersonId person);

    void send(http::Response response) override;
    std::shared_ptr<http::EventStream> open_event_stream() override;
    env::Executor& home() override { return behind_->home(); }
    void abandon() override;

  private:
    void write_down(std::string_view result);

    const bool anybody_;  // the route needs no login
    const std::shared_ptr<http::ResponseSink> behind_;
    accounts::OperationSlot slot_;
    accounts::Operation operation_;
    bool known_ = false;
};

// "session 5": the first parameter of the pattern that is a number; empty when there is none.
[[nodiscard]] std::string object_of(const RouteRow& row, const http::Request& request);

}  // namespace onsale::gate
