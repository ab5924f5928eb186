#include "seeds/report.h"

#include <algorithm>
#include <cstdio>

namespace onsale::seeds {
namespace {

std::string fixed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

void add_to(std::map<std::string, std::uint64_t>& sums,
            const std::map<std::string, std::uint64_t>& more) {
    for (const auto& [name, count] : more) sums[name] += count;
}

void append_text(std::string& json, std::string_view text) {
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    json += '"';
}

void append(std::string& json, std::string_view name, std::uint64_t number) {
    json += ",\"" + std::string(name) + "\":" + std::to_string(number);
}

void append(std::string& json, std::string_view name,
            const std::map<std::string, std::uint64_t>& counts) {
    json += ",\"" + std::string(name) + "\":{";
    for (const auto& [key, count] : counts) {
        if (json.back() != '{') json += ',';
        append_text(json, key);
        json += ':' + std::to_string(count);
    }
    json += '}';
}

void append_table(std::string& text, std::string_view title,
                  const std::map<std::string, std::uint64_t>& counts) {
    text += std::string(title) + '\n';
    for (const auto& [name, count] : counts) {
        text += "  " + name + std::string(28 - std::min<std::size_t>(27, name.size()), ' ') +
                (count == 0 ? "never" : std::to_string(count)) + '\n';
    }
}

}  // namespace

Report::Report(const specs::Names& names) {
    for (const auto name : names.faults) sums_.faults[std::string(name)] = 0;
    for (const auto name : names.workloads) sums_.workloads[std::string(name)] = 0;
}

void Report::add(const std::string& spec, std::uint64_t seed, const rush::SaleResult& result) {
    if (!result.failure.empty()) {
        if (failed() && failed_seed_ < seed) return;
        failed_seed_ = seed;
        failed_spec_ = spec;
        failure_ = result.failure;
        return;
    }
    ++green_;
    ++seeds_of_spec_[spec];
    digest_ += result.digest * (2 * seed + 1);
    sums_.steps += result.steps;
    sums_.commands += result.commands;
    sums_.answers += result.answers;
    sums_.orders += result.orders;
    sums_.receipts += result.receipts;
    sums_.snapshots += result.snapshots;
    add_to(sums_.faults, result.faults);
    add_to(sums_.workloads, result.workloads);
    add_to(sums_.money, result.money);
}

std::string Report::progress(std::uint64_t all, double seconds) const {
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = all == 0 ? kWidth : green_ * kWidth / all;
    const double rate = seconds > 0 ? static_cast<double>(green_) / seconds : 0;
    const double left = rate > 0 ? static_cast<double>(all - green_) / rate : 0;
    return '[' + std::string(filled, '#') + std::string(kWidth - filled, ' ') + "] " +
           std::to_string(green_) + " of " + std::to_string(all) + " seeds, " + fixed(rate * 60) +
           " a minute, " + fixed(left) + " s left";
}

std::string Report::repeat_command(std::string_view spec, std::uint64_t seed) {
    return "onsale-sim --spec " + std::string(spec) + " --from " + std::to_string(seed) +
           " --seeds 1";
}

std::string Report::text(double seconds) const {
    std::string text;
    if (failed())
        text += "seed " + std::to_string(failed_seed_) + " of spec " + failed_spec_ +
                " fails, beside " + std::to_string(green_) + " green seeds: " + failure_ +
                "\nrepeat it with: " + repeat_command(failed_spec_, failed_seed_) + '\n';
    const double rate = seconds > 0 ? static_cast<double>(green_) / seconds * 60 : 0;
    text += std::to_string(green_) + " seeds green in " + fixed(seconds) + " s (" + fixed(rate) +
            " a minute): " + std::to_string(sums_.commands) + " commands, " +
            std::to_string(sums_.answers) + " answers, " + std::to_string(sums_.orders) +
            " orders, " + std::to_string(sums_.receipts) + " receipts, " +
            std::to_string(sums_.snapshots) + " snapshots, " + std::to_string(sums_.steps) +
            " tasks\n";
    append_table(text, "faults", sums_.faults);
    append_table(text, "workloads (people; commands of the operator)", sums_.workloads);
    if (!sums_.money.empty()) append_table(text, "money (flows and orders)", sums_.money);
    append_table(text, "specs (seeds)", seeds_of_spec_);
    return text;
}

std::string Report::json(double seconds) const {
    std::string json = "{\"green\":" + std::to_string(green_) + ",\"seconds\":" + fixed(seconds);
    append(json, "digest", digest_);
    append(json, "commands", sums_.commands);
    append(json, "answers", sums_.answers);
    append(json, "orders", sums_.orders);
    append(json, "receipts", sums_.receipts);
    append(json, "snapshots", sums_.snapshots);
    append(json, "tasks", sums_.steps);
    append(json, "faults", sums_.faults);
    append(json, "workloads", sums_.workloads);
    append(json, "money", sums_.money);
    append(json, "specs", seeds_of_spec_);
    json += ",\"failure\":";
    if (!failed()) return json + "null}";
    json += "{\"seed\":" + std::to_string(failed_seed_) + ",\"spec\":";
    append_text(json, failed_spec_);
    json += ",\"what\":";
    append_text(json, failure_);
    json += ",\"repeat\":";
    append_text(json, repeat_command(failed_spec_, failed_seed_));
    return json + "}}";
}

}  // namespace onsale::seeds
