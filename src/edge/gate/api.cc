#include "gate/api.h"

#include <utility>

namespace onsale::gate {

Api::Api(Context c)
    : context(std::move(c)),
      authenticator(context.master, context.clock, &context.accounts.revocations()),
      issuers([this] { return std::make_unique<TokenIssuers>(context.master); }),
      receipts([this] { return std::make_unique<answers::ReceiptSigner>(context.master); }),
      pages(context.clock, context.options.page_lifetime),
      shelves([this] { return std::make_unique<PageShelf>(pages); }),
      metrics(context.metrics) {}

}  // namespace onsale::gate
