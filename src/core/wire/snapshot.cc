#include <google/protobuf/io/coded_stream.h>

#include "wire/codec.h"
#include "wire/internal/convert_money.h"

namespace onsale::wire {
namespace {

using base::Timestamp;
using base::Unexpected;

// A piece of a large campaign may be long; anything beyond this is damage, not data.
constexpr std::uint32_t kPieceBytesMax = 64 * 1024 * 1024;

DecodeResult<void> decode_stock(const records::SnapshotStock& in, domain::ImageSink& sink) {
    domain::StockImage stock;
    stock.session = domain::SessionId(in.session());
    stock.pool = domain::PoolId(in.pool());
    stock.count = {in.capacity(), in.free(), in.held(), in.sold(), in.withdrawn()};
    stock.next_ordinal = in.next_ordinal();
    if (!stock.count.balances()) return Unexpected{DecodeError{"snapshot: stock does not balance"}};
    sink.stock(stock);
    return {};
}

DecodeResult<void> decode_money(const records::SnapshotMoney& in, domain::ImageSink& sink) {
    domain::OrderMoney money{domain::OrderId(in.order()), in.replaced(), {}, {}};
    for (const auto& record : in.payments()) {
        ONSALE_TRY_ASSIGN(payment, internal::decode(record));
        money.payments.push_back(std::move(payment));
    }
    for (const auto& record : in.refunds()) {
        ONSALE_TRY_ASSIGN(refund, internal::decode(record));
        money.refunds.push_back(std::move(refund));
    }
    if (money.payments.empty() || money.payments.size() > domain::kPaymentsPerOrderMax ||
        money.refunds.size() > domain::kRefundsPerOrderMax)
        return Unexpected{DecodeError{"snapshot: money of an order"}};
    sink.money(money);
    return {};
}

DecodeResult<void> decode_piece(const records::SnapshotPiece& piece, domain::ImageSink& sink,
                                std::vector<RefusalCount>& refusals) {
    using records::SnapshotPiece;
    switch (piece.kind_case()) {
        case SnapshotPiece::kHeader:
            sink.header({domain::ShardId(static_cast<std::uint16_t>(piece.header().shard())),
                         piece.header().next_order_number(), piece.header().incarnation()});
            return {};
        case SnapshotPiece::kSession: {
            ONSALE_TRY_ASSIGN(session, internal::decode(piece.session().session()));
            const auto cancelled_at = Timestamp::from_unix_ms(piece.session().cancelled_at_ms());
            sink.session(session,
                         {piece.session().retired(), piece.session().cancelled(), cancelled_at});
            return {};
        }
        case SnapshotPiece::kStock:
            return decode_stock(piece.stock(), sink);
        case SnapshotPiece::kOrder: {
            ONSALE_TRY_ASSIGN(order, internal::decode(piece.order()));
            sink.order(order);
            return {};
        }
        case SnapshotPiece::kRefusal: {
            ONSALE_TRY_ASSIGN(refusal, internal::decode(piece.refusal()));
            refusals.push_back(refusal);
            return {};
        }
        case SnapshotPiece::kMoney:
            return decode_money(piece.money(), sink);
        case SnapshotPiece::kStray: {
            ONSALE_TRY_ASSIGN(stray, internal::decode(piece.stray()));
            sink.stray(stray);
            return {};
        }
        case SnapshotPiece::KIND_NOT_SET:
            break;
    }
    return Unexpected{DecodeError{"snapshot: a piece this program does not know"}};
}

}  // namespace

struct SnapshotEncoder::Impl {
    std::string content;
    records::SnapshotPiece piece;

    void append() {
        auto size = piece.ByteSizeLong();
        while (size >= 0x80) {
            content.push_back(static_cast<char>((size & 0x7f) | 0x80));
            size >>= 7;
        }
        content.push_back(static_cast<char>(size));
        piece.AppendToString(&content);
    }
};

SnapshotEncoder::SnapshotEncoder() : impl_(std::make_unique<Impl>()) {}
SnapshotEncoder::~SnapshotEncoder() = default;

void SnapshotEncoder::header(const domain::HeaderImage& header) {
    auto& record = *impl_->piece.mutable_header();
    record.set_shard(header.shard.value());
    record.set_next_order_number(header.next_order_number);
    record.set_incarnation(header.incarnation);
    impl_->append();
}

void SnapshotEncoder::session(const domain::Session& session, const domain::SessionStatus& status) {
    auto& record = *impl_->piece.mutable_session();
    record.Clear();
    internal::encode(session, *record.mutable_session());
    record.set_retired(status.retired);
    record.set_cancelled(status.cancelled);
    record.set_cancelled_at_ms(status.cancelled_at.unix_ms());
    impl_->append();
}

void SnapshotEncoder::stock(const domain::StockImage& stock) {
    auto& record = *impl_->piece.mutable_stock();
    record.set_session(stock.session.value());
    record.set_pool(stock.pool.value());
    record.set_capacity(stock.count.capacity);
    record.set_free(stock.count.free);
    record.set_held(stock.count.held);
    record.set_sold(stock.count.sold);
    record.set_withdrawn(stock.count.withdrawn);
    record.set_next_ordinal(stock.next_ordinal);
    impl_->append();
}

void SnapshotEncoder::order(const domain::Order& order) {
    auto& record = *impl_->piece.mutable_order();
    record.Clear();
    internal::encode(order, record);
    impl_->append();
}

void SnapshotEncoder::money(const domain::OrderMoney& money) {
    auto& record = *impl_->piece.mutable_money();
    record.Clear();
    record.set_order(money.order.value());
    record.set_replaced(money.replaced);
    for (const auto& payment : money.payments) internal::encode(payment, *record.add_payments());
    for (const auto& refund : money.refunds) internal::encode(refund, *record.add_refunds());
    impl_->append();
}

void SnapshotEncoder::stray(const domain::Stray& stray) {
    auto& record = *impl_->piece.mutable_stray();
    record.Clear();
    internal::encode(stray, record);
    impl_->append();
}

void SnapshotEncoder::refusal(const RefusalCount& refusal) {
    internal::encode(refusal, *impl_->piece.mutable_refusal());
    impl_->append();
}

std::string SnapshotEncoder::take() {
    return std::move(impl_->content);
}

DecodeResult<std::vector<RefusalCount>> decode_snapshot(std::string_view content,
                                                        domain::ImageSink& sink) {
    std::vector<RefusalCount> refusals;
    records::SnapshotPiece piece;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.data());
    std::size_t at = 0;
    while (at < content.size()) {
        google::protobuf::io::CodedInputStream input(
            bytes + at, static_cast<int>(std::min<std::size_t>(content.size() - at, 16)));
        std::uint32_t size = 0;
        if (!input.ReadVarint32(&size) || size > kPieceBytesMax)
            return Unexpected{DecodeError{"snapshot: length of a piece"}};
        at += static_cast<std::size_t>(input.CurrentPosition());
        if (content.size() - at < size)
            return Unexpected{DecodeError{"snapshot: ends inside a piece"}};
        if (!piece.ParseFromArray(bytes + at, static_cast<int>(size)))
            return Unexpected{DecodeError{"snapshot: not a piece"}};
        at += size;
        ONSALE_TRY(decode_piece(piece, sink, refusals));
    }
    return refusals;
}

}  // namespace onsale::wire
