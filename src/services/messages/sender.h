// Sender: what carries a message out of the process. Used on the outbox's executor only, where it
// may block up to its deadline. Keeps nothing: what it accepted is another's responsibility.
#pragma once

#include <string>

#include "base/result.h"
#include "messages/message.h"

namespace onsale::messages {

struct SendError {
    bool again = false;   // whether trying again may help
    bool away = false;    // nothing can be sent to anybody now: it is not about this message
    std::string message;  // why, without recipient and contents
};

class Sender {
  public:
    virtual ~Sender() = default;
    // From any thread.
    [[nodiscard]] virtual bool sends(Kind kind) const = 0;
    [[nodiscard]] virtual base::Result<void, SendError> send(const Message& message) = 0;
};

}  // namespace onsale::messages
