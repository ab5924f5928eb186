#include "catalog/pictures.h"

#include <atomic>
#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/internal/image_header.h"
#include "crypto/crypto.h"
#include "records/rows.h"

namespace onsale::catalog {
namespace {

using sql::Connection;
using sql::SqlResult;

// Half of SHA-256: nobody can find two pictures with one name.
std::string name_of(std::string_view bytes, std::string_view extension) {
    constexpr std::size_t kDigits = 32;
    const crypto::Digest digest = crypto::sha256(bytes);
    return crypto::to_hex(digest).substr(0, kDigits) + "." + std::string(extension);
}

SqlResult<void> insert(Connection& connection, const Picture& picture, domain::PersonId sender) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(
                               "INSERT OR IGNORE INTO catalog_pictures (name, content_type, width, "
                               "height, bytes, sender) VALUES (?, ?, ?, ?, ?, ?)"));
    row.bind(1, std::string_view(picture.name)).bind(2, std::string_view(picture.content_type));
    row.bind(3, std::int64_t{picture.width}).bind(4, std::int64_t{picture.height});
    row.bind_blob(5, std::string_view(*picture.bytes));
    return row.bind(6, records::to_row(sender)).run();
}

SqlResult<SharedPicture> select(Connection& connection, const std::string& name) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT content_type, width, height, bytes FROM "
                                              "catalog_pictures WHERE name = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, std::string_view(name)).step());
    if (!there) return SharedPicture{};
    auto picture = std::make_shared<Picture>();
    picture->name = name;
    picture->content_type = std::string(row.text(0));
    picture->width = static_cast<std::uint32_t>(row.integer(1));
    picture->height = static_cast<std::uint32_t>(row.integer(2));
    picture->bytes = std::make_shared<const std::string>(row.blob(3));
    row.reset();
    return SharedPicture(std::move(picture));
}

PictureRefusal refusal_of(const records::StoreError& error) {
    switch (error.trouble) {
        case records::StoreTrouble::busy:
            return PictureRefusal::busy;
        case records::StoreTrouble::storage_full:
            return PictureRefusal::storage_full;
        case records::StoreTrouble::failed:
            break;
    }
    return PictureRefusal::failed;
}

// Pictures by name, at most so many bytes; the one that was used longest ago goes first.
class Lately {
  public:
    explicit Lately(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    [[nodiscard]] SharedPicture find(std::string_view name) {
        const auto found = places_.find(name);
        if (found == places_.end()) return nullptr;
        pictures_.splice(pictures_.begin(), pictures_, found->second);
        return *found->second;
    }
    void keep(const SharedPicture& picture) {
        if (places_.contains(picture->name)) return;
        pictures_.push_front(picture);
        places_[picture->name] = pictures_.begin();
        bytes_ += picture->bytes->size();
        while (bytes_ > bytes_max_) {
            const SharedPicture& last = pictures_.back();
            bytes_ -= last->bytes->size();
            places_.erase(last->name);
            pictures_.pop_back();
        }
    }

  private:
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::list<SharedPicture> pictures_;  // the one used last is first
    // Names are the pictures' own, which stay where they are.
    std::unordered_map<std::string_view, std::list<SharedPicture>::iterator> places_;
};

}  // namespace

struct Pictures::Impl {
    Impl(records::Store& s, Options o) : store(s), options(o), lately(o.cache_bytes) {}

    struct Waiter {
        env::Executor* home;
        base::UniqueFunction<void(Found)> reply;
    };
    // Ends the reading of a picture: everybody who waits for it is told on their own executor.
    void tell(const std::string& name, const Found& found) {
        std::vector<Waiter> told;
        {
            const std::lock_guard lock(mutex);
            if (found && *found) lately.keep(*found);
            const auto waiting = reading.find(name);
            told = std::move(waiting->second);
            reading.erase(waiting);
        }
        for (auto& waiter : told) {
            waiter.home->post([reply = std::move(waiter.reply), found]() mutable { reply(found); });
        }
    }

    struct Sent {
        std::size_t pictures = 0;
        std::size_t bytes = 0;
    };
    // With the mutex held: whether the picture is there already or may be added.
    bool has_room(const Picture& picture, domain::PersonId sender) const {
        if (names.contains(picture.name)) return true;
        if (names.size() >= options.pictures_max) return false;
        const auto found = sent.find(sender);
        if (sender == domain::PersonId{} || found == sent.end()) return true;
        return found->second.pictures < options.pictures_per_sender_max &&
               found->second.bytes + picture.bytes->size() <= options.bytes_per_sender_max;
    }
    void count(std::string_view name, domain::PersonId sender, std::size_t bytes) {
        if (!names.emplace(name).second) return;
        ++sent[sender].pictures;
        sent[sender].bytes += bytes;
    }

    records::Store& store;
    const Options options;
    std::atomic<std::uint64_t> reads = 0;

    std::mutex mutex;  // owns what follows; never held across a look at the records
    std::set<std::string, std::less<>> names;
    std::map<domain::PersonId, Sent> sent;
    Lately lately;
    std::unordered_map<std::string, std::vector<Waiter>> reading;
};

SqlResult<std::shared_ptr<Pictures>> Pictures::create(records::Store& store, Options options) {
    auto impl = std::make_shared<Impl>(store, options);
    // The length of a blob is told without reading it.
    ONSALE_TRY_ASSIGN(row, store.connection().prepare(
                               "SELECT name, sender, length(bytes) FROM catalog_pictures"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) break;
        impl->count(row.text(0), records::id_from_row<domain::PersonId>(row.integer(1)),
                    static_cast<std::size_t>(row.integer(2)));
    }
    return std::shared_ptr<Pictures>(new Pictures(std::move(impl)));
}

Pictures::Pictures(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pictures::~Pictures() = default;

bool Pictures::knows(std::string_view name) const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->names.contains(name);
}

std::uint64_t Pictures::reads() const {
    return impl_->reads.load();
}

SharedPicture Pictures::describe(std::string bytes) {
    const auto header = read_image_header(bytes);
    const bool fits = bytes.size() <= kPictureBytesMax && header &&
                      header->width <= kPictureSideMax && header->height <= kPictureSideMax;
    if (!fits) return nullptr;
    auto picture = std::make_shared<Picture>();
    picture->name = name_of(bytes, header->extension);
    picture->content_type = std::string(header->content_type);
    picture->width = header->width;
    picture->height = header->height;
    picture->bytes = std::make_shared<const std::string>(std::move(bytes));
    return picture;
}

void Pictures::put(std::string bytes, domain::PersonId sender, env::Executor& home,
                   base::UniqueFunction<void(PutResult)> reply) {
    const auto refuse = [&](PictureRefusal refusal) {
        home.post([reply = std::move(reply), refusal]() mutable { reply({refusal, nullptr}); });
    };
    auto picture = describe(std::move(bytes));
    if (picture == nullptr) return refuse(PictureRefusal::invalid);
    {
        const std::lock_guard lock(impl_->mutex);
        if (!impl_->has_room(*picture, sender)) return refuse(PictureRefusal::too_many);
    }
    auto work = [impl = impl_, picture, sender](Connection& connection) -> PutResult {
        {
            // Again, as those that waited before it are counted now.
            const std::lock_guard lock(impl->mutex);
            if (!impl->has_room(*picture, sender)) return {PictureRefusal::too_many, nullptr};
        }
        const auto written = insert(connection, *picture, sender);
        if (!written) return {refusal_of(records::to_store_error(written.error())), nullptr};
        const std::lock_guard lock(impl->mutex);
        impl->count(picture->name, sender, picture->bytes->size());
        impl->lately.keep(picture);
        return {PictureRefusal::none, picture};
    };
    impl_->store.ask<PutResult>(home, std::move(work), std::move(reply),
                                {PictureRefusal::busy, nullptr});
}

SharedPicture Pictures::in_memory(std::string_view name) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->lately.find(name);
}

void Pictures::find(std::string_view name, env::Executor& home,
                    base::UniqueFunction<void(Found)> reply) {
    const std::string wanted(name);
    std::optional<SharedPicture> known;
    {
        const std::lock_guard lock(impl_->mutex);
        known = impl_->lately.find(name);
        if (*known == nullptr && impl_->names.contains(name)) {
            auto& waiting = impl_->reading[wanted];
            waiting.push_back({&home, std::move(reply)});
            if (waiting.size() > 1) return;  // it is being read already
            known.reset();
        }
    }
    if (known) {
        home.post([reply = std::move(reply), picture = *known]() mutable { reply(picture); });
        return;
    }
    ++impl_->reads;
    const bool taken = impl_->store.post([impl = impl_, wanted](Connection& connection) {
        auto read = select(connection, wanted);
        if (!read)
            return impl->tell(wanted, base::Unexpected{records::to_store_error(read.error())});
        impl->tell(wanted, *read);
    });
    if (!taken) impl_->tell(wanted, base::Unexpected{records::store_busy()});
}

}  // namespace onsale::catalog
