#include "follow/row_buffer.h"

namespace onsale::follow {
namespace {

constexpr std::size_t kRowsAtOnce = 64;
constexpr std::size_t kColumnsMax = 32;
constexpr std::size_t kParametersMax = 32'766;  // of an SQLite statement
static_assert(kRowsAtOnce * kColumnsMax <= kParametersMax);

std::string insert_of(std::string_view table, std::size_t columns, std::size_t rows) {
    std::string row = "(";
    for (std::size_t i = 0; i < columns; ++i) row += i == 0 ? "?" : ",?";
    row += ')';
    std::string text = "INSERT INTO " + std::string(table) + " VALUES ";
    for (std::size_t i = 0; i < rows; ++i) text += (i == 0 ? "" : ",") + row;
    return text;
}

}  // namespace

RowBuffer::RowBuffer(std::string_view table, std::size_t columns)
    : columns_(columns),
      insert_many_(insert_of(table, columns, kRowsAtOnce)),
      insert_one_(insert_of(table, columns, 1)) {
    ONSALE_CHECK(columns > 0 && columns <= kColumnsMax);
}

sql::SqlResult<void> RowBuffer::write(sql::Connection& connection) {
    if (values_.empty()) return {};
    written_ = 0;
    const std::size_t at_once = kRowsAtOnce * columns_;
    auto done =
        write_some(connection, insert_many_, at_once, values_.size() - values_.size() % at_once);
    if (done) done = write_some(connection, insert_one_, columns_, values_.size());
    values_.clear();
    return done;
}

sql::SqlResult<void> RowBuffer::write_some(sql::Connection& connection, const std::string& insert,
                                           std::size_t values, std::size_t end) {
    if (written_ == end) return {};
    ONSALE_TRY_ASSIGN(statement, connection.prepare(insert));
    while (written_ < end) {
        for (std::size_t i = 0; i < values; ++i)
            statement.bind(static_cast<int>(i + 1), values_[written_ + i]);
        ONSALE_TRY(statement.run());
        written_ += values;
    }
    return {};
}

}  // namespace onsale::follow
