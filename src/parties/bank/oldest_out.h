// OldestOut: a map of bounded size. Where there is no room, what was put in first leaves, so that
// nobody can make it forget everything at once. Not thread-safe: its owner guards it. After a crash
// it is empty.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <utility>

namespace onsale::bank {

template <class Key, class Value>
class OldestOut {
  public:
    explicit OldestOut(std::size_t max) : max_(max) {}

    [[nodiscard]] Value* find(const Key& key) {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second.value;
    }
    // What is there, or else `made`, put in as the youngest.
    Value& get_or_put(const Key& key, Value made) {
        if (Value* known = find(key)) return *known;
        if (entries_.size() >= max_) erase(ages_.front());
        const auto place = ages_.insert(ages_.end(), key);
        return entries_.emplace(key, Entry{std::move(made), place}).first->second.value;
    }
    void erase(const Key& key) {
        const auto found = entries_.find(key);
        if (found == entries_.end()) return;
        const auto place = found->second.place;
        entries_.erase(found);
        ages_.erase(place);
    }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        Value value;
        typename std::list<Key>::iterator place;
    };
    const std::size_t max_;
    std::map<Key, Entry> entries_;
    std::list<Key> ages_;  // the oldest first
};

}  // namespace onsale::bank
