// /api/v1/ledger/payables, also as .csv and .xlsx: what organisers are owed. Operators see those
// that they act for, administrators all.
#include <map>
#include <utility>

#include "finance/internal/ledger_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"
#include "gate/ownership.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

using ledger::TableFormat;

// One answer; the files have all of them.
constexpr std::size_t kPayablesShownMax = 1000;

struct PayableBody {
    std::uint64_t organiser = 0;
    NameBody name;
    std::uint64_t session = 0;
    NameBody show;
    std::optional<std::string> starts_at;
    std::string currency;
    std::int64_t orders = 0;
    std::int64_t sold = 0;
    std::int64_t refunded = 0;
    std::int64_t fees = 0;
    std::int64_t owed = 0;
};
BOOST_DESCRIBE_STRUCT(PayableBody, (),
                      (organiser, name, session, show, starts_at, currency, orders, sold, refunded,
                       fees, owed))
struct PayableSumBody {
    std::string currency;
    std::int64_t orders = 0;
    std::int64_t sold = 0;
    std::int64_t refunded = 0;
    std::int64_t fees = 0;
    std::int64_t owed = 0;
};
BOOST_DESCRIBE_STRUCT(PayableSumBody, (), (currency, orders, sold, refunded, fees, owed))
struct PayablesBody {
    std::vector<PayableBody> payables;
    std::vector<PayableSumBody> sums;  // of all rows, shown or not
    bool complete = true;              // false: only the files have all rows
};
BOOST_DESCRIBE_STRUCT(PayablesBody, (), (payables, sums, complete))

PayableBody payable_body(const Call& call, const catalog::Directory& directory,
                         const ledger::Payable& row) {
    PayableBody body;
    body.organiser = row.organiser.value();
    body.name = organiser_name(call, body.organiser).value_or(NameBody{});
    body.session = row.session.value();
    if (const auto session = directory.find_session(row.session)) {
        body.show = {session->show->name.zh, session->show->name.en};
        body.starts_at = base::to_rfc3339(session->definition->starts_at);
    }
    body.currency = ledger::to_string(row.currency);
    body.orders = row.orders;
    body.sold = row.sold;
    body.refunded = row.refunded;
    body.fees = row.fees;
    body.owed = row.owed();
    return body;
}

PayablesBody payables_body(const Call& call, const std::vector<ledger::Payable>& rows) {
    const auto directory = call.api.context.catalog.directory();
    PayablesBody body;
    std::map<std::string, PayableSumBody> sums;
    for (const auto& row : rows) {
        const std::string currency(ledger::to_string(row.currency));
        PayableSumBody& sum = sums[currency];
        sum.currency = currency;
        sum.orders += row.orders;
        sum.sold += row.sold;
        sum.refunded += row.refunded;
        sum.fees += row.fees;
        sum.owed += row.owed();
        if (body.payables.size() < kPayablesShownMax)
            body.payables.push_back(payable_body(call, *directory, row));
    }
    for (auto& [currency, sum] : sums) body.sums.push_back(std::move(sum));
    body.complete = body.payables.size() == rows.size();
    return body;
}

// Whose payables the caller may see and wants to see. False: the call is answered.
bool read_filter(Call& call, ledger::OrganiserFilter& filter) {
    const auto organiser = number_query(call, {"organiser", 0, 1, domain::kIdMax});
    if (!organiser) return false;
    if (*organiser != 0) {
        filter = {domain::OrganiserId(*organiser)};
        if (may_act_for(call, *organiser)) return true;
        call.fail(Code::not_your_organiser);
        return false;
    }
    const auto own = organisers_of(call);
    if (!own) return true;
    filter.emplace();
    for (const auto id : *own) filter->push_back(domain::OrganiserId(id));
    return true;
}

void list(Call call) {
    ledger::OrganiserFilter filter;
    if (!read_filter(call, filter)) return;
    auto& reader = call.api.context.ledger;
    env::Executor& home = call.home();
    auto reply = [call = std::move(call)](const ledger::LedgerReader::Payables& rows) mutable {
        if (!rows) return call.fail(rows.error());
        call.send(200, http::to_json(payables_body(call, *rows)));
    };
    reader.payables(std::move(filter), home, std::move(reply));
}

FileKind kind_of(TableFormat format) {
    if (format == TableFormat::csv) return {"payables.csv", "text/csv; charset=utf-8"};
    return {"payables.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
}

void file(Call call, TableFormat format) {
    ledger::OrganiserFilter filter;
    if (!read_filter(call, filter)) return;
    const auto language = file_language(call);
    if (!language) return;
    auto& reader = call.api.context.ledger;
    env::Executor& home = call.home();
    auto reply = [call = std::move(call), format](ledger::LedgerReader::File made) mutable {
        if (!made) return call.fail(made.error());
        send_file(std::move(call), kind_of(format), std::move(*made));
    };
    reader.payable_file(std::move(filter), {format, *language, {}}, home, std::move(reply));
}

http::Operation operation_of(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "ledger";
    operation.summary = std::move(summary);
    operation.query_parameters = {
        {"organiser", "Only this organiser's", false, R"({"type":"integer","format":"int64"})"}};
    operation.errors = {"staff_only", "not_your_organiser", "invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_ledger_payable_routes(http::Router& router, const SharedApi& api) {
    auto list_operation = operation_of(
        "getPayables", "What the organisers that one acts for are owed, by session and currency");
    list_operation.description =
        "Owed is sold less refunded less fees. At most 1,000 rows; `sums` are of all of them.";
    list_operation.response_schema_json = http::schema_of<PayablesBody>();
    add_route(router, api, RouteId::get_payables, std::move(list_operation), list);

    const auto add_file = [&](RouteId route, std::string id, TableFormat format) {
        auto operation = operation_of(std::move(id), "The same as a file");
        operation.query_parameters.push_back(file_language_parameter());
        operation.response_content_type = kind_of(format).content_type;
        add_route(router, api, route, std::move(operation),
                  [format](Call call) { file(std::move(call), format); });
    };
    add_file(RouteId::get_payables_csv, "getPayablesCsv", TableFormat::csv);
    add_file(RouteId::get_payables_xlsx, "getPayablesXlsx", TableFormat::xlsx);
}

}  // namespace onsale::finance
