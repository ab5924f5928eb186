#include <fmt/format.h>

#include <boost/json.hpp>
#include <iterator>
#include <optional>

#include "trial/report.h"

namespace onsale::trial {
namespace {

namespace json = boost::json;
using base::Unexpected;

struct Figure {
    const char* name;
    std::optional<double> (*value)(const json::object& run);
};

std::optional<double> number_at(const json::object& object, std::string_view pointer) {
    boost::system::error_code error;
    const json::value whole(object);
    const json::value* found = whole.find_pointer(pointer, error);
    if (error || found == nullptr || !found->is_number()) return std::nullopt;
    return found->to_number<double>(error);
}

std::optional<double> per_second(const json::object& run, std::string_view pointer) {
    const auto count = number_at(run, pointer);
    const auto elapsed = number_at(run, "/elapsed_us");
    if (!count || !elapsed || *elapsed <= 0) return std::nullopt;
    return *count * 1e6 / *elapsed;
}

std::optional<double> cpu_per_100000(const json::object& run, double cpu_us) {
    const auto sent = number_at(run, "/sent");
    if (!sent || *sent <= 0) return std::nullopt;
    return cpu_us / *sent / 10;
}

std::optional<double> server_cpu(const json::object& run) {
    const auto* threads = run.if_contains("server_cpu_us");
    if (threads == nullptr || !threads->is_object()) return std::nullopt;
    double sum = 0;
    for (const auto& [name, time] : threads->as_object()) {
        boost::system::error_code error;
        if (time.is_number()) sum += time.to_number<double>(error);
    }
    if (sum <= 0) return std::nullopt;
    return cpu_per_100000(run, sum);
}

constexpr Figure kFigures[] = {
    {"rate /s", [](const json::object& run) { return number_at(run, "/plan/rate"); }},
    {"accepted /s", [](const json::object& run) { return per_second(run, "/accepted"); }},
    {"refused /s", [](const json::object& run) { return per_second(run, "/refused"); }},
    {"reads /s", [](const json::object& run) { return per_second(run, "/reads"); }},
    {"failed", [](const json::object& run) { return number_at(run, "/failed"); }},
    {"sent late", [](const json::object& run) { return number_at(run, "/sent_late"); }},
    {"p50 us", [](const json::object& run) { return number_at(run, "/latency_us/p50"); }},
    {"p99 us", [](const json::object& run) { return number_at(run, "/latency_us/p99"); }},
    {"p99.9 us", [](const json::object& run) { return number_at(run, "/latency_us/p99_9"); }},
    {"max us", [](const json::object& run) { return number_at(run, "/latency_us/max"); }},
    {"generator CPU us/request",
     [](const json::object& run) {
         const auto cpu = number_at(run, "/generator_cpu_us");
         return cpu ? cpu_per_100000(run, *cpu * 10) : std::nullopt;
     }},
    {"server CPU us/request",
     [](const json::object& run) {
         const auto cpu = server_cpu(run);
         return cpu ? std::optional(*cpu * 10) : std::nullopt;
     }},
};

struct Read {
    json::object report;
    json::object last_run;
};

base::Result<Read, std::string> read(std::string_view text, const char* which) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    const auto* runs = error ? nullptr : value.find_pointer("/runs", error);
    if (error || runs == nullptr || !runs->is_array() || runs->as_array().empty() ||
        !runs->as_array().back().is_object())
        return Unexpected{fmt::format("{} is not a result of `onsale bench`", which)};
    Read read;
    read.last_run = runs->as_array().back().as_object();
    read.report = std::move(value).as_object();
    return read;
}

std::string text_at(const json::object& object, std::string_view pointer) {
    boost::system::error_code error;
    const json::value whole(object);
    const json::value* found = whole.find_pointer(pointer, error);
    if (error || found == nullptr || !found->is_string()) return {};
    return std::string(found->as_string());
}

}  // namespace

base::Result<std::string, std::string> compare(std::string_view a, std::string_view b) {
    ONSALE_TRY_ASSIGN(first, read(a, "the first file"));
    ONSALE_TRY_ASSIGN(second, read(b, "the second file"));
    std::string out;
    auto to = std::back_inserter(out);
    for (const char* what : {"/plan/scenario"}) {
        const std::string one = text_at(first.last_run, what);
        const std::string other = text_at(second.last_run, what);
        if (one != other) fmt::format_to(to, "different scenarios: {} and {}\n", one, other);
    }
    const auto processor = text_at(first.report, "/machine/processor");
    if (processor != text_at(second.report, "/machine/processor"))
        out += "different machines: ratios mean little\n";
    fmt::format_to(to, "{:<26}{:>14}{:>14}{:>9}\n", "", "A", "B", "B/A");
    const auto peak_a = number_at(first.report, "/peak_rate").value_or(0);
    const auto peak_b = number_at(second.report, "/peak_rate").value_or(0);
    if (peak_a > 0 && peak_b > 0)
        fmt::format_to(to, "{:<26}{:>14.0f}{:>14.0f}{:>9.3f}\n", "peak /s", peak_a, peak_b,
                       peak_b / peak_a);
    for (const Figure& figure : kFigures) {
        const auto one = figure.value(first.last_run);
        const auto other = figure.value(second.last_run);
        if (!one || !other || (*one == 0 && *other == 0)) continue;
        const std::string ratio = *one == 0 ? "-" : fmt::format("{:.3f}", *other / *one);
        fmt::format_to(to, "{:<26}{:>14.6g}{:>14.6g}{:>9}\n", figure.name, *one, *other, ratio);
    }
    return out;
}

}  // namespace onsale::trial
