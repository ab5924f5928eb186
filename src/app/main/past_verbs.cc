// Verbs that look at the past: explain, and stock as of a moment. They replay the journal of the
// data folder, beside the running server or without it, and change nothing.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "answers/error.h"
#include "answers/receipt.h"
#include "env/posix/environment.h"
#include "http/described.h"
#include "main/options.h"
#include "main/setup.h"
#include "replay/history.h"
#include "shop/explain_body.h"
#include "site/layout.h"

namespace onsale::app {
namespace {

using base::Unexpected;

template <class T>
using Done = base::Result<T, std::string>;

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

std::optional<std::uint64_t> number_of(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 18 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return std::nullopt;
    return std::strtoull(text.c_str(), nullptr, 10);
}

Done<std::unique_ptr<replay::Replayer>> open(const site::Config& config,
                                             env::Environment& environment) {
    replay::Options options;
    options.journal.path = site::journal_path(config.folder);
    options.journal.vfs = environment.sqlite_vfs();
    options.journal.access = sql::Access::read_only;
    options.snapshots = site::snapshots_folder(config.folder);
    options.shards = config.shards;
    auto opened = replay::Replayer::open(std::move(options), environment.files());
    if (!opened) return Unexpected{opened.error().message};
    return std::move(*opened);
}

bool wants_chinese(const Options& options) {
    if (!options.language.empty()) return options.language == "zh";
    const char* language = std::getenv("LANG");
    return language != nullptr && std::string_view(language).starts_with("zh");
}

Done<shop::ExplanationBody> explain_receipt(const Options& options, const crypto::Key& key,
                                            replay::Replayer& replayer) {
    const auto receipt = answers::ReceiptSigner(key).parse_receipt(options.subject);
    if (!receipt) {
        const auto& entry = answers::entry_of(answers::Code::receipt_invalid);
        const bool zh = wants_chinese(options);
        return Unexpected{std::string(zh ? entry.message_zh : entry.message_en) + " " +
                          std::string(zh ? entry.remedy_zh : entry.remedy_en)};
    }
    replay::RefusalQuestion question{receipt->refusal,  receipt->shard,    receipt->session,
                                     receipt->campaign, receipt->sequence, receipt->ordinal,
                                     receipt->free,     receipt->at,       std::nullopt};
    if (options.person != 0) question.person = domain::PersonId(options.person);
    const auto story = replay::explain_refusal(replayer, question);
    if (!story) return Unexpected{story.error().message};
    return shop::explanation_body(question, *story, shop::Audience::staff);
}

Done<shop::ExplanationBody> explain_order(std::uint64_t number, replay::Replayer& replayer) {
    const domain::OrderId order(number);
    if (domain::shard_of(order).value() >= replayer.shards())
        return Unexpected{"there is no order " + std::to_string(number)};
    const auto story = replay::explain_order(replayer, order);
    if (!story) return Unexpected{story.error().message};
    if (!*story) return Unexpected{"there is no order " + std::to_string(number)};
    return shop::explanation_body(**story);
}

// Where a shard is looked at.
struct Moment {
    std::optional<std::uint64_t> position;
    std::optional<base::Timestamp> time;  // neither: now
};

Done<std::string> stock_of_shard(replay::Replayer& replayer, domain::ShardId shard,
                                 const Moment& moment, std::optional<domain::SessionId> session) {
    auto place = moment.time ? replayer.place_at(shard, *moment.time) : replayer.last(shard);
    if (!place) return Unexpected{place.error().message};
    const auto past = replayer.at(shard, moment.position.value_or(place->sequence));
    if (!past) return Unexpected{past.error().message};
    std::string out;
    char line[240];
    for (const auto& pool : (*past)->box_office.stock()) {
        if (session && pool.session != *session) continue;
        std::snprintf(line, sizeof line, "%16llu %16llu  %-5s %12llu %12llu %12llu %12llu %12llu\n",
                      static_cast<unsigned long long>(pool.session.value()),
                      static_cast<unsigned long long>(pool.pool.value()),
                      pool.kind == domain::PoolKind::codes ? "codes" : "count",
                      static_cast<unsigned long long>(pool.count.capacity),
                      static_cast<unsigned long long>(pool.count.free),
                      static_cast<unsigned long long>(pool.count.held),
                      static_cast<unsigned long long>(pool.count.sold),
                      static_cast<unsigned long long>(pool.count.withdrawn));
        out += line;
    }
    if (!session) return out;
    const auto counts = (*past)->tally.of(*session);
    std::snprintf(line, sizeof line,
                  "orders: %llu reserved, %llu completed, %llu cancelled, %llu expired, %llu "
                  "refunded\nas of shard %u, position %llu, %s\n",
                  static_cast<unsigned long long>(counts.reserved),
                  static_cast<unsigned long long>(counts.completed),
                  static_cast<unsigned long long>(counts.cancelled),
                  static_cast<unsigned long long>(counts.expired),
                  static_cast<unsigned long long>(counts.refunded), unsigned{shard.value()},
                  static_cast<unsigned long long>((*past)->place.sequence),
                  base::to_rfc3339((*past)->place.at).c_str());
    return out + line;
}

Done<Moment> moment_of(const Options& options) {
    Moment moment;
    if (options.at.empty()) return moment;
    moment.position = number_of(options.at);
    if (!moment.position) moment.time = base::parse_rfc3339(options.at);
    if (!moment.position && !moment.time)
        return Unexpected{"--at " + options.at +
                          " is neither a position nor a time like 2026-11-20T20:00:00+08:00"};
    if (moment.position && options.session == 0)
        return Unexpected{std::string("a position is one shard's: say --session, too")};
    return moment;
}

Done<std::string> stock_then(const Options& options, const site::Config& config,
                             env::Environment& environment) {
    ONSALE_TRY_ASSIGN(moment, moment_of(options));
    ONSALE_TRY_ASSIGN(replayer, open(config, environment));
    std::string table =
        "         session             pool  kind      capacity         free         held         "
        "sold    withdrawn\n";
    if (options.session != 0) {
        const domain::SessionId session(options.session);
        const auto shard = domain::shard_of(session, config.shards);
        ONSALE_TRY_ASSIGN(rows, stock_of_shard(*replayer, shard, moment, session));
        return table + rows;
    }
    for (std::uint16_t shard = 0; shard < config.shards; ++shard) {
        ONSALE_TRY_ASSIGN(rows,
                          stock_of_shard(*replayer, domain::ShardId(shard), moment, std::nullopt));
        table += rows;
    }
    return table;
}

}  // namespace

int run_explain(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto key = existing_master_key(*config, *environment);
    if (!key) return fail(key.error());
    const auto replayer = open(*config, *environment);
    if (!replayer) return fail(replayer.error());
    const auto order = number_of(options.subject);
    const auto told =
        order ? explain_order(*order, **replayer) : explain_receipt(options, *key, **replayer);
    if (!told) return fail(told.error());
    if (options.json) {
        print(http::to_json(*told) + "\n");
        return 0;
    }
    for (const auto& sentence : wants_chinese(options) ? told->sentences.zh : told->sentences.en)
        print(sentence + "\n");
    return 0;
}

int run_stock_then(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto table = stock_then(options, *config, *environment);
    if (!table) return fail(table.error());
    print(*table);
    return 0;
}

}  // namespace onsale::app
