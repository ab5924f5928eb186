#include "audit/internal/snapshot_check.h"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>

#include <algorithm>
#include <cstdint>

#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

class Comparison {
  public:
    Comparison(std::string_view name, const Fold& fold, Report& report)
        : name_(name), fold_(fold), report_(report) {}

    bool piece(const records::SnapshotPiece& piece) {
        using records::SnapshotPiece;
        report_.checked(Clause::s3);
        switch (piece.kind_case()) {
            case SnapshotPiece::kHeader:
                header(piece.header());
                return true;
            case SnapshotPiece::kSession:
                session(piece.session());
                return true;
            case SnapshotPiece::kStock:
                stock(piece.stock());
                return true;
            case SnapshotPiece::kOrder:
                order(piece.order());
                return true;
            case SnapshotPiece::kMoney:
                money(piece.money());
                return true;
            case SnapshotPiece::kStray:
                stray(piece.stray());
                return true;
            case SnapshotPiece::kRefusal:
                return true;
            case SnapshotPiece::KIND_NOT_SET:
                break;
        }
        return false;
    }

    void finish() {
        std::uint64_t live = 0;
        std::uint64_t with_money = 0;
        for (const Money& money : fold_.money()) {
            const Order& order = *fold_.find_order(money.order);
            if (!fold_.sessions()[order.session].retired) ++with_money;
        }
        if (moneys_ != with_money)
            differs(fmt::format("money of {} orders, the fold has {}", moneys_, with_money));
        if (strays_ != fold_.strays().size())
            differs(fmt::format("{} times money of nobody, the fold has {}", strays_,
                                fold_.strays().size()));
        std::uint64_t pools = 0;
        for (const Session& session : fold_.sessions()) {
            if (session.retired) continue;
            live += session.orders.size();
            pools += session.pools.size();
        }
        if (!has_header_) differs("it has no header");
        if (orders_ != live) differs(fmt::format("{} orders, the fold has {}", orders_, live));
        if (stocks_ != pools)
            differs(fmt::format("stock of {} pools, the fold has {}", stocks_, pools));
        if (sessions_ != fold_.sessions().size()) {
            differs(
                fmt::format("{} sessions, the fold has {}", sessions_, fold_.sessions().size()));
        }
    }

    void differs(std::string_view what) {
        report_.breach(Clause::s3, fmt::format("snapshot {}: {}", name_, what));
    }

  private:
    void header(const records::SnapshotHeader& record) {
        has_header_ = true;
        if (record.shard() != fold_.shard() || record.next_order_number() != fold_.next_number()) {
            differs(fmt::format("shard {} with next order {}, the fold has {} and {}",
                                record.shard(), record.next_order_number(), fold_.shard(),
                                fold_.next_number()));
        }
    }

    void session(const records::SnapshotSession& record) {
        ++sessions_;
        const Session* known = fold_.find_session(record.session().id());
        const bool same = known != nullptr && known->retired == record.retired() &&
                          known->cancelled == record.cancelled() &&
                          known->cancelled_at_ms == record.cancelled_at_ms() &&
                          known->definition == record.session().SerializeAsString();
        if (!same)
            differs(fmt::format("session {} is not as the facts made it", record.session().id()));
    }

    void stock(const records::SnapshotStock& record) {
        ++stocks_;
        report_.checked(Clause::t1);
        if (record.free() + record.held() + record.sold() + record.withdrawn() !=
            record.capacity()) {
            report_.breach(Clause::t1,
                           fmt::format("snapshot {}: pool {} of session {} does not balance", name_,
                                       record.pool(), record.session()));
        }
        const Session* session = fold_.find_session(record.session());
        const auto signed_of = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
        const auto same = [&](const Pool& pool) {
            return pool.id == record.pool() && pool.capacity == signed_of(record.capacity()) &&
                   pool.free == signed_of(record.free()) && pool.held == signed_of(record.held()) &&
                   pool.sold == signed_of(record.sold()) &&
                   pool.withdrawn == signed_of(record.withdrawn()) &&
                   pool.next_ordinal == record.next_ordinal();
        };
        if (session == nullptr || std::ranges::none_of(session->pools, same)) {
            differs(fmt::format("pool {} of session {} is not as the facts made it", record.pool(),
                                record.session()));
        }
    }

    void order(const records::Order& record) {
        ++orders_;
        const Order* known = fold_.find_order(record.id());
        if (known == nullptr) return differs(fmt::format("order {} was never placed", record.id()));
        const bool same =
            known->person == record.person() && known->campaign == record.campaign() &&
            fold_.sessions()[known->session].id == record.session() &&
            known->state == record.state() && known->hidden == record.hidden() &&
            known->key == record.idempotency_key() && known->body_hash == record.body_hash() &&
            known->created_at_ms == record.created_at_ms() && same_deadline(record, *known) &&
            known->changed_at_ms == record.changed_at_ms();
        if (!same || !same_lines(record, *known)) {
            differs(fmt::format("order {} is not as the facts made it", record.id()));
        }
    }

    void money(const records::SnapshotMoney& record) {
        ++moneys_;
        const Money* known = fold_.find_money(record.order());
        const auto same_payment = [](const records::Payment& stored, const Payment& payment) {
            return stored.id() == payment.id && stored.bank() == payment.bank &&
                   stored.state() == payment.state && stored.use() == payment.use &&
                   stored.captured().minor() == payment.captured.minor &&
                   stored.parked() == payment.parked && stored.transaction() == payment.transaction;
        };
        const auto same_refund = [](const records::Refund& stored, const Refund& refund) {
            return stored.id() == refund.id && stored.payment() == refund.payment &&
                   stored.state() == refund.state && stored.cause() == refund.cause &&
                   stored.amount().minor() == refund.amount_minor &&
                   stored.fee().minor() == refund.fee_minor && stored.parked() == refund.parked;
        };
        const bool same = known != nullptr && known->replaced == record.replaced() &&
                          std::ranges::equal(record.payments(), known->payments, same_payment) &&
                          std::ranges::equal(record.refunds(), known->refunds, same_refund);
        if (!same)
            differs(
                fmt::format("the money of order {} is not as the facts made it", record.order()));
    }

    void stray(const records::Stray& record) {
        ++strays_;
        constexpr std::uint32_t kReturned = 2;
        const auto found = fold_.strays().find(record.id());
        const bool same = found != fold_.strays().end() && found->second.bank == record.bank() &&
                          found->second.amount.minor == record.amount().minor() &&
                          found->second.parked == record.parked() &&
                          found->second.returned == (record.state() == kReturned);
        if (!same)
            differs(fmt::format("money {} of nobody is not as the facts made it", record.id()));
    }

    // It means something only while the order is reserved.
    [[nodiscard]] static bool same_deadline(const records::Order& record, const Order& known) {
        return known.state != kReserved || known.deadline_ms == record.deadline_ms();
    }

    [[nodiscard]] bool same_lines(const records::Order& record, const Order& known) const {
        const auto lines = fold_.lines_of(known);
        return std::ranges::equal(record.lines(), lines, [](const auto& stored, const Line& line) {
            return stored.tier() == line.tier && stored.quantity() == line.quantity &&
                   stored.currency() == line.currency &&
                   stored.unit_price_minor() == line.unit_price_minor &&
                   stored.first_ordinal() == line.first_ordinal;
        });
    }

    std::string_view name_;
    const Fold& fold_;
    Report& report_;
    bool has_header_ = false;
    std::uint64_t orders_ = 0;
    std::uint64_t stocks_ = 0;
    std::uint64_t sessions_ = 0;
    std::uint64_t moneys_ = 0;
    std::uint64_t strays_ = 0;
};

}  // namespace

void check_snapshot(std::string_view name, std::string_view content, const Fold& fold,
                    Report& report) {
    Comparison comparison(name, fold, report);
    records::SnapshotPiece piece;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.data());
    std::size_t at = 0;
    while (at < content.size()) {
        const auto window = static_cast<int>(std::min<std::size_t>(content.size() - at, 16));
        google::protobuf::io::CodedInputStream input(bytes + at, window);
        std::uint32_t size = 0;
        const bool has_size = input.ReadVarint32(&size);
        at += static_cast<std::size_t>(input.CurrentPosition());
        const bool whole = has_size && size <= content.size() - at &&
                           piece.ParseFromArray(bytes + at, static_cast<int>(size)) &&
                           comparison.piece(piece);
        if (!whole) return comparison.differs(fmt::format("not a piece at byte {}", at));
        at += size;
    }
    comparison.finish();
}

}  // namespace onsale::audit
