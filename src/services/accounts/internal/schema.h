// The tables of this module, accounts_…, in records.sqlite. Only the files of this folder name
// them.
#pragma once

#include <span>

#include "sql/database.h"

namespace onsale::accounts {

[[nodiscard]] std::span<const sql::Migration> migrations();

}  // namespace onsale::accounts
