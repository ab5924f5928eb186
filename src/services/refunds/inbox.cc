#include "refunds/inbox.h"

#include <algorithm>
#include <array>
#include <utility>

#include "records/rows.h"
#include "sql/database.h"

namespace onsale::refunds {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE refunds_read (
        person INTEGER NOT NULL,
        notice_id INTEGER NOT NULL,
        PRIMARY KEY (person, notice_id)
    ) WITHOUT ROWID;
)sql"}};

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

// The page as the rows have it; `unread` counts all messages so far.
SqlResult<NoticePage> rows_of(sql::Connection& connection, const Inbox::Query& query) {
    NoticePage page;
    ONSALE_TRY_ASSIGN(count,
                      connection.prepare("SELECT count(*) FROM refunds_notice WHERE person = ?"));
    ONSALE_TRY(count.bind(1, to_row(query.person)).step());
    page.unread = records::number_from_row(count.integer(0));
    count.reset();
    ONSALE_TRY_ASSIGN(
        row,
        connection.prepare("SELECT n.notice_id, n.kind, n.refund_id, r.amount, r.currency, n.at_ms "
                           "FROM refunds_notice n JOIN refunds_refund r USING (refund_id) "
                           "WHERE n.person = ?1 AND (?2 = 0 OR (n.at_ms, n.notice_id) < "
                           "(SELECT at_ms, notice_id FROM refunds_notice WHERE notice_id = ?2)) "
                           "ORDER BY n.at_ms DESC, n.notice_id DESC LIMIT ?3"));
    row.bind(1, to_row(query.person)).bind(2, to_row(query.before.value_or(NoticeId())));
    row.bind(3, static_cast<std::int64_t>(query.max + 1));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) break;
        page.notices.push_back({id_from_row<NoticeId>(row.integer(0)),
                                static_cast<NoticeKind>(row.integer(1)),
                                id_from_row<domain::RefundId>(row.integer(2)),
                                {row.integer(3), static_cast<base::Currency>(row.integer(4))},
                                records::time_from_row(row.integer(5)),
                                false});
    }
    if (page.notices.size() > query.max) {
        page.notices.resize(query.max);
        page.next = page.notices.back().id;
    }
    return page;
}

SqlResult<NoticePage> with_marks(sql::Connection& connection, domain::PersonId person,
                                 NoticePage page) {
    ONSALE_TRY_ASSIGN(count,
                      connection.prepare("SELECT count(*) FROM refunds_read WHERE person = ?"));
    ONSALE_TRY(count.bind(1, to_row(person)).step());
    const auto read = records::number_from_row(count.integer(0));
    count.reset();
    // While rows are made again, they may be fewer than what was read.
    page.unread -= std::min(page.unread, read);
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT 1 FROM refunds_read WHERE person = ? AND "
                                              "notice_id = ?"));
    for (auto& notice : page.notices) {
        ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(person)).bind(2, to_row(notice.id)).step());
        notice.read = there;
        row.reset();
    }
    return page;
}

SqlResult<bool> is_theirs(sql::Connection& connection, domain::PersonId person, NoticeId notice) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT 1 FROM refunds_notice WHERE notice_id = ? "
                                              "AND person = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(notice)).bind(2, to_row(person)).step());
    row.reset();
    return there;
}

SqlResult<bool> mark(sql::Connection& connection, domain::PersonId person, NoticeId notice) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO refunds_read VALUES (?, ?) ON CONFLICT "
                                              "DO NOTHING"));
    ONSALE_TRY(row.bind(1, to_row(person)).bind(2, to_row(notice)).run());
    return true;
}

}  // namespace

sql::SqlResult<void> Inbox::migrate(records::Store& records) {
    return sql::migrate(records.connection(), "refunds_inbox", kMigrations);
}

void Inbox::list(const Query& query, env::Executor& home,
                 base::UniqueFunction<void(Listed)> reply) {
    auto then = [&records = records_, &home, person = query.person,
                 reply = std::move(reply)](Listed page) mutable {
        if (!page) return reply(std::move(page));
        records.ask<Listed>(
            home,
            [person, page = std::move(*page)](sql::Connection& connection) mutable {
                return told(with_marks(connection, person, std::move(page)));
            },
            std::move(reply), Unexpected{records::store_busy()});
    };
    lists_.ask<Listed>(
        home, [query](sql::Connection& connection) { return told(rows_of(connection, query)); },
        std::move(then), Unexpected{records::store_busy()});
}

void Inbox::mark_read(domain::PersonId person, NoticeId notice, env::Executor& home,
                      base::UniqueFunction<void(Marked)> reply) {
    auto then = [&records = records_, &home, person, notice,
                 reply = std::move(reply)](Marked theirs) mutable {
        if (!theirs || !*theirs) return reply(std::move(theirs));
        records.ask<Marked>(
            home,
            [person, notice](sql::Connection& connection) {
                return told(mark(connection, person, notice));
            },
            std::move(reply), Unexpected{records::store_busy()});
    };
    lists_.ask<Marked>(
        home,
        [person, notice](sql::Connection& connection) {
            return told(is_theirs(connection, person, notice));
        },
        std::move(then), Unexpected{records::store_busy()});
}

}  // namespace onsale::refunds
