// FileSender: for development and tests. Appends each message as one line of JSON to a file that
// only its owner can read (mode 0600, by the process's umask), so that a person at the machine sees
// the codes and nobody else. Used on the outbox's executor.
#pragma once

#include <memory>
#include <string>

#include "env/files.h"
#include "messages/sender.h"

namespace onsale::messages {

class FileSender final : public Sender {
  public:
    FileSender(env::Files& files, std::string path) : files_(files), path_(std::move(path)) {}
    [[nodiscard]] bool sends(Kind) const override { return true; }
    // {"kind":"mail","to":"…","subject":"…","text":"…"}
    [[nodiscard]] base::Result<void, SendError> send(const Message& message) override;

  private:
    env::Files& files_;
    std::string path_;
};

}  // namespace onsale::messages
