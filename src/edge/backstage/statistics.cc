// Statistics: of a session, of a period, and a person's own.
#include <algorithm>
#include <utility>

#include "answers/json_text.h"
#include "backstage/internal/figures.h"
#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "gate/ownership.h"
#include "statistics/exporter.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

constexpr std::size_t kRankingMax = 10;
constexpr std::size_t kTopPeopleMax = 100;
constexpr std::size_t kOwnPagesMax = 10;

struct TierFiguresBody {
    std::uint64_t tier = 0;
    std::optional<TextBody> name;
    std::uint64_t orders = 0;  // completed ones with this tier
    std::uint64_t tickets = 0;
    MoneyBody amount;
};
BOOST_DESCRIBE_STRUCT(TierFiguresBody, (), (tier, name, orders, tickets, amount))
struct TopPersonBody {
    std::uint64_t person = 0;
    std::string username;
    std::uint64_t orders = 0;
    std::uint64_t tickets = 0;
    MoneyBody amount;
};
BOOST_DESCRIBE_STRUCT(TopPersonBody, (), (person, username, orders, tickets, amount))
struct FiguresBody {
    std::uint64_t orders = 0;  // in whatever state
    std::uint64_t completed = 0;
    std::uint64_t reserved = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t expired = 0;
    std::uint64_t refunded = 0;
    std::uint64_t tickets = 0;  // of completed orders, like the amounts
    MoneyBody amount;
    std::optional<std::vector<MoneyBody>> other_amounts;
    std::string refund_rate;  // refunded of all orders that were ever completed: "0.0125"
};
BOOST_DESCRIBE_STRUCT(FiguresBody, (),
                      (orders, completed, reserved, cancelled, expired, refunded, tickets, amount,
                       other_amounts, refund_rate))
struct SessionFiguresBody : FiguresBody {
    std::uint64_t session = 0;
    std::vector<TierFiguresBody> tiers;
    std::vector<StepBody> hours;  // orders in whatever state, by creation
    std::optional<std::vector<TopPersonBody>> top_people;
};
BOOST_DESCRIBE_STRUCT(SessionFiguresBody, (FiguresBody), (session, tiers, hours, top_people))
struct RankedBody {
    std::uint64_t id = 0;
    std::optional<TextBody> name;          // of a show; of a session, its show's
    std::optional<std::string> starts_at;  // of a session
    std::uint64_t orders = 0;              // completed ones
    std::uint64_t tickets = 0;
    MoneyBody amount;
};
BOOST_DESCRIBE_STRUCT(RankedBody, (), (id, name, starts_at, orders, tickets, amount))
struct PeriodBody : FiguresBody {
    std::string from;
    std::string until;
    std::vector<RankedBody> shows;     // by tickets
    std::vector<RankedBody> sessions;  // likewise
    std::uint64_t step_seconds = 0;
    std::vector<StepBody> hours;  // by the day in a long period
};
BOOST_DESCRIBE_STRUCT(PeriodBody, (FiguresBody),
                      (from, until, shows, sessions, step_seconds, hours))
struct OwnTotalBody {
    std::uint64_t orders = 0;
    MoneyBody total;
    MoneyBody average;
};
BOOST_DESCRIBE_STRUCT(OwnTotalBody, (), (orders, total, average))
struct OwnFiguresBody {
    std::uint64_t orders = 0;
    std::uint64_t completed = 0;
    std::uint64_t tickets = 0;
    std::vector<OwnTotalBody> totals;  // of completed orders, one for each currency
    bool complete = true;              // false: only the newest thousand were looked at
};
BOOST_DESCRIBE_STRUCT(OwnFiguresBody, (), (orders, completed, tickets, totals, complete))

void put(FiguresBody& body, const Sums& sums) {
    using enum domain::OrderState;
    body.orders = sums.orders();
    body.completed = sums.orders(completed);
    body.reserved = sums.orders(reserved);
    body.cancelled = sums.orders(cancelled);
    body.expired = sums.orders(expired);
    body.refunded = sums.orders(refunded);
    body.tickets = sums.tickets();
    body.amount = sums.amount();
    body.other_amounts = sums.other_amounts();
    body.refund_rate = sums.refund_rate();
}

TextBody text_body(const catalog::Text& text) {
    return {text.zh, text.en};
}

// Figures come by time: neighbours of one time become one step.
void add_step(std::vector<StepBody>& steps, const statistics::Figure& figure) {
    const std::string at = base::to_rfc3339(figure.key.at);
    if (steps.empty() || steps.back().at != at) steps.push_back({at, 0, 0});
    steps.back().orders += static_cast<std::uint64_t>(figure.count.orders);
    steps.back().tickets += static_cast<std::uint64_t>(figure.count.tickets);
}

SessionFiguresBody body_of(const statistics::SessionFigures& figures,
                           const catalog::SessionEntry& session) {
    SessionFiguresBody body;
    body.session = session.definition->id.value();
    Sums whole;
    std::map<domain::TierId, Sums> tiers;
    for (const auto& figure : figures.totals)
        figure.key.tier == domain::TierId() ? whole.add(figure)
                                            : tiers[figure.key.tier].add(figure);
    put(body, whole);
    for (const auto& [id, sums] : tiers) {
        const auto* tier = session.find_tier(id);
        TierFiguresBody row{id.value(), std::nullopt, sums.orders(domain::OrderState::completed),
                            sums.tickets(), sums.amount()};
        if (tier != nullptr) row.name = text_body(tier->name);
        body.tiers.push_back(std::move(row));
    }
    for (const auto& figure : figures.hours) add_step(body.hours, figure);
    return body;
}

void fail_export(Call& call, const statistics::ExportError& error) {
    if (error.trouble == statistics::ExportTrouble::session_unknown)
        return call.fail(Code::session_unknown);
    call.fail(error.trouble == statistics::ExportTrouble::busy ? Code::busy : Code::internal_error);
}

void send_with_top(Call call, SessionFiguresBody body, std::size_t top) {
    auto& exporter = call.api.context.exporter;
    env::Executor& home = call.home();
    const domain::SessionId session(body.session);
    exporter.top_people(
        session, top, home,
        [call = std::move(call), body = std::move(body)](statistics::Exporter::Top people) mutable {
            if (!people) return fail_export(call, people.error());
            body.top_people.emplace();
            for (const auto& one : *people) {
                body.top_people->push_back(
                    {one.person.value(),
                     one.name,
                     one.orders,
                     one.tickets,
                     {one.amount.minor, std::string(to_string(one.amount.currency))}});
            }
            call.send(200, http::to_json(body));
        });
}

void of_session(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    const auto session =
        id ? call.api.context.catalog.directory()->find_session(domain::SessionId(*id)) : nullptr;
    if (session == nullptr) return call.fail(Code::session_unknown);
    const auto top = number_query(call, {"top", 0, 0, kTopPeopleMax});
    if (!top) return;
    auto& reader = call.api.context.statistics;
    env::Executor& home = call.home();
    reader.session(session->definition->id, home,
                   [call = std::move(call), session,
                    top = *top](const statistics::StatisticsReader::OfSession& figures) mutable {
                       if (!figures) return call.fail(figures.error());
                       auto body = body_of(*figures, *session);
                       if (top == 0) return call.send(200, http::to_json(body));
                       send_with_top(std::move(call), std::move(body), top);
                   });
}

// A moment of the query; nothing, and the call is answered, when it is none.
std::optional<base::Timestamp> moment_query(Call& call, std::string_view name,
                                            base::Timestamp otherwise) {
    const auto text = call.request.query_value(name);
    if (!text) return otherwise;
    const auto time = base::parse_rfc3339(*text);
    if (!time) call.fail_field(name, "is not a time such as 2026-11-20T12:00:00Z");
    return time;
}

// Whole hours; nothing, and the call is answered, when the question makes no sense.
std::optional<statistics::Period> period_query(Call& call) {
    const auto next_hour =
        statistics::hour_of(call.api.context.clock.wall_now()) + statistics::kHour;
    const auto until = moment_query(call, "until", next_hour);
    if (!until) return std::nullopt;
    const auto from = moment_query(call, "from", *until - base::Duration::days(7));
    if (!from) return std::nullopt;
    statistics::Period period{statistics::hour_of(*from), statistics::hour_of(*until)};
    if (period.until < *until) period.until = period.until + statistics::kHour;
    const bool sensible =
        period.from < period.until && period.until - period.from <= statistics::kPeriodMax;
    if (sensible) return period;
    call.fail_field("until", "is not after `from`, or by more than 366 days");
    return std::nullopt;
}

// The organisers whose sales are asked for; nothing in `all`: everybody's.
struct Scope {
    std::optional<std::vector<std::uint64_t>> all;
    [[nodiscard]] bool holds(std::uint64_t organiser) const {
        return !all || std::ranges::find(*all, organiser) != all->end();
    }
};
std::optional<Scope> scope_query(Call& call) {
    const auto organiser = number_query(call, {"organiser", 0, 1, domain::kIdMax});
    if (!organiser) return std::nullopt;
    if (*organiser == 0) return Scope{organisers_of(call)};
    if (may_act_for(call, *organiser)) return Scope{std::vector{*organiser}};
    call.fail(Code::not_your_organiser);
    return std::nullopt;
}

// The best sold ones, by tickets.
std::vector<RankedBody> ranking(std::vector<RankedBody> all) {
    std::ranges::sort(all, [](const RankedBody& a, const RankedBody& b) {
        return a.tickets != b.tickets ? a.tickets > b.tickets : a.id < b.id;
    });
    std::erase_if(all, [](const RankedBody& row) { return row.tickets == 0; });
    if (all.size() > kRankingMax) all.resize(kRankingMax);
    return all;
}

RankedBody ranked(std::uint64_t id, const catalog::SessionEntry& session, const Sums& sums) {
    return {id,
            text_body(session.show->name),
            std::nullopt,
            sums.orders(domain::OrderState::completed),
            sums.tickets(),
            sums.amount()};
}

struct Ranked {
    Sums sums;
    catalog::SharedSession session;
};

PeriodBody body_of(const statistics::PeriodFigures& figures, const statistics::Period& period,
                   const catalog::Directory& directory, const Scope& scope) {
    PeriodBody body;
    body.from = base::to_rfc3339(period.from);
    body.until = base::to_rfc3339(period.until);
    body.step_seconds = static_cast<std::uint64_t>(period.step().count_ms() / 1000);
    Sums whole;
    std::map<std::uint64_t, Ranked> shows;
    std::map<std::uint64_t, Ranked> sessions;
    const auto session_of = [&](domain::CampaignId campaign) {
        auto session = directory.session_of(campaign);
        return session && scope.holds(session->organiser->id.value()) ? session : nullptr;
    };
    for (const auto& figure : figures.campaigns) {
        const auto session = session_of(figure.key.campaign);
        // What the catalogue does not know counts where nobody's sales are left out.
        if (session == nullptr && scope.all) continue;
        whole.add(figure);
        if (session == nullptr) continue;
        auto& by_show = shows[session->show->id.value()];
        by_show.session = session;
        by_show.sums.add(figure);
        auto& by_session = sessions[session->definition->id.value()];
        by_session.session = session;
        by_session.sums.add(figure);
    }
    put(body, whole);
    for (const auto& [id, entry] : shows)
        body.shows.push_back(ranked(id, *entry.session, entry.sums));
    for (const auto& [id, entry] : sessions) {
        body.sessions.push_back(ranked(id, *entry.session, entry.sums));
        body.sessions.back().starts_at = base::to_rfc3339(entry.session->definition->starts_at);
    }
    body.shows = ranking(std::move(body.shows));
    body.sessions = ranking(std::move(body.sessions));
    for (const auto& figure : figures.steps) {
        if (!scope.all || session_of(figure.key.campaign) != nullptr) add_step(body.hours, figure);
    }
    return body;
}

void of_period(Call call) {
    const auto scope = scope_query(call);
    if (!scope) return;
    const auto period = period_query(call);
    if (!period) return;
    auto& reader = call.api.context.statistics;
    env::Executor& home = call.home();
    reader.period(*period, home,
                  [call = std::move(call), period = *period,
                   scope = *scope](const statistics::StatisticsReader::OfPeriod& figures) mutable {
                      if (!figures) return call.fail(figures.error());
                      const auto directory = call.api.context.catalog.directory();
                      call.send(200, http::to_json(body_of(*figures, period, *directory, scope)));
                  });
}

// A person's own orders, page after page.
struct OwnFigures {
    Call call;
    OwnFiguresBody body;
    std::size_t pages = 0;

    void add(const domain::Order& order) {
        ++body.orders;
        if (order.state != domain::OrderState::completed) return;
        ++body.completed;
        body.tickets += order.quantity();
        const auto amount = order.amount();
        const std::string currency(to_string(amount.currency));
        auto row = std::ranges::find_if(
            body.totals, [&](const auto& total) { return total.total.currency == currency; });
        if (row == body.totals.end())
            row = body.totals.insert(row, {0, {0, currency}, {0, currency}});
        ++row->orders;
        row->total.minor += amount.minor;
    }
    void answer() {
        for (auto& row : body.totals)
            row.average.minor = row.total.minor / static_cast<std::int64_t>(row.orders);
        call.send(200, http::to_json(body));
    }
};

void next_own_page(std::shared_ptr<OwnFigures> own, domain::OrderId before) {
    auto& service = own->call.api.context.orders;
    env::Executor& home = own->call.home();
    const orders::OrderService::ListRequest request{own->call.person(), before,
                                                    orders::kOrdersPerPageMax, std::nullopt};
    service.list(request, home, [own](const orders::OrderService::Listed& page) {
        if (!page) return own->call.fail(page.error());
        for (const auto& order : page->orders) own->add(order);
        own->body.complete = !page->next;
        if (page->next && ++own->pages < kOwnPagesMax) return next_own_page(own, *page->next);
        own->answer();
    });
}

void of_me(Call call) {
    next_own_page(std::make_shared<OwnFigures>(OwnFigures{std::move(call), {}}), domain::OrderId());
}

http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "statistics";
    operation.summary = std::move(summary);
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_statistics_routes(http::Router& router, const SharedApi& api) {
    auto session = operation_of("getSessionStatistics", "What a session has sold",
                                http::schema_of<SessionFiguresBody>());
    session.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    session.query_parameters = {{"top",
                                 "This many people with the most tickets; looks at every order",
                                 false, R"({"type":"integer","maximum":100})"}};
    session.errors.push_back("session_unknown");
    add_route(router, api, RouteId::get_session_statistics, std::move(session), of_session);

    auto period = operation_of("getStatistics",
                               "Orders of a period by creation, best sold shows and sessions",
                               http::schema_of<PeriodBody>());
    period.query_parameters = {
        {"from", "A time, cut to its hour; a week before `until` when absent", false},
        {"until", "A time; now when absent; at most 366 days after `from`", false},
        {"organiser", "Only this organiser's", false, R"({"type":"integer","format":"int64"})"}};
    period.errors.push_back("not_your_organiser");
    add_route(router, api, RouteId::get_statistics, std::move(period), of_period);

    add_route(router, api, RouteId::get_own_statistics,
              operation_of("getOwnStatistics", "One's own orders: count, total and average",
                           http::schema_of<OwnFiguresBody>()),
              of_me);
}

}  // namespace onsale::backstage
