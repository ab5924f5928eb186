// The reserve: a file of blocks taken in advance on the journal's disk. When the disk is full it is
// let go, so that expiries, cancellations and payment facts can still be written while new orders
// are refused; when it can be taken again, the disk has space again.
#pragma once

#include <cstdint>
#include <string>

#include "env/files.h"

namespace onsale::journal {

class Reserve {
  public:
    Reserve(env::Files& files, std::string path, std::uint64_t bytes);

    // Takes the blocks (and syncs). False when the disk has no space for them. Idempotent.
    [[nodiscard]] bool take();
    void release();
    [[nodiscard]] bool taken() const { return taken_; }

  private:
    env::Files& files_;
    std::string path_;
    std::uint64_t bytes_;
    bool taken_ = false;
};

}  // namespace onsale::journal
