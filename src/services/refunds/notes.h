// Notes: what people write about a refund in their own words: the buyer when asking for it, the
// reviewers when they decide. They are records, sealed with the buyer's key, so they go when the
// buyer's account goes. Any thread may call it; its work runs on the records store's executor.
// After a crash: what was answered is there; who asks for a refund again without an answer brings
// the words again, and they are kept if they were not yet.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/person_texts.h"
#include "base/unique_function.h"
#include "domain/ids.h"
#include "records/store.h"

namespace onsale::refunds {

inline constexpr std::size_t kNoteCharactersMax = 200;
inline constexpr std::size_t kNotesPerReadMax = 100;

// Empty: nothing was written, or it can be read no more.
struct NotesOfRefund {
    std::string buyer;
    std::string review;  // the last one
    bool operator==(const NotesOfRefund&) const = default;
};

class Notes {
  public:
    // Migrates the table: call it before anything was posted to the store. Everything outlives it.
    static sql::SqlResult<std::unique_ptr<Notes>> create(records::Store& store,
                                                         accounts::PersonTexts texts);

    using Written = records::StoreResult<void>;
    struct Words {
        domain::RefundId refund;
        domain::PersonId person;  // whose refund it is
        std::string text;
    };
    // The first words stay. Without a text nothing is written.
    void write_request(Words words, env::Executor& home, base::UniqueFunction<void(Written)> reply);
    // The last words stay.
    void write_review(Words words, env::Executor& home, base::UniqueFunction<void(Written)> reply);

    struct Wanted {
        domain::RefundId refund;
        domain::PersonId person;
    };
    using Found = records::StoreResult<std::vector<NotesOfRefund>>;
    // In the order asked for; at most kNotesPerReadMax.
    void read(std::vector<Wanted> wanted, env::Executor& home,
              base::UniqueFunction<void(Found)> reply);

  private:
    Notes(records::Store& store, accounts::PersonTexts texts)
        : store_(store), texts_(std::move(texts)) {}

    enum class Place : std::uint8_t { request = 1, review = 2 };
    void write(Place place, Words words, env::Executor& home,
               base::UniqueFunction<void(Written)> reply);

    records::Store& store_;
    accounts::PersonTexts texts_;  // copied into the work, which may outlive this
};

// Whether it is at most kNoteCharactersMax characters of valid UTF-8 without control characters
// other than line breaks.
[[nodiscard]] bool is_note(std::string_view text);

}  // namespace onsale::refunds
