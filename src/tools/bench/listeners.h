// Listeners: browsers that hold an event stream open and read what comes. They are drained now and
// then, not at every event, so that they cost the generator little; what they measure is how many
// streams stay open and how many events arrive. Belongs to the crowd's one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace onsale::bench {

class Listeners {
  public:
    // Opens `count` streams of these campaigns on 127.0.0.1:`port`, from several addresses, since
    // one address may hold only some. The error is a sentence.
    static base::Result<std::unique_ptr<Listeners>, std::string> open(std::uint16_t port,
                                                                      std::size_t count,
                                                                      const std::string& campaigns);
    ~Listeners();
    Listeners(const Listeners&) = delete;
    Listeners& operator=(const Listeners&) = delete;

    // Reads what has come; never waits.
    void drain();
    [[nodiscard]] std::size_t opened() const;  // streams that began
    [[nodiscard]] std::size_t ended() const;   // of them, by the server
    [[nodiscard]] std::uint64_t events() const;

  private:
    struct Impl;
    explicit Listeners(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::bench
