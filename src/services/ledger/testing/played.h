// For tests: a box office in which anything happens with money, at random by a seed, and what its
// books must then say, counted from the box office's own memory and not from facts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "boxoffice/box_office.h"
#include "domain/command.h"
#include "ledger/account.h"

namespace onsale::ledger {

inline constexpr auto kPlayStarts = base::Timestamp::from_unix_ms(1'800'000'000'000);

class Played {
  public:
    explicit Played(std::uint64_t seed) : random_(seed), office_(domain::ShardId(0)) {
        domain::Session session = offer();
        if (seed % 2 == 0) session.late_payment = domain::LatePayment::refund;
        run(domain::SetUpSession{std::make_shared<const domain::Session>(std::move(session))});
    }

    // The facts of the next command; often none.
    std::vector<domain::Fact> next() {
        now_ = now_ + base::Duration::milliseconds(static_cast<std::int64_t>(below(12'000)));
        const domain::Command command = any_command();
        std::vector<domain::Fact> facts = try_before(command);
        if (const auto* report = std::get_if<domain::ReportPayment>(&command)) {
            const auto money = office_.money_of(domain::order_of(report->payment));
            const auto& payment = money->payments[domain::index_of(report->payment)];
            // Nobody can have taken it without us.
            if (payment.way == domain::PayWay::token && payment.tries == 0) return facts;
        }
        const auto more = run(command);
        facts.insert(facts.end(), more.begin(), more.end());
        return facts;
    }
    [[nodiscard]] base::Timestamp now() const { return now_; }
    [[nodiscard]] const std::vector<domain::Fact>& first() const { return first_; }

    // Balances that are not zero, counted again.
    [[nodiscard]] std::map<Account, std::int64_t> recount() const {
        std::map<Account, std::int64_t> sums;
        for (const auto order : orders_) {
            const auto money = office_.money_of(order);
            if (!money) continue;
            for (const auto& payment : money->payments) count(payment, *money, sums);
        }
        for (const auto& stray : strays_) {
            if (stray.state == domain::StrayState::returned) continue;
            sums[{AccountKind::bank, stray.bank.value()}] += stray.amount.minor;
            sums[{AccountKind::suspense_stray, 0}] -= stray.amount.minor;
        }
        std::erase_if(sums, [](const auto& entry) { return entry.second == 0; });
        return sums;
    }

    [[nodiscard]] const boxoffice::BoxOffice& office() const { return office_; }
    [[nodiscard]] const std::vector<domain::OrderId>& orders() const { return orders_; }
    [[nodiscard]] const std::vector<domain::Stray>& strays() const { return strays_; }

  private:
    static domain::Session offer() {
        using domain::TierId;
        domain::Session session;
        session.id = domain::SessionId(7);
        session.organiser = domain::OrganiserId(5);
        session.starts_at = kPlayStarts + base::Duration::hours(6);
        session.ends_at = kPlayStarts + base::Duration::hours(8);
        session.pools.push_back(
            {domain::PoolId(1), domain::PoolKind::codes, {{domain::AdditionId(1), 400, {}}}});
        session.pools.push_back(
            {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(2), 6, {}}}});
        session.tiers.push_back({TierId(11), domain::PoolId(1), {9999, base::Currency::cny}});
        session.tiers.push_back({TierId(12), domain::PoolId(2), {12'000, base::Currency::cny}});
        session.campaigns.push_back({domain::CampaignId(1),
                                     kPlayStarts,
                                     kPlayStarts + base::Duration::hours(7),
                                     base::Duration::minutes(2),
                                     false,
                                     4,
                                     {TierId(11), TierId(12)}});
        session.refunds = {true, base::Duration::minutes(10), 1000, true, 20'000};
        session.late_payment = domain::LatePayment::same_or_better;
        return session;
    }

    static void count(const domain::Payment& payment, const domain::OrderMoney& money,
                      std::map<Account, std::int64_t>& sums) {
        if (payment.state != domain::PaymentState::captured) return;
        constexpr AccountKind kPlaces[] = {
            AccountKind::deposits, AccountKind::organiser, AccountKind::suspense_late,
            AccountKind::suspense_duplicate, AccountKind::suspense_mismatch};
        const bool sold = payment.use == domain::MoneyUse::order;
        const Account place{kPlaces[static_cast<std::size_t>(payment.use)], sold ? 5U : 0U};
        const Account bank{AccountKind::bank, payment.bank.value()};
        sums[bank] += payment.captured.minor;
        sums[place] -= payment.captured.minor;
        for (const auto& refund : money.refunds) {
            if (refund.payment != payment.id) continue;
            const bool gone = refund.state == domain::RefundState::completed;
            const bool due = sold && refund.state == domain::RefundState::approved;
            if (!gone && !due) continue;
            sums[place] += refund.amount.minor + refund.fee.minor;
            sums[{AccountKind::fees, 0}] -= refund.fee.minor;
            const bool settled = refund.second_settler != domain::PersonId();
            const Account other{settled ? AccountKind::settled : AccountKind::refunds_due, 0};
            sums[gone && !settled ? bank : other] -= refund.amount.minor;
        }
    }

    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

    // What a bank has done was tried before; nothing where it is not wanted any more.
    std::vector<domain::Fact> try_before(const domain::Command& command) {
        if (const auto* report = std::get_if<domain::ReportPayment>(&command))
            return run(domain::TryPaymentStep{report->payment, domain::PaymentStep::deduct});
        if (const auto* report = std::get_if<domain::ReportRefund>(&command))
            return run(domain::TryRefund{report->refund});
        if (const auto* report = std::get_if<domain::ReportStray>(&command))
            return run(domain::TryStray{report->stray});
        return {};
    }

    std::vector<domain::Fact> run(const domain::Command& command) {
        office_.decide(command, now_, decision_);
        for (const auto& fact : decision_.facts) {
            office_.apply(fact);
            if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact))
                orders_.push_back(placed->order.id);
            if (const auto* received = std::get_if<domain::StrayReceived>(&fact))
                strays_.push_back(received->stray);
            if (const auto* returned = std::get_if<domain::StrayReturned>(&fact)) {
                strays_[returned->stray.value() - 1].state = domain::StrayState::returned;
                strays_[returned->stray.value() - 1].changed_at = returned->at;
            }
        }
        if (first_.empty()) first_ = decision_.facts;
        return decision_.facts;
    }

    domain::Command any_command() {
        const std::uint64_t kind = below(100);
        if (kind < 8 || orders_.empty()) return place();
        if (kind < 30) return start();
        if (kind < 60) return report();
        if (kind < 65) return domain::ExpireDue{4};
        if (kind < 68) return cancel();
        if (kind < 74) return request();
        if (kind < 90) return refund_command();
        if (kind < 92 && below(100) == 0) return domain::CancelSession{domain::SessionId(7)};
        if (kind < 94) return domain::EndCancelled{4};
        return stray_command();
    }

    domain::Command place() {
        domain::PlaceOrder command{person(), domain::CampaignId(1), {}, 0, 0};
        command.lines.push_back({domain::TierId(11 + below(2)), 1});
        return command;
    }
    domain::Command cancel() {
        const auto id = order();
        return domain::CancelOrder{owner(id), id};
    }
    domain::Command request() {
        const auto id = order();
        return domain::RequestRefund{owner(id), id, {}};
    }
    domain::Command start() {
        const bool token = below(2) == 0;
        const auto id = order();
        domain::StartPayment command{owner(id), id, domain::BankId(1 + below(2))};
        command.way = token ? domain::PayWay::token : domain::PayWay::cashier;
        command.token = token ? 1 + below(1'000'000) : 0;
        command.authorised = {20'000, base::Currency::cny};
        command.authorised_until = now_ + base::Duration::minutes(1);
        return command;
    }
    domain::Command report() {
        const auto money = office_.money_of(order());
        if (!money || money->payments.empty()) return domain::ExpireDue{1};
        const auto& payment = money->payments[below(money->payments.size())];
        domain::ReportPayment command{payment.id, payment.incarnation, payment.bank};
        command.word = below(4) == 0 ? domain::BankWord::failed : domain::BankWord::captured;
        command.amount = payment.amount;
        if (below(8) == 0) command.amount.minor -= 1;
        command.transaction = "T" + std::to_string(payment.id.value());
        return command;
    }
    domain::Command refund_command() {
        const auto money = office_.money_of(order());
        if (!money || money->refunds.empty()) return domain::ExpireDue{1};
        const auto& refund = money->refunds[below(money->refunds.size())];
        switch (below(6)) {
            case 0:
                return domain::ReviewRefund{refund.id, domain::PersonId(90 + below(2)),
                                            below(4) != 0};
            case 1:
                return domain::CancelRefund{owner(money->order), refund.id};
            case 2:
                return domain::ResumeRefund{refund.id, domain::PersonId(90)};
            case 3:
                return domain::SettleRefund{refund.id, domain::PersonId(90 + below(2))};
            default:
                return domain::ReportRefund{refund.id, refund.incarnation, refund.bank,
                                            below(5) != 0, "R" + std::to_string(below(1000)),
                                            refund.round};
        }
    }
    domain::Command stray_command() {
        if (strays_.empty() || below(2) == 0)
            return domain::ReceiveStray{
                domain::BankId(1 + below(2)),
                "S" + std::to_string(below(50)),
                {static_cast<std::int64_t>(1 + below(500)), base::Currency::cny}};
        const auto stray = domain::StrayId(1 + below(strays_.size()));
        if (below(5) == 0) return domain::ResumeStray{stray, domain::PersonId(90)};
        const auto word = below(3) != 0 ? domain::StrayWord::returned : domain::StrayWord::refused;
        std::uint32_t round = 0;
        for (const auto& open : office_.open_strays())
            if (open.id == stray) round = open.round;
        return domain::ReportStray{stray, word, round};
    }

    domain::PersonId person() { return domain::PersonId(1 + below(3)); }
    domain::PersonId owner(domain::OrderId id) const {
        return office_.find_order(id, now_)->person;
    }
    // Mostly one of the newest: most happens to those.
    domain::OrderId order() {
        constexpr std::uint64_t kNewest = 3;
        const std::uint64_t size = orders_.size();
        if (size <= kNewest || below(4) == 0) return orders_[below(size)];
        return orders_[size - 1 - below(kNewest)];
    }

    base::Prng random_;
    base::Timestamp now_ = kPlayStarts;
    boxoffice::BoxOffice office_;
    boxoffice::Decision decision_;
    std::vector<domain::Fact> first_;
    std::vector<domain::OrderId> orders_;
    std::vector<domain::Stray> strays_;
};

}  // namespace onsale::ledger
