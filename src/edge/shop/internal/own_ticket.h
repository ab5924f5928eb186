// The ticket that a call's path names, as long as it is the caller's own. On the event loop of the
// call; nothing is kept.
#pragma once

#include "gate/call.h"
#include "tickets/ticket_service.h"

namespace onsale::shop {

// `use` gets the call and the ticket; a call whose ticket is not there has failed.
using UseTicket = void (*)(gate::Call call, const tickets::TicketDetail& detail);
void with_own_ticket(gate::Call call, UseTicket use);

// The same with its signed code; a call whose ticket is void has failed with ticket_void.
using UseSignedTicket = void (*)(gate::Call call, const tickets::TicketDetail& detail,
                                 const std::string& signed_code);
void with_signed_ticket(gate::Call call, UseSignedTicket use);

}  // namespace onsale::shop
