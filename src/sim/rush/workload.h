// Workload: one kind of people (or the operator) in a simulated sale. Small classes behind one
// interface; a spec says which of them take part, and with how many people.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rush/client.h"
#include "rush/payer.h"

namespace onsale::rush {

class Workload {
  public:
    virtual ~Workload() = default;
    virtual void start() = 0;
    // Everything it began has ended.
    [[nodiscard]] virtual bool idle() const = 0;
    // The disk is filling up: everybody wants something at once.
    virtual void hurry() {}
    // The site goes back to a former moment, or has done so.
    virtual void restored() {}
    // In the healed world: everybody asks for a code; then everybody asks for what they were told.
    virtual void last_wish() {}
    virtual void look_back() {}
};

struct CrowdParts {
    ClientParts client;
    std::uint64_t seed = 0;
    std::uint64_t first_person = 1;
    std::uint64_t people = 0;
    std::uint64_t actions = 0;  // of each
    std::function<std::string(std::uint64_t person)> token;
    std::optional<MoneyParts> money{};  // where the sale has banks
};

// Names of the crowds that make_crowd() knows.
[[nodiscard]] const std::vector<std::string_view>& crowd_names();
[[nodiscard]] std::unique_ptr<Workload> make_crowd(std::string_view name, CrowdParts parts);
// Those who pay: a sale with one of them has banks.
[[nodiscard]] const std::vector<std::string_view>& paying_crowd_names();
[[nodiscard]] std::unique_ptr<Workload> make_paying_crowd(std::string_view name, CrowdParts parts);

}  // namespace onsale::rush
