#include <fmt/format.h>

#include <iterator>

#include "rehearsal/report.h"

namespace onsale::rehearsal {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        if (static_cast<unsigned char>(letter) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(letter));
        } else {
            out += letter;
        }
    }
    return out + "\"";
}

std::string group(const Group& group) {
    return fmt::format(
        R"({{"accounts":{},"orders_sent":{},"accepted":{},"tickets":{},"accounts_served":{}}})",
        group.accounts, group.orders_sent, group.accepted, group.tickets, group.accounts_served);
}

std::string waits(const bench::Histogram& waits) {
    return fmt::format(R"({{"count":{},"p50":{},"p99":{},"max":{}}})", waits.count(),
                       waits.percentile(5000), waits.percentile(9900), waits.max());
}

std::string slice(const Slice& slice) {
    return fmt::format(
        R"({{"arrived":{},"served":{},"looks":{},"accepted":{},"repeated":{},"refused":{},)"
        R"("failed":{},"tickets":{},"look_wait_us":{},"order_wait_us":{}}})",
        slice.arrived, slice.served, slice.looks, slice.accepted, slice.repeated, slice.refused,
        slice.failed, slice.tickets, waits(slice.look_waits), waits(slice.order_waits));
}

template <class Items, class Write>
std::string list(const Items& items, Write&& write) {
    std::string out = "[";
    for (const auto& item : items) {
        if (out.size() > 1) out += ',';
        out += write(item);
    }
    return out + "]";
}

}  // namespace

double percent(std::uint64_t part, std::uint64_t all) {
    return all == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(all);
}

std::string to_json(const Report& report, const Figures& figures) {
    const auto& about = report.circumstances;
    std::string refusals;
    for (const auto& [code, count] : figures.refusals()) {
        if (!refusals.empty()) refusals += ',';
        refusals += quoted(code) + ":" + std::to_string(count);
    }
    std::string out = fmt::format(
        R"({{"campaign":{},"name":{},"made_at":{},"version":{},"seed":{},"asked":{{"people":{},)"
        R"("bots":{},"duration_s":{},"peak_per_second":{}}},"free_before":{},"paid":{},)"
        R"("beside_the_real_server":{},)",
        about.campaign, quoted(about.campaign_name), quoted(about.made_at), quoted(about.version),
        about.audience.seed, about.audience.people, about.audience.bots,
        about.audience.duration_us / 1'000'000, about.audience.peak_per_second, about.free_before,
        about.paid, about.beside_the_real_server);
    fmt::format_to(std::back_inserter(out),
                   R"("requests":{},"accepted":{},"tickets":{},"refused":{},"failed":{},)"
                   R"("second_clicks":{},"doubled":{},"server_cpu_s":{:.2f},)",
                   figures.requests(), figures.accepted(), figures.tickets(), figures.refused(),
                   figures.failed(), figures.second_clicks(), figures.doubled(),
                   about.server_cpu_s);
    fmt::format_to(
        std::back_inserter(out),
        R"("refusals":{{{}}},"people":{},"bots":{},"look_wait_us":{},"order_wait_us":{},)",
        refusals, group(figures.people()), group(figures.bots()), waits(figures.look_waits()),
        waits(figures.order_waits()));
    out += "\"checks\":" + list(report.checks, [](const Check& check) {
               return fmt::format(R"({{"what":{},"good":{},"detail":{}}})", quoted(check.what),
                                  check.verdict == Verdict::good, quoted(check.detail));
           });
    fmt::format_to(std::back_inserter(out),
                   ",\"slice_s\":{},\"slices\":", figures.slice_us() / 1'000'000);
    return out + list(figures.slices(), slice) + "}\n";
}

}  // namespace onsale::rehearsal
