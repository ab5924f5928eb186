// /api/v1/me/messages: what a person is told about their refunds.
#include <utility>

#include "finance/internal/resources.h"
#include "finance/money_body.h"
#include "gate/api.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct MessageBody {
    std::uint64_t message = 0;
    std::string kind;  // refund_approved, refund_rejected, refund_completed
    std::uint64_t order = 0;
    std::uint64_t refund = 0;
    std::int64_t amount = 0;  // that goes back
    std::string currency;
    std::string created_at;
    bool read = false;
};
BOOST_DESCRIBE_STRUCT(MessageBody, (),
                      (message, kind, order, refund, amount, currency, created_at, read))
struct MessagesBody {
    std::vector<MessageBody> messages;
    std::uint64_t unread = 0;           // of all
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(MessagesBody, (), (messages, unread, next))

std::string word_of(refunds::NoticeKind kind) {
    switch (kind) {
        case refunds::NoticeKind::refund_approved:
            return "refund_approved";
        case refunds::NoticeKind::refund_rejected:
            return "refund_rejected";
        case refunds::NoticeKind::refund_completed:
            return "refund_completed";
    }
    return {};
}

MessagesBody body_of(const refunds::NoticePage& page) {
    MessagesBody body;
    body.unread = page.unread;
    for (const auto& notice : page.notices)
        body.messages.push_back({notice.id.value(), word_of(notice.kind),
                                 domain::order_of(notice.refund).value(), notice.refund.value(),
                                 notice.amount.minor, currency_text(notice.amount),
                                 base::to_rfc3339(notice.at), notice.read});
    if (page.next) body.next = page.next->value();
    return body;
}

void list(Call call) {
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    refunds::Inbox::Query query{call.person(), {}, *limit};
    if (*before != 0) query.before = refunds::NoticeId(*before);
    auto& inbox = call.api.context.inbox;
    env::Executor& home = call.home();
    inbox.list(query, home, [call = std::move(call)](const refunds::Inbox::Listed& page) mutable {
        if (!page) return call.fail(page.error());
        call.send(200, http::to_json(body_of(*page)));
    });
}

void mark(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::message_unknown);
    const auto person = call.person();
    auto& inbox = call.api.context.inbox;
    env::Executor& home = call.home();
    inbox.mark_read(person, refunds::NoticeId(*id), home,
                    [call = std::move(call)](const refunds::Inbox::Marked& marked) mutable {
                        if (!marked) return call.fail(marked.error());
                        if (!*marked) return call.fail(Code::message_unknown);
                        call.send(204, {});
                    });
}

}  // namespace

void add_message_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listMessages";
    list_operation.tag = "me";
    list_operation.summary = "What one is told about one's refunds, newest first";
    list_operation.description =
        "`kind` is refund_approved, refund_rejected or refund_completed. `unread` counts all.";
    list_operation.query_parameters = {
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<MessagesBody>();
    list_operation.errors = {"invalid_field", "busy"};
    http::Operation mark_operation;
    mark_operation.id = "markMessageRead";
    mark_operation.tag = "me";
    mark_operation.summary = "Mark a message as read";
    mark_operation.path_parameters = {
        {"message", "Number of the message", true, R"({"type":"integer","format":"int64"})"}};
    mark_operation.success_status = 204;
    mark_operation.errors = {"message_unknown", "busy"};
    add_route(router, api, RouteId::list_messages, std::move(list_operation), list);
    add_route(router, api, RouteId::mark_message_read, std::move(mark_operation), mark);
}

}  // namespace onsale::finance
