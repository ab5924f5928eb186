#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "rehearsal/plot.h"
#include "rehearsal/report.h"

namespace onsale::rehearsal {
namespace {

constexpr std::string_view kStyle = R"(
:root{--ink:#1c2430;--soft:#5b6675;--paper:#f6f7f9;--card:#fff;--line:#dfe3e8;
--c0:#1769aa;--c1:#c2571a;--c2:#a3263f;
--good:#1f7a3d;--bad:#b3261e}
@media(prefers-color-scheme:dark){
:root{--ink:#e6eaf0;--soft:#a2adbb;--paper:#12161c;--card:#1b212a;--line:#333d4a;
--c0:#6db3f2;--c1:#f0a06a;--c2:#f28a9d;--good:#74cf92;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif}
main{max-width:1180px;margin:0 auto;padding:20px 16px 48px}
h1{font-size:1.5rem;margin:0 0 4px}h2{font-size:1.15rem;margin:28px 0 10px}
p{margin:0 0 10px}.soft{color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:16px 0}
.tile,.plot,.table{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px}
.tile b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:.86rem}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:5px 8px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}td.n{text-align:right;font-variant-numeric:tabular-nums}
.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
svg{width:100%;height:auto;display:block}
svg text{font:12px system-ui,sans-serif;fill:var(--soft)}
svg .title{font-size:14px;font-weight:600;fill:var(--ink)}
@media(max-width:520px){svg text{font-size:14px}svg .title{font-size:17px}}
.grid{stroke:var(--line)}.grid-fill{fill:var(--line)}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.line.c0{stroke:var(--c0)}.line.c1{stroke:var(--c1)}.line.c2{stroke:var(--c2)}
.fill.c0{fill:var(--c0)}.fill.c1{fill:var(--c1)}.fill.c2{fill:var(--c2)}
)";

template <class Value>
Series series(std::string name, const Figures& figures, Value&& value) {
    Series out{std::move(name), {}};
    for (const auto& slice : figures.slices()) out.values.push_back(value(slice));
    return out;
}

double per_second(std::uint64_t count, const Figures& figures) {
    return static_cast<double>(count) * 1e6 / static_cast<double>(figures.slice_us());
}

double milliseconds(std::uint64_t us) {
    return static_cast<double>(us) / 1000;
}

std::string sell_through(const Figures& figures, std::uint64_t free_before) {
    std::uint64_t taken = 0;
    LinePlot plot{"Sell-through, of what was free at the opening", "%", 0, 100, {}};
    plot.series.push_back(series("taken", figures, [&](const Slice& slice) {
        taken += slice.tickets;
        return percent(taken, free_before);
    }));
    plot.slice_s = static_cast<double>(figures.slice_us()) / 1e6;
    return draw(plot);
}

std::string answers(const Figures& figures) {
    LinePlot plot{"Answers to orders, a second", "", 0, 0, {}};
    plot.slice_s = static_cast<double>(figures.slice_us()) / 1e6;
    plot.series = {
        series("accepted", figures,
               [&](const Slice& s) { return per_second(s.accepted, figures); }),
        series("refused", figures, [&](const Slice& s) { return per_second(s.refused, figures); }),
        series("failed", figures, [&](const Slice& s) { return per_second(s.failed, figures); })};
    return draw(plot);
}

std::string waits(const Figures& figures) {
    LinePlot plot{"Wait for the answer to an order", "ms", 0, 0, {}};
    plot.slice_s = static_cast<double>(figures.slice_us()) / 1e6;
    plot.series = {
        series("p50", figures,
               [](const Slice& s) { return milliseconds(s.order_waits.percentile(5000)); }),
        series("p99", figures,
               [](const Slice& s) { return milliseconds(s.order_waits.percentile(9900)); })};
    return draw(plot);
}

std::string page_waits(const Figures& figures) {
    LinePlot plot{"Wait for the campaign's page", "ms", 0, 0, {}};
    plot.slice_s = static_cast<double>(figures.slice_us()) / 1e6;
    plot.series = {
        series("p50", figures,
               [](const Slice& s) { return milliseconds(s.look_waits.percentile(5000)); }),
        series("p99", figures,
               [](const Slice& s) { return milliseconds(s.look_waits.percentile(9900)); })};
    return draw(plot);
}

std::string bots(const Figures& figures) {
    const auto& people = figures.people();
    const auto& bots = figures.bots();
    return draw(BarPlot{
        "The bots' share",
        {{"of accounts", percent(bots.accounts, bots.accounts + people.accounts)},
         {"of orders sent", percent(bots.orders_sent, bots.orders_sent + people.orders_sent)},
         {"of tickets", percent(bots.tickets, bots.tickets + people.tickets)}}});
}

std::string by_arrival(const Figures& figures) {
    LinePlot plot{"People who got tickets, by when they came", "%", 0, 100, {}};
    plot.slice_s = static_cast<double>(figures.slice_us()) / 1e6;
    std::uint64_t most = 1;
    for (const auto& slice : figures.slices()) most = std::max(most, slice.arrived);
    plot.series = {
        series("got tickets", figures, [](const Slice& s) { return percent(s.served, s.arrived); }),
        series("arrivals, of the busiest time", figures,
               [&](const Slice& s) { return percent(s.arrived, most); })};
    return draw(plot);
}

std::string tile(std::string_view value, std::string_view name) {
    return fmt::format("<div class=\"tile\"><b>{}</b><span>{}</span></div>", escaped(value),
                       escaped(name));
}

std::string tiles(const Report& report, const Figures& figures) {
    const auto& people = figures.people();
    const auto& waits = figures.order_waits();
    return "<div class=\"tiles\">" +
           tile(fmt::format("{} of {}", figures.tickets(), report.circumstances.free_before),
                "tickets taken") +
           tile(fmt::format("{} of {}", people.accounts_served, people.accounts),
                "people with tickets") +
           tile(fmt::format("{:.1f} %", percent(figures.bots().tickets, figures.tickets())),
                "of the tickets went to bots") +
           tile(fmt::format("{:.1f} / {:.1f} ms", milliseconds(waits.percentile(5000)),
                            milliseconds(waits.percentile(9900))),
                "wait for an order, p50 / p99") +
           tile(std::to_string(figures.requests()), "requests") +
           tile(std::to_string(figures.failed()), "without a clear answer") + "</div>";
}

std::string checks(const Report& report) {
    std::string out = "<h2>Checks</h2><div class=\"table\"><table>";
    for (const auto& check : report.checks) {
        const bool good = check.verdict == Verdict::good;
        fmt::format_to(std::back_inserter(out),
                       "<tr><td class=\"{}\">{}</td><td>{}</td><td class=\"soft\">{}</td></tr>",
                       good ? "good" : "bad", good ? "good" : "WRONG", escaped(check.what),
                       escaped(check.detail));
    }
    return out + "</table></div>";
}

std::string refusals(const Figures& figures) {
    std::string out = "<h2>Refusals</h2><div class=\"table\"><table>";
    if (figures.refusals().empty()) out += "<tr><td>none</td></tr>";
    for (const auto& [code, count] : figures.refusals()) {
        fmt::format_to(std::back_inserter(out), "<tr><td>{}</td><td class=\"n\">{}</td></tr>",
                       escaped(code), count);
    }
    return out + "</table></div>";
}

std::string circumstances(const Circumstances& about) {
    return fmt::format(
        "<p class=\"soft\">Campaign {} · {} · {} people and {} bots in {} s · seed {} · the server "
        "used {:.1f} s of processor time · Onsale {}</p><p>A copy of the site was played on this "
        "machine, which the crowd shared with the server. {}People come in a burst that decays; "
        "their "
        "habits (reloads, second clicks, slow lines) are assumptions. {}</p>",
        about.campaign, escaped(about.made_at), about.audience.people, about.audience.bots,
        about.audience.duration_us / 1'000'000, about.audience.seed, about.server_cpu_s,
        escaped(about.version),
        about.beside_the_real_server
            ? "The real server ran beside it and came first: the copy had the processors at a low "
              "priority, so waits are longer than at a sale. "
            : "",
        about.paid ? "The tickets have a price: orders stay reserved, since nobody pays in a "
                     "rehearsal."
                   : "The tickets are free of charge: an order is final at once.");
}

}  // namespace

std::string to_html(const Report& report, const Figures& figures) {
    const auto& about = report.circumstances;
    std::string out = fmt::format(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>Rehearsal of {}</title>"
        "<style>{}</style></head><body><main><h1>Rehearsal: {}</h1>",
        escaped(about.campaign_name), kStyle, escaped(about.campaign_name));
    out += circumstances(about) + tiles(report, figures) + "<div class=\"plots\">";
    for (const auto& plot :
         {sell_through(figures, about.free_before), answers(figures), waits(figures),
          page_waits(figures), bots(figures), by_arrival(figures)}) {
        out += "<div class=\"plot\">" + plot + "</div>";
    }
    return out + "</div>" + checks(report) + refusals(figures) + "</main></body></html>\n";
}

}  // namespace onsale::rehearsal
