// What of the records is shown: from the start, after a change of a session, and after a change of
// an organiser, a show or the banners, which needs no command.
#include <utility>

#include "catalog/internal/changes.h"
#include "catalog/search.h"

namespace onsale::catalog {
namespace {

using sql::SqlResult;

// Runs `write` as a transaction of its own.
template <class Write>
SqlResult<void> transact(sql::Connection& connection, Write&& write) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY(write());
    return transaction.commit();
}

}  // namespace

SqlResult<void> Changes::load(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(heads, all_heads(connection));
    ONSALE_TRY_ASSIGN(sessions, all_sessions(connection, heads));
    ONSALE_TRY_ASSIGN(banners, all_banners(connection));
    DirectoryChange change;
    change.banners = std::make_shared<const Banners>(std::move(banners));
    for (const auto& [id, organiser] : heads.organisers) change.organisers.push_back(organiser);
    for (const auto& [id, show] : heads.shows) change.shows.push_back(show);
    for (auto& stored : sessions) {
        if (!stored.accepted) continue;
        change.sessions.push_back(linked(std::move(stored.entry), heads));
    }
    swap(change);
    return {};
}

SharedDirectory Changes::directory() const {
    const std::lock_guard lock(mutex_);
    return directory_;
}

void Changes::show(SessionEntry entry, const Accepted& accepted) {
    const auto present = directory();
    Heads heads;
    heads.organisers[entry.organiser->id] = present->find_organiser(entry.organiser->id);
    heads.shows[entry.show->id] = present->find_show(entry.show->id);
    entry.definition = accepted.definition;
    entry.status = accepted.status;
    DirectoryChange change;
    change.sessions.push_back(linked(std::move(entry), heads));
    swap(change);
}

SharedSession Changes::linked(SessionEntry entry, const Heads& heads) const {
    const auto organiser = heads.organisers.find(entry.organiser->id);
    if (organiser != heads.organisers.end() && organiser->second)
        entry.organiser = organiser->second;
    const auto show = heads.shows.find(entry.show->id);
    if (show != heads.shows.end() && show->second) entry.show = show->second;
    entry.shard = parts_.engine.shard_of(entry.definition->id);
    for (const auto& rules : entry.definition->tiers) {
        for (auto& tier : entry.tiers) {
            if (tier.rules.id == rules.id) tier.rules = rules;
        }
    }
    for (auto& campaign : entry.campaigns) {
        campaign.shard = entry.shard;
        campaign.cancelled = entry.status.cancelled;
        for (const auto& rules : entry.definition->campaigns) {
            if (rules.id == campaign.rules.id) campaign.rules = rules;
        }
        campaign.search = search_text(entry, campaign);
    }
    return std::make_shared<const SessionEntry>(std::move(entry));
}

void Changes::swap(const DirectoryChange& change) {
    auto next = directory()->with(change);
    const std::lock_guard lock(mutex_);
    directory_.swap(next);
}

void Changes::put(sql::Connection& connection, OrganiserEntry organiser, ChangeReply reply) {
    if (auto mistake = unknown_picture(organiser.picture, "picture"))
        return reply(std::move(*mistake));
    organiser.changed_at = parts_.clock.wall_now();
    const auto written =
        transact(connection, [&] { return write_organiser(connection, organiser); });
    if (!written) return reply(trouble(written.error()));
    Heads heads;
    heads.organisers[organiser.id] = std::make_shared<const OrganiserEntry>(organiser);
    DirectoryChange change;
    change.organisers.push_back(heads.organisers[organiser.id]);
    const auto present = directory();
    for (const auto* sessions : {&present->listing().sessions, &present->listing().removed}) {
        for (const auto& session : *sessions) {
            if (session->organiser->id == organiser.id)
                change.sessions.push_back(linked(*session, heads));
        }
    }
    swap(change);
    reply(result_of(ChangeKind::accepted, {}));
}

void Changes::put(sql::Connection& connection, ShowEntry show, ChangeReply reply) {
    const auto present = directory();
    if (present->find_organiser(show.organiser) == nullptr) {
        return reply(
            at_field(ChangeKind::invalid, "organiser", "is not an organiser of this site"));
    }
    const auto known = present->find_show(show.id);
    if (known != nullptr && known->organiser != show.organiser) {
        return reply(
            at_field(ChangeKind::conflict, "organiser", "a show stays with its organiser"));
    }
    if (auto mistake = unknown_picture(show.picture, "picture")) return reply(std::move(*mistake));
    show.changed_at = parts_.clock.wall_now();
    const auto written = transact(connection, [&] { return write_show(connection, show); });
    if (!written) return reply(trouble(written.error()));
    Heads heads;
    heads.shows[show.id] = std::make_shared<const ShowEntry>(show);
    DirectoryChange change;
    change.shows.push_back(heads.shows[show.id]);
    if (const auto* listed = present->listing().find_show(show.id)) {
        for (const auto& session : listed->sessions)
            change.sessions.push_back(linked(*session, heads));
    }
    for (const auto& session : present->listing().removed) {
        if (session->show->id == show.id) change.sessions.push_back(linked(*session, heads));
    }
    swap(change);
    reply(result_of(ChangeKind::accepted, {}));
}

void Changes::put(sql::Connection& connection, Banners banners, ChangeReply reply) {
    const auto present = directory();
    for (std::size_t i = 0; i < banners.size(); ++i) {
        const auto& banner = banners[i];
        const auto field = "banners[" + std::to_string(i) + "].";
        if (banner.picture.empty()) {
            return reply(at_field(ChangeKind::invalid, field + "picture", "must not be empty"));
        }
        if (auto mistake = unknown_picture(banner.picture, field + "picture"))
            return reply(std::move(*mistake));
        if (banner.show && present->find_show(*banner.show) == nullptr) {
            return reply(
                at_field(ChangeKind::invalid, field + "show", "is not a show of this site"));
        }
        const auto session = banner.campaign ? present->session_of(*banner.campaign) : nullptr;
        if (banner.campaign && (session == nullptr || session->removed)) {
            return reply(at_field(ChangeKind::invalid, field + "campaign",
                                  "is not a campaign of this site"));
        }
    }
    const auto written = transact(connection, [&] { return write_banners(connection, banners); });
    if (!written) return reply(trouble(written.error()));
    DirectoryChange change;
    change.banners = std::make_shared<const Banners>(std::move(banners));
    swap(change);
    reply(result_of(ChangeKind::accepted, {}));
}

}  // namespace onsale::catalog
