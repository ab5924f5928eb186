#include "refunds/notes.h"

#include <array>
#include <utility>

#include "records/rows.h"
#include "sql/database.h"

namespace onsale::refunds {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE refunds_note (
        refund_id INTEGER NOT NULL,
        place INTEGER NOT NULL,      -- 1: the buyer's, 2: the last reviewer's
        words BLOB NOT NULL,         -- sealed with the buyer's key
        PRIMARY KEY (refund_id, place)
    ) WITHOUT ROWID;
)sql"}};

constexpr std::string_view kWhat = "refund note";

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if constexpr (std::is_void_v<T>) {
        if (result) return {};
    } else {
        if (result) return std::move(*result);
    }
    return base::Unexpected{records::to_store_error(result.error())};
}

SqlResult<std::string> read_one(sql::Connection& connection, accounts::PersonTexts& texts,
                                const Notes::Wanted& wanted, std::int64_t place) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT words FROM refunds_note WHERE refund_id = ? "
                                              "AND place = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(wanted.refund)).bind(2, place).step());
    if (!there) return std::string();
    const std::string sealed(row.blob(0));
    row.reset();
    ONSALE_TRY_ASSIGN(text, texts.open(wanted.person, kWhat, sealed));
    return text.value_or(std::string());
}

// How many bytes the character has that begins with `first`; 0: none begins so.
std::size_t character_bytes(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    if (first >= 0xf0 && first < 0xf5) return 4;
    return 0;
}

bool is_continued(std::string_view character) {
    for (const char c : character.substr(1)) {
        if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U) return false;
    }
    return true;
}

}  // namespace

bool is_note(std::string_view text) {
    std::size_t characters = 0;
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t bytes = character_bytes(first);
        if (bytes == 0 || bytes > text.size() || !is_continued(text.substr(0, bytes))) return false;
        if ((first < 0x20 && first != '\n') || first == 0x7f) return false;
        if (++characters > kNoteCharactersMax) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

sql::SqlResult<std::unique_ptr<Notes>> Notes::create(records::Store& store,
                                                     accounts::PersonTexts texts) {
    ONSALE_TRY(sql::migrate(store.connection(), "refunds", kMigrations));
    return std::unique_ptr<Notes>(new Notes(store, std::move(texts)));
}

void Notes::write_request(Words words, env::Executor& home,
                          base::UniqueFunction<void(Written)> reply) {
    write(Place::request, std::move(words), home, std::move(reply));
}
void Notes::write_review(Words words, env::Executor& home,
                         base::UniqueFunction<void(Written)> reply) {
    write(Place::review, std::move(words), home, std::move(reply));
}

void Notes::write(Place place, Words words, env::Executor& home,
                  base::UniqueFunction<void(Written)> reply) {
    if (words.text.empty()) {
        home.post([reply = std::move(reply)]() mutable { reply(Written{}); });
        return;
    }
    auto work = [texts = texts_, place,
                 words = std::move(words)](sql::Connection& connection) mutable -> Written {
        const auto sealed = texts.seal(words.person, kWhat, words.text);
        if (!sealed) return base::Unexpected{records::to_store_error(sealed.error())};
        if (!*sealed) return {};  // an account that is gone says nothing more
        auto row = connection.prepare(
            place == Place::request
                ? "INSERT INTO refunds_note VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
                : "INSERT INTO refunds_note VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET words = "
                  "?3");
        if (!row) return base::Unexpected{records::to_store_error(row.error())};
        row->bind(1, to_row(words.refund)).bind(2, static_cast<std::int64_t>(place));
        return told(row->bind_blob(3, std::string_view(**sealed)).run());
    };
    store_.ask<Written>(home, std::move(work), std::move(reply),
                        base::Unexpected{records::store_busy()});
}

void Notes::read(std::vector<Wanted> wanted, env::Executor& home,
                 base::UniqueFunction<void(Found)> reply) {
    if (wanted.size() > kNotesPerReadMax) wanted.resize(kNotesPerReadMax);
    auto work = [texts = texts_,
                 wanted = std::move(wanted)](sql::Connection& connection) mutable -> Found {
        std::vector<NotesOfRefund> notes;
        for (const auto& one : wanted) {
            auto buyer =
                told(read_one(connection, texts, one, static_cast<std::int64_t>(Place::request)));
            if (!buyer) return base::Unexpected{buyer.error()};
            auto review =
                told(read_one(connection, texts, one, static_cast<std::int64_t>(Place::review)));
            if (!review) return base::Unexpected{review.error()};
            notes.push_back({std::move(*buyer), std::move(*review)});
        }
        return notes;
    };
    store_.ask<Found>(home, std::move(work), std::move(reply),
                      base::Unexpected{records::store_busy()});
}

}  // namespace onsale::refunds
