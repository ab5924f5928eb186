#include "accounts/internal/operation_table.h"

#include "accounts/internal/operation_chain.h"
#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::string_view kWhat = "operation";

std::string select_of(const OperationQuery& query) {
    std::string sql =
        "SELECT operation, at_ms, person, action, object, result, request_id, sealed FROM "
        "accounts_operations WHERE operation < ?1 AND at_ms >= ?2 AND at_ms < ?3";
    if (query.person) sql += " AND person = ?5";
    if (!query.action.empty()) sql += " AND action = ?6";
    return sql + " ORDER BY operation DESC LIMIT ?4";
}

}  // namespace

SqlResult<std::optional<PersonSeal>> OperationTable::seal_of(domain::PersonId person) const {
    if (person == domain::PersonId()) return std::optional(PersonSeal(person, site_key_));
    return people_.seal_of(person);
}

SqlResult<void> OperationTable::write(sql::Connection& connection,
                                      const std::vector<WaitingOperation>& operations,
                                      base::Timestamp now) const {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(chain, OperationChain::load(connection));
    ONSALE_TRY_ASSIGN(
        insert, connection.prepare("INSERT INTO accounts_operations (operation, at_ms, person, "
                                   "action, object, result, request_id, sealed, sealed_digest, "
                                   "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& [at, operation] : operations) {
        ONSALE_TRY_ASSIGN(seal, seal_of(operation.person));
        const std::string sealed =
            seal
                ? seal->seal(kWhat, pack({operation.address, operation.details}), people_.entropy())
                : std::string();
        const auto link = chain.append(at, operation, sealed);
        insert.bind(1, to_row(link.id)).bind(2, to_row(at)).bind(3, to_row(operation.person));
        insert.bind(4, operation.action).bind(5, operation.object).bind(6, operation.result);
        insert.bind(7, operation.request_id).bind_blob(8, sealed).bind_blob(9, link.sealed_digest);
        ONSALE_TRY(insert.bind_blob(10, link.hash).run());
    }
    ONSALE_TRY(chain.prune(connection, now - kOperationsKept, kPrunedAtOnce));
    ONSALE_TRY(chain.store(connection));
    return transaction.commit();
}

SqlResult<OperationRecord> OperationTable::opened(sql::Connection& connection,
                                                  const sql::Statement& row) const {
    OperationRecord record;
    record.id = records::number_from_row(row.integer(0));
    record.at = records::time_from_row(row.integer(1));
    Operation& operation = record.operation;
    operation.person = records::id_from_row<domain::PersonId>(row.integer(2));
    operation.action = row.text(3);
    operation.object = row.text(4);
    operation.result = row.text(5);
    operation.request_id = row.text(6);
    ONSALE_TRY_ASSIGN(seal, seal_of(operation.person));
    const auto plain = seal ? seal->open(kWhat, row.blob(7)) : std::nullopt;
    const auto texts = plain ? unpack(*plain) : std::nullopt;
    if (texts && texts->size() >= 2) {
        operation.address = (*texts)[0];
        operation.details = (*texts)[1];
    }
    ONSALE_TRY_ASSIGN(person, people_.find(connection, operation.person));
    if (!person) return record;
    ONSALE_TRY_ASSIGN(data, people_.data(*person));
    if (data) record.person_name = std::move(data->username);
    return record;
}

SqlResult<OperationPage> OperationTable::list(sql::Connection& connection,
                                              const OperationQuery& query) const {
    ONSALE_TRY_ASSIGN(statement, connection.prepare(select_of(query)));
    statement.bind(1, to_row(query.before == 0 ? domain::kIdMax : query.before));
    statement.bind(2, query.from ? to_row(*query.from) : 0);
    statement.bind(3, to_row(query.until.value_or(base::Timestamp::never())));
    statement.bind(4, static_cast<std::int64_t>(query.limit + 1));
    if (query.person) statement.bind(5, to_row(*query.person));
    if (!query.action.empty()) statement.bind(6, query.action);
    OperationPage page;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return page;
        if (page.operations.size() == query.limit) {
            page.next = page.operations.back().id;
            return page;
        }
        ONSALE_TRY_ASSIGN(record, opened(connection, statement));
        page.operations.push_back(std::move(record));
    }
}

}  // namespace onsale::accounts
