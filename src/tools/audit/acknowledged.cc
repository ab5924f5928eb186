#include "audit/internal/acknowledged.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace onsale::audit {
namespace {

constexpr std::array<std::string_view, 6> kColumns = {"key",    "person", "campaign",
                                                      "status", "order",  "code"};
using Places = std::array<std::size_t, kColumns.size()>;

void split(std::string_view line, std::vector<std::string_view>& cells) {
    cells.clear();
    while (true) {
        const auto comma = line.find(',');
        cells.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) return;
        line.remove_prefix(comma + 1);
    }
}

template <class Integer>
bool parse(std::string_view text, Integer& out) {
    if (text.empty()) return true;  // stays zero
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

std::optional<Places> places_of(const std::vector<std::string_view>& cells) {
    Places places{};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        const auto found = std::ranges::find(cells, kColumns[i]);
        if (found == cells.end()) return std::nullopt;
        places[i] = static_cast<std::size_t>(found - cells.begin());
    }
    return places;
}

std::optional<Answer> answer_from(const std::vector<std::string_view>& cells,
                                  const Places& places) {
    if (cells.size() <= *std::ranges::max_element(places)) return std::nullopt;
    Answer answer;
    answer.key = cells[places[0]];
    const bool numbers =
        parse(cells[places[1]], answer.person) && parse(cells[places[2]], answer.campaign) &&
        parse(cells[places[3]], answer.status) && parse(cells[places[4]], answer.order);
    if (!numbers) return std::nullopt;
    answer.has_code = !cells[places[5]].empty();
    return answer;
}

// Of one person in one campaign.
struct Tried {
    std::set<std::uint64_t> orders;            // acknowledged
    std::set<std::string_view> answered_keys;  // with an answer that settles the key
    std::set<std::string_view> unknown_keys;   // without one
};

void note(const Answer& answer, Tried& tried) {
    // 503 says that this request decided nothing, and nothing about one before it.
    if (answer.status == 503) return;
    const bool accepted = answer.status == 200 || answer.status == 201;
    const bool unknown = answer.status == 0 || answer.status >= 500;
    if (accepted) tried.orders.insert(answer.order);
    (unknown ? tried.unknown_keys : tried.answered_keys).insert(answer.key);
}

}  // namespace

base::Result<std::vector<Answer>, std::string> parse_answers(std::string_view text) {
    std::vector<Answer> answers;
    std::vector<std::string_view> cells;
    std::optional<Places> places;
    std::size_t line_number = 0;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        ++line_number;
        split(line, cells);
        if (!places) {
            places = places_of(cells);
            if (!places)
                return base::Unexpected{std::string(
                    "the first line does not name key, person, campaign, status, order, code")};
            continue;
        }
        const auto answer = answer_from(cells, *places);
        if (!answer) return base::Unexpected{fmt::format("line {} is not an answer", line_number)};
        answers.push_back(*answer);
    }
    return answers;
}

void check_answers(const std::vector<Answer>& answers, const FindOrder& find,
                   const CountOrders& count, Report& report) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, Tried> tried;
    for (const Answer& answer : answers) {
        report.checked(Clause::d4);
        note(answer, tried[{answer.person, answer.campaign}]);
        if (answer.status != 200 && answer.status != 201) continue;
        const Order* order = find(answer.order);
        if (order == nullptr) {
            report.breach(
                Clause::d4,
                fmt::format("order {} was acknowledged to person {} (key {}), but is not stored",
                            answer.order, answer.person, answer.key));
            continue;
        }
        if (order->person != answer.person || order->campaign != answer.campaign) {
            report.breach(Clause::d4, fmt::format("order {} was acknowledged to person {} in "
                                                  "campaign {}, stored is person {} in {}",
                                                  answer.order, answer.person, answer.campaign,
                                                  order->person, order->campaign));
        }
        if (answer.has_code && order->state != kCompleted && order->state != kRefunded) {
            report.breach(Clause::d4,
                          fmt::format("order {} was acknowledged with a code, stored is {}",
                                      answer.order, state_name(order->state)));
        }
    }
    // Nothing refused is stored: what is stored was acknowledged, or an answer to its key never
    // came.
    for (const auto& [who, what] : tried) {
        std::uint64_t possible = what.orders.size();
        for (const std::string_view key : what.unknown_keys)
            possible += what.answered_keys.contains(key) ? 0U : 1U;
        const std::uint64_t stored = count(who.first, who.second);
        report.checked(Clause::d4);
        if (stored > possible) {
            report.breach(Clause::d4, fmt::format("person {} has {} orders in campaign {}; {} were "
                                                  "acknowledged or may be unanswered",
                                                  who.first, stored, who.second, possible));
        }
    }
}

}  // namespace onsale::audit
