// Stage: makes what a trial sells, through the HTTP API as an operator would: people, sessions,
// campaigns, codes. Every trial gets new ones, so that none sees what the one before left. Belongs
// to one thread and blocks it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/client.h"

namespace onsale::trial {

struct People {
    std::uint64_t first = 1;
    std::uint64_t count = 0;
};

struct Offer {
    std::uint64_t sessions = 1;  // each with one campaign and one pool
    std::uint64_t stock = 0;     // of each
    bool codes = false;          // prepared codes, else numbers
    std::string price;           // of a ticket, in yuan ("80.00"); empty: free
};

// What is being done, how far, and how far it goes.
using Progress =
    std::function<void(const std::string& what, std::uint64_t done, std::uint64_t all)>;

class Stage {
  public:
    // `first_id`: ids from here on are this stage's own.
    Stage(http::Client& client, std::uint16_t port, std::string staff_token, std::uint64_t first_id)
        : client_(client),
          port_(port),
          token_(std::move(staff_token)),
          organiser_(first_id),
          next_id_(first_id + 1) {}

    // The errors are sentences.
    [[nodiscard]] base::Result<People, std::string> import_people(std::uint64_t count,
                                                                  const Progress& progress);
    // The campaigns' numbers, once buyers can see them.
    [[nodiscard]] base::Result<std::vector<std::uint64_t>, std::string> open_sale(
        const Offer& offer, const Progress& progress);

  private:
    struct Upload {
        http::Method method = http::Method::post;
        std::string path;
        std::string content_type;
        std::string body;
    };
    [[nodiscard]] base::Result<std::string, std::string> send(const Upload& upload);
    [[nodiscard]] base::Result<std::uint64_t, std::string> load_codes(std::uint64_t count,
                                                                      const Progress& progress);
    [[nodiscard]] base::Result<std::uint64_t, std::string> open_session(const Offer& offer,
                                                                        const Progress& progress);
    [[nodiscard]] base::Result<void, std::string> await(std::uint64_t campaign);

    http::Client& client_;
    const std::uint16_t port_;
    const std::string token_;
    const std::uint64_t organiser_;
    std::uint64_t next_id_;
};

}  // namespace onsale::trial
