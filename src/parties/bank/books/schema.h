// The file of a bank's books: opening it and bringing its tables up to date. One connection writes,
// on the writer's executor; others read. WAL, synchronous=FULL: what was committed is there after a
// crash.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sql/database.h"

namespace onsale::books {

inline constexpr std::string_view kCurrency = "CNY";

struct BooksFile {
    std::string path;
    std::string vfs;
    sql::Access access = sql::Access::read_write;
};

[[nodiscard]] sql::SqlResult<std::unique_ptr<sql::Connection>> open_books(const BooksFile& file);

}  // namespace onsale::books
