// Codes: ticket codes for an export, one after the other, on the exports thread, which waits for
// the vault when a block is not in memory. Belongs to one export; keeps nothing.
#pragma once

#include <string>

#include "env/executor.h"
#include "statistics/exporter.h"
#include "tickets/tickets.h"

namespace onsale::statistics {

class Codes {
  public:
    explicit Codes(vault::Vault& vault) : vault_(vault) {}
    [[nodiscard]] base::Result<std::string, ExportError> code_of(const tickets::TicketView& ticket);

  private:
    vault::Vault& vault_;
};

}  // namespace onsale::statistics
