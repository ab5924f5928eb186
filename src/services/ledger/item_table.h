// What a reconciliation found, as a file for whoever mends it: CSV, a row for each item. On the
// caller's thread; keeps nothing.
#pragma once

#include <span>
#include <string>

#include "ledger/reconcile.h"
#include "statistics/language.h"

namespace onsale::ledger {

[[nodiscard]] std::string item_table(std::span<const Item> items, statistics::Language language);

}  // namespace onsale::ledger
