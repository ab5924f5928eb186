// Operations: who did what, when, and how it ended. Records are gathered and written many at a
// time, off the way of the answer; an action for which there is no room is refused before it
// happens. Address and details are sealed with the key of who acted. Any thread may call it. After
// a crash: the operations of the last moment (one write, milliseconds) may be missing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/refusals.h"
#include "base/time.h"
#include "domain/ids.h"
#include "env/executor.h"

namespace onsale::accounts {

struct Shared;

struct Operation {
    domain::PersonId person;  // 0: nobody was logged in, or a token of the data folder's owner
    std::string action;       // id of the route
    std::string object;       // "session 5"; numbers only, never a name
    std::string result;       // "ok", or the code of the error
    std::string address;
    std::string request_id;
    std::string details;  // what was asked, without secrets; at most kDetailsBytesMax bytes
};

struct OperationRecord {
    std::uint64_t id = 0;
    base::Timestamp at;
    Operation operation;      // address and details are empty once the person is erased
    std::string person_name;  // empty for nobody and for who is erased
};

struct OperationQuery {
    std::optional<domain::PersonId> person;
    std::string action;  // empty: all
    std::optional<base::Timestamp> from;
    std::optional<base::Timestamp> until;
    std::uint64_t before = 0;  // id of an operation; 0: from the newest
    std::size_t limit = 20;
};
struct OperationPage {
    std::vector<OperationRecord> operations;  // newest first
    std::uint64_t next = 0;                   // for `before`; 0: no more
};

// Room for one record, taken before an action and given back when it is not used.
class OperationSlot {
  public:
    OperationSlot() = default;
    OperationSlot(OperationSlot&& other) noexcept;
    OperationSlot& operator=(OperationSlot&& other) noexcept;
    ~OperationSlot();
    // Once; the time of the record is now.
    void record(Operation operation);

  private:
    friend class Operations;
    explicit OperationSlot(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
    std::shared_ptr<Shared> shared_;
};

class Operations {
  public:
    explicit Operations(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // Nothing when too many wait to be written: refuse the action as busy.
    [[nodiscard]] std::optional<OperationSlot> reserve();
    void list(OperationQuery query, env::Executor& home, AccountReply<OperationPage> reply);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
