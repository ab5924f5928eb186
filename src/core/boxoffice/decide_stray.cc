// Strays: money that a bank has taken for us and that belongs to no payment we know.
#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {
namespace {

using domain::OutcomeKind;
using domain::Refusal;
using domain::StrayState;
using domain::StrayWord;

void show(Decision& out, domain::Stray stray) {
    out.outcome.stray = std::make_shared<const domain::Stray>(std::move(stray));
}

const domain::Stray* known_stray(const BoxOffice::Memory& memory, domain::StrayId id,
                                 Decision& out) {
    const auto found = memory.strays.find(id);
    if (found != memory.strays.end()) return &found->second;
    refuse(out, Refusal::stray_unknown);
    return nullptr;
}

}  // namespace

void decide_receive(const BoxOffice::Memory& memory, const domain::ReceiveStray& command,
                    base::Timestamp now, Decision& out) {
    const auto same = memory.stray_of_transaction.find({command.bank, command.transaction});
    if (same != memory.stray_of_transaction.end()) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, memory.strays.at(same->second));
    }
    const bool fits = !command.transaction.empty() && command.amount.minor > 0 &&
                      command.transaction.size() <= domain::kTransactionBytesMax;
    if (!fits) return refuse(out, Refusal::definition_invalid);
    domain::Stray stray;
    stray.id = domain::StrayId(memory.strays.size() + 1);
    stray.bank = command.bank;
    stray.amount = command.amount;
    stray.incarnation = memory.incarnation;
    stray.transaction = command.transaction;
    stray.received_at = now;
    stray.changed_at = now;
    show(out, stray);
    accept(out, domain::StrayReceived{std::move(stray)});
}

void decide_try_stray(const BoxOffice::Memory& memory, const domain::TryStray& command,
                      base::Timestamp now, Decision& out) {
    const domain::Stray* stray = known_stray(memory, command.stray, out);
    if (stray == nullptr) return;
    show(out, *stray);
    if (stray->state != StrayState::received || stray->parked)
        return refuse(out, Refusal::step_not_wanted);
    accept(out, domain::StrayTried{command.stray, now});
}

void decide_report_stray(const BoxOffice::Memory& memory, const domain::ReportStray& command,
                         base::Timestamp now, Decision& out) {
    const domain::Stray* stray = known_stray(memory, command.stray, out);
    if (stray == nullptr) return;
    out.outcome.kind = OutcomeKind::repeated;
    domain::Stray changed = *stray;
    changed.changed_at = now;
    const bool is_open = stray->state == StrayState::received;
    const bool is_new = command.word == StrayWord::silent ? !stray->parked : !stray->refused;
    if (is_open && command.word == StrayWord::returned) {
        changed.state = StrayState::returned;
        changed.parked = false;
        changed.refused = false;
        accept(out, domain::StrayReturned{command.stray, now, command.round});
    } else if (is_open && is_new && command.round == stray->round) {
        changed.parked = true;
        changed.refused = command.word == StrayWord::refused;
        accept(out, domain::StrayParked{command.stray, now, changed.refused});
    }
    show(out, std::move(changed));
}

void decide_resume_stray(const BoxOffice::Memory& memory, const domain::ResumeStray& command,
                         base::Timestamp now, Decision& out) {
    const domain::Stray* stray = known_stray(memory, command.stray, out);
    if (stray == nullptr) return;
    domain::Stray resumed = *stray;
    if (!stray->parked) {
        show(out, std::move(resumed));
        return refuse(out, Refusal::not_parked);
    }
    if (stray->refused) ++resumed.round;
    resumed.refused = false;
    resumed.parked = false;
    resumed.tries = 0;
    show(out, std::move(resumed));
    accept(out, domain::StrayResumed{command.stray, command.by, now});
}

}  // namespace onsale::boxoffice
