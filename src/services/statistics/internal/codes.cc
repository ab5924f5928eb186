#include "statistics/internal/codes.h"

#include <utility>

#include "statistics/wait_for.h"

namespace onsale::statistics {
namespace {

ExportError error_of(const vault::VaultError& error) {
    if (error.refusal == vault::VaultRefusal::busy) return {ExportTrouble::busy, error.message};
    return {ExportTrouble::failed, "vault: " + error.message};
}

}  // namespace

base::Result<std::string, ExportError> Codes::code_of(const tickets::TicketView& ticket) {
    if (!ticket.place && ticket.ordinal == 0) return vault_.derived_code(ticket.id);
    if (!ticket.place)  // added a moment ago
        return base::Unexpected{ExportError{ExportTrouble::busy, "a code list is not shown yet"}};
    if (auto code = vault_.cached_code(ticket.place->list, ticket.place->position))
        return *std::move(code);
    auto code = wait_for<vault::CodeResult>([&](env::Executor& home, auto reply) {
        vault_.code(ticket.place->list, ticket.place->position, home, std::move(reply));
    });
    if (!code) return base::Unexpected{error_of(code.error())};
    return std::move(*code);
}

}  // namespace onsale::statistics
