// Pictures: what pages show beside texts. A picture's name follows from its bytes, so sending it
// again changes nothing, and what stands under a name never changes. The bytes are records; which
// names exist is known in memory, so an unknown name costs no look at the records, and what was
// asked for lately stays in memory, at most 64 MiB. However many ask for a picture that is not in
// memory, it is read once. Any thread may call it. After a crash: what put() has acknowledged is
// there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/unique_function.h"
#include "catalog/limits.h"
#include "domain/ids.h"
#include "env/executor.h"
#include "records/store.h"

namespace onsale::catalog {

struct Picture {
    std::string name;  // "0f3a….png"
    std::string content_type;
    std::uint32_t width = 0;  // pixels
    std::uint32_t height = 0;
    std::shared_ptr<const std::string> bytes;
};
using SharedPicture = std::shared_ptr<const Picture>;

enum class PictureRefusal : std::uint8_t {
    none,
    invalid,   // not a PNG, JPEG or WebP, or its sides are too long
    too_many,  // the site or the sender has as many as may be
    busy,
    storage_full,
    failed,
};
struct PutResult {
    PictureRefusal refusal = PictureRefusal::none;
    SharedPicture picture;  // when it is there
};

class Pictures {
  public:
    // For tests; the limits are those of the site.
    struct Options {
        std::size_t cache_bytes = kPictureCacheBytes;
        std::size_t pictures_max = kPicturesMax;
        std::size_t pictures_per_sender_max = kPicturesPerSenderMax;
        std::size_t bytes_per_sender_max = kPictureBytesPerSenderMax;
    };
    // The tables are there already. Call it before anything was posted to the store.
    static sql::SqlResult<std::shared_ptr<Pictures>> create(records::Store& store, Options options);
    ~Pictures();
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    // What put() would make of these bytes; null: it would not take them.
    [[nodiscard]] static SharedPicture describe(std::string bytes);
    [[nodiscard]] bool knows(std::string_view name) const;
    // At most kPictureBytesMax bytes; more are `invalid`. What a sender has sent first is counted
    // as theirs; 0 is the site itself (administrators) and bounded by the site's bound only.
    void put(std::string bytes, domain::PersonId sender, env::Executor& home,
             base::UniqueFunction<void(PutResult)> reply);

    // Null when it is not in memory (any more), or unknown.
    [[nodiscard]] SharedPicture in_memory(std::string_view name);
    // From memory or the records; null for an unknown name. `reply` runs on `home`.
    using Found = records::StoreResult<SharedPicture>;
    void find(std::string_view name, env::Executor& home, base::UniqueFunction<void(Found)> reply);

    // How often the records were read for a picture since the start.
    [[nodiscard]] std::uint64_t reads() const;

  private:
    struct Impl;
    explicit Pictures(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::catalog
