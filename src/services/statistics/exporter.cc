#include "statistics/exporter.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "orders/reader.h"
#include "statistics/internal/codes.h"

namespace onsale::statistics {
namespace {

using base::Unexpected;
using Done = base::Result<void, ExportError>;

constexpr std::size_t kOrdersPerPart = 2000;
constexpr std::size_t kExaminedPerPart = 200'000;

constexpr std::array kResultColumns = {
    Column{"person", "Person", "用户编号", 14}, Column{"username", "Username", "用户名", 18},
    Column{"tier", "Tier", "票种编号", 12},     Column{"tier_name", "Tier name", "票种", 18},
    Column{"order", "Order", "订单号", 16},     Column{"ticket", "Ticket", "电子票号", 18},
    Column{"code", "Code", "券码", 26},         Column{"at", "Time (UTC)", "时间(UTC)", 20},
    Column{"state", "State", "状态", 12},
};
constexpr std::array kOrderColumns = {
    Column{"order", "Order", "订单号", 16},
    Column{"person", "Person", "用户编号", 14},
    Column{"username", "Username", "用户名", 18},
    Column{"campaign", "Campaign", "活动编号", 12},
    Column{"campaign_name", "Campaign name", "抢票活动", 24},
    Column{"state", "State", "状态", 12},
    Column{"tickets", "Tickets", "票数", 8},
    Column{"amount", "Amount", "金额", 12},
    Column{"currency", "Currency", "币种", 8},
    Column{"created_at", "Created (UTC)", "下单时间(UTC)", 20},
    Column{"changed_at", "Changed (UTC)", "变更时间(UTC)", 20},
};

std::string name_of(domain::OrderState state, Language language) {
    const bool zh = language == Language::zh;
    switch (state) {
        case domain::OrderState::reserved:
            return zh ? "已预占" : "reserved";
        case domain::OrderState::completed:
            return zh ? "已完成" : "completed";
        case domain::OrderState::cancelled:
            return zh ? "已取消" : "cancelled";
        case domain::OrderState::expired:
            return zh ? "已过期" : "expired";
        case domain::OrderState::refunded:
            return zh ? "已退款" : "refunded";
        case domain::OrderState::paid:
            return zh ? "已支付" : "paid";
        case domain::OrderState::failed:
            return zh ? "支付失败" : "failed";
        case domain::OrderState::refunding:
            return zh ? "退款中" : "refunding";
    }
    return {};
}

std::string name_of(base::Currency currency) {
    switch (currency) {
        case base::Currency::cny:
            return "CNY";
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
    }
    return {};
}

const std::string& in(Language language, const catalog::Text& text) {
    return language == Language::zh ? text.zh : text.en;
}

ExportError failed(const sql::SqlError& error) {
    if (error.code == sql::ErrorCode::busy) return {ExportTrouble::busy, error.message};
    return {ExportTrouble::failed, error.message};
}
ExportError failed(const records::StoreError& error) {
    if (error.trouble == records::StoreTrouble::busy) return {ExportTrouble::busy, error.message};
    return {ExportTrouble::failed, error.message};
}

// A file that is being sent.
struct Sending {
    Sending(std::string b, std::shared_ptr<SendingBytes> a)
        : bytes(std::move(b)), all(std::move(a)) {
        all->fetch_add(bytes.size());
    }
    ~Sending() { all->fetch_sub(bytes.size()); }
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;

    const std::string bytes;
    const std::shared_ptr<SendingBytes> all;
};

// One export, on the exports thread.
struct Run {
    const ExporterParts& parts;
    const std::atomic<bool>& stopping;
    sql::Connection& connection;
    ExportRequest request;
    catalog::SharedSession session;

    // Calls `part` with the orders that are wanted and their people's names, piece by piece.
    template <class Part>
    Done each_part(Part part);
    [[nodiscard]] std::unique_ptr<TableWriter> writer(std::span<const Column> columns,
                                                      std::string_view name) const;
    [[nodiscard]] Done count_row();
    [[nodiscard]] bool is_wanted(const domain::Order& order) const;
    Done write_tickets(const domain::Order& order, const std::string& name, Codes& codes,
                       TableWriter& table);
    void write_order(const domain::Order& order, const std::string& name, TableWriter& table);

    base::Result<ExportFile, ExportError> finish(TableWriter& table) const;
    base::Result<ExportFile, ExportError> results();
    base::Result<ExportFile, ExportError> orders();
    Exporter::Top top_people(std::size_t max);

    std::shared_ptr<SendingBytes> sending;  // for files
    std::uint64_t rows = 0;
};

ExportError too_much_is_sent() {
    return {ExportTrouble::busy, "too many exports are being sent"};
}

std::vector<domain::PersonId> people_of(const std::vector<domain::Order>& orders) {
    std::vector<domain::PersonId> people;
    people.reserve(orders.size());
    for (const auto& order : orders) people.push_back(order.person);
    return people;
}

template <class Part>
Done Run::each_part(Part part) {
    auto transaction = sql::Transaction::begin(connection);  // one snapshot for all parts
    if (!transaction) return Unexpected{failed(transaction.error())};
    orders::SessionQuery query;
    query.session = request.session;
    query.campaign = request.campaign;
    query.state = request.state;
    query.max = kOrdersPerPart;
    query.examined_max = kExaminedPerPart;
    do {
        if (stopping) return Unexpected{ExportError{ExportTrouble::stopping, {}}};
        auto found = orders::orders_of_session(connection, query);
        if (!found) return Unexpected{failed(found.error())};
        std::erase_if(found->orders, [this](const auto& order) { return !is_wanted(order); });
        if (!found->orders.empty()) ONSALE_TRY(part(found->orders));
        query.beyond = found->next;
    } while (query.beyond);
    return {};
}

bool Run::is_wanted(const domain::Order& order) const {
    if (request.from && order.created_at < *request.from) return false;
    return !request.until || order.created_at < *request.until;
}

std::unique_ptr<TableWriter> Run::writer(std::span<const Column> columns,
                                         std::string_view name) const {
    switch (request.format) {
        case Format::csv:
            return make_csv_writer(columns, request.language);
        case Format::json:
            return make_json_writer(columns, name);
        case Format::xlsx:
            break;
    }
    return make_xlsx_writer(columns, request.language, parts.folder);
}

Done Run::count_row() {
    const auto most = request.format == Format::xlsx ? kXlsxRowsMax : kTextRowsMax;
    if (++rows <= most) return {};
    return Unexpected{
        ExportError{ExportTrouble::too_many_rows, "more than " + std::to_string(most) + " rows"}};
}

Done Run::write_tickets(const domain::Order& order, const std::string& name, Codes& codes,
                        TableWriter& table) {
    // What was issued stays in the list, whatever has become of it since.
    auto issued = order;
    issued.state = domain::OrderState::completed;
    const bool refunded = order.state == domain::OrderState::refunded;
    const bool voided = session->status.cancelled;
    for (const auto& ticket : tickets::tickets_of(issued, *session)) {
        if (request.tier && ticket.tier != *request.tier) continue;
        ONSALE_TRY(count_row());
        ONSALE_TRY_ASSIGN(code, codes.code_of(ticket));
        const auto* tier = session->find_tier(ticket.tier);
        const std::array<Cell, kResultColumns.size()> cells = {
            order.person.value(),
            name,
            ticket.tier.value(),
            tier == nullptr ? std::string() : in(request.language, tier->name),
            order.id.value(),
            ticket.id.value(),
            std::move(code),
            order.created_at,
            std::string(refunded ? "refunded" : (voided ? "void" : "effective"))};
        table.row(cells);
    }
    return {};
}

void Run::write_order(const domain::Order& order, const std::string& name, TableWriter& table) {
    const auto* campaign = session->find_campaign(order.campaign);
    const auto amount = order.amount();
    const std::array<Cell, kOrderColumns.size()> cells = {
        order.id.value(),
        order.person.value(),
        name,
        order.campaign.value(),
        campaign == nullptr ? std::string() : in(request.language, campaign->name),
        name_of(order.state, request.format == Format::json ? Language::en : request.language),
        std::uint64_t{order.quantity()},
        amount,
        name_of(amount.currency),
        order.created_at,
        order.changed_at};
    table.row(cells);
}

base::Result<ExportFile, ExportError> Run::finish(TableWriter& table) const {
    auto bytes = table.finish();
    if (!bytes) return Unexpected{ExportError{ExportTrouble::failed, bytes.error()}};
    // Only this thread adds to the sum, so it cannot grow between here and there.
    const auto others = sending->load();
    if (others != 0 && others + bytes->size() > parts.sending_bytes_max)
        return Unexpected{too_much_is_sent()};
    const auto file = std::make_shared<const Sending>(std::move(*bytes), sending);
    return ExportFile{{file, &file->bytes}, rows};
}

// True for orders that have yielded tickets.
bool has_issued(const domain::Order& order) {
    return domain::has_tickets(order.state) || order.state == domain::OrderState::refunded;
}

base::Result<ExportFile, ExportError> Run::results() {
    const auto table = writer(kResultColumns, "results");
    Codes codes(parts.vault);
    const auto write = [&](std::vector<domain::Order>& part) -> Done {
        std::erase_if(part, [](const auto& order) { return !has_issued(order); });
        const auto names = parts.names.names_of(people_of(part));
        if (!names) return Unexpected{failed(names.error())};
        for (std::size_t i = 0; i < part.size(); ++i)
            ONSALE_TRY(write_tickets(part[i], (*names)[i], codes, *table));
        return {};
    };
    ONSALE_TRY(each_part(write));
    return finish(*table);
}

base::Result<ExportFile, ExportError> Run::orders() {
    const auto table = writer(kOrderColumns, "orders");
    const auto write = [&](const std::vector<domain::Order>& part) -> Done {
        const auto names = parts.names.names_of(people_of(part));
        if (!names) return Unexpected{failed(names.error())};
        for (std::size_t i = 0; i < part.size(); ++i) {
            ONSALE_TRY(count_row());
            write_order(part[i], (*names)[i], *table);
        }
        return {};
    };
    ONSALE_TRY(each_part(write));
    return finish(*table);
}

Exporter::Top Run::top_people(std::size_t max) {
    boost::unordered_flat_map<std::uint64_t, TopPerson> people;
    request.state = domain::OrderState::completed;
    const auto add_up = [&](const std::vector<domain::Order>& part) -> Done {
        for (const auto& order : part) {
            auto& entry = people[order.person.value()];
            const auto amount = order.amount();
            if (entry.orders++ == 0) entry = {order.person, {}, 1, 0, {0, amount.currency}};
            entry.tickets += order.quantity();
            if (amount.currency == entry.amount.currency) entry.amount.minor += amount.minor;
        }
        return {};
    };
    ONSALE_TRY(each_part(add_up));
    std::vector<TopPerson> all;
    all.reserve(people.size());
    for (const auto& [number, entry] : people) all.push_back(entry);
    const auto is_ahead = [](const TopPerson& a, const TopPerson& b) {
        return a.tickets != b.tickets ? a.tickets > b.tickets : a.person < b.person;
    };
    const std::size_t kept = std::min(max, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                      is_ahead);
    all.resize(kept);
    std::vector<domain::PersonId> numbers;
    for (const auto& entry : all) numbers.push_back(entry.person);
    const auto names = parts.names.names_of(numbers);
    if (!names) return Unexpected{failed(names.error())};
    for (std::size_t i = 0; i < all.size(); ++i) all[i].name = (*names)[i];
    return all;
}

// Runs `work` on the exports thread with what a Run needs.
template <class Value, class Work>
void ask(const ExporterParts& parts, const std::atomic<bool>& stopping,
         const ExportRequest& request, env::Executor& home, base::UniqueFunction<void(Value)> reply,
         Work work) {
    parts.exports.ask<Value>(
        home,
        [&parts, &stopping, request, work](sql::Connection& connection) -> Value {
            const auto session = parts.catalog.directory()->find_session(request.session);
            if (session == nullptr)
                return Unexpected{ExportError{ExportTrouble::session_unknown, {}}};
            Run run{parts, stopping, connection, request, session};
            return work(run);
        },
        std::move(reply), Unexpected{ExportError{ExportTrouble::busy, "too many exports wait"}});
}

using FileResult = base::Result<ExportFile, ExportError>;

// A file, unless so much is being sent that there would be no room for it.
template <class Make>
FileResult made(Run& run, const std::shared_ptr<SendingBytes>& sending, Make make) {
    run.sending = sending;
    if (sending->load() >= run.parts.sending_bytes_max) return Unexpected{too_much_is_sent()};
    return make();
}

}  // namespace

void Exporter::results(const ExportRequest& request, env::Executor& home, Reply reply) {
    ask<FileResult>(parts_, stopping_, request, home, std::move(reply),
                    [sending = sending_](Run& run) {
                        return made(run, sending, [&run] { return run.results(); });
                    });
}

void Exporter::orders(const ExportRequest& request, env::Executor& home, Reply reply) {
    ask<FileResult>(parts_, stopping_, request, home, std::move(reply),
                    [sending = sending_](Run& run) {
                        return made(run, sending, [&run] { return run.orders(); });
                    });
}

void Exporter::top_people(domain::SessionId session, std::size_t max, env::Executor& home,
                          base::UniqueFunction<void(Top)> reply) {
    ExportRequest request;
    request.session = session;
    ask<Top>(parts_, stopping_, request, home, std::move(reply),
             [max](Run& run) { return run.top_people(max); });
}

}  // namespace onsale::statistics
