#include "tickets/key_ring.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace onsale::tickets {

KeyRing::KeyRing(std::vector<TicketKey> keys) : keys_(std::move(keys)) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const bool last = i + 1 == keys_.size();
        keys_[i].until = last ? std::nullopt : std::optional(keys_[i + 1].from);
        ONSALE_CHECK(last || keys_[i].from < keys_[i + 1].from);
    }
}

const TicketKey* KeyRing::find(KeyId id) const {
    const auto found = std::ranges::find(keys_, id, &TicketKey::id);
    return found == keys_.end() ? nullptr : &*found;
}

std::size_t KeyRing::place_at(base::Timestamp issued_at) const {
    ONSALE_CHECK(!keys_.empty());
    const auto later = std::ranges::upper_bound(keys_, issued_at, {}, &TicketKey::from);
    return later == keys_.begin() ? 0 : static_cast<std::size_t>(later - keys_.begin()) - 1;
}

ReadCode read_code(std::string_view text, const KeyRing& ring) {
    ReadCode read;
    const auto code = parse_code(text);
    if (!code) return read;
    read.code = *code;
    const auto* key = ring.find(code->key);
    if (key == nullptr) {
        read.reading = Reading::unknown_key;
        return read;
    }
    const auto issued_at = code->facts.issued_at;
    const bool in_time = key->from <= issued_at && (!key->until || issued_at < *key->until);
    read.reading = in_time && is_genuine(*code, key->key) ? Reading::genuine : Reading::forged;
    return read;
}

}  // namespace onsale::tickets
