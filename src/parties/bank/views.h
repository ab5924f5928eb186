// From the books' values to the JSON bodies of the pages. Pure functions, any thread.
#pragma once

#include "bank/books/authorisations.h"
#include "bank/books/callbacks.h"
#include "bank/books/customers.h"
#include "bank/books/payments.h"
#include "bank/books/reports.h"
#include "bank/messages.h"
#include "bank/teller_messages.h"

namespace onsale::bank {

[[nodiscard]] CustomerBody view(const books::Customer& customer);
[[nodiscard]] StatementLineBody view(const books::StatementLine& line);
// One that has expired and was not released yet is called expired.
[[nodiscard]] AuthorisationBody view(const books::Authorisation& authorisation,
                                     base::Timestamp now);
[[nodiscard]] ConsentBody view(const books::Consent& consent, base::Timestamp now);
[[nodiscard]] TransactionBody view(const books::TransactionRow& row);
[[nodiscard]] CallbackBody view(const books::Event& event);
[[nodiscard]] OperationBody view(const books::Operation& operation);
[[nodiscard]] BooksBody view(const books::Books& books);

}  // namespace onsale::bank
