#include "imports/code_file.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "crypto/crypto.h"
#include "vault/limits.h"

namespace onsale::imports {
namespace {

// The first column; quotes around it go.
std::string_view first_column(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty() && line.front() == '"') {
        const auto end = line.find('"', 1);
        return end == std::string_view::npos ? line : line.substr(1, end - 1);
    }
    return line.substr(0, line.find(','));
}

bool is_code(std::string_view code) {
    if (code.empty() || code.size() > vault::kCodeCharactersMax) return false;
    if (code.front() == ' ' || code.back() == ' ') return false;
    return std::ranges::all_of(code, [](char c) { return c >= ' ' && c <= '~'; });
}

// A code by its hash: sixteen bytes each, so that millions can be compared by sorting.
struct Hashed {
    std::uint64_t hash = 0;
    std::uint32_t list = 0;
    std::uint32_t index = 0;
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> place() const { return {list, index}; }
};

struct Pair {
    Hashed first;
    Hashed again;
};

}  // namespace

Codes read_codes(std::string_view text, std::uint32_t file, Mistakes& mistakes) {
    Codes codes;
    codes.file = file;
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    codes.list.reserve(static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    std::uint64_t line = 0;
    bool faulty = false;
    while (!text.empty() && !mistakes.full()) {
        const auto end = text.find('\n');
        const auto code = first_column(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        ++line;
        if (line == 1 && code == "code") {
            codes.first_line = 2;
            continue;
        }
        if (is_code(code)) {
            codes.list.push_back(code);
            continue;
        }
        faulty = true;
        mistakes.add({file, line, 1}, {"不是有效的券码", "not a code"},
                     {"请填写 1 至 64 个可打印 ASCII 字符,首尾不留空格",
                      "write 1 to 64 printable ASCII characters without spaces at the ends"});
    }
    if (codes.list.empty() && !faulty) {
        mistakes.add({file, 0, 0}, {"文件中没有券码", "there is no code in it"},
                     {"请每行填写一个券码", "put one code on each line"});
    }
    return codes;
}

void find_repeated_codes(std::span<const Codes* const> all, std::span<const std::string_view> names,
                         Mistakes& mistakes) {
    std::vector<Hashed> hashed;
    std::size_t count = 0;
    for (const auto* codes : all) count += codes->list.size();
    hashed.reserve(count);
    for (std::uint32_t list = 0; list < all.size(); ++list) {
        for (std::uint32_t i = 0; i < all[list]->list.size(); ++i)
            hashed.push_back({crypto::short_hash(all[list]->list[i]), list, i});
    }
    const auto code_of = [&](const Hashed& one) { return all[one.list]->list[one.index]; };
    std::ranges::sort(hashed, [&](const Hashed& a, const Hashed& b) {
        if (a.hash != b.hash) return a.hash < b.hash;
        return std::tuple(code_of(a), a.place()) < std::tuple(code_of(b), b.place());
    });
    std::vector<Pair> pairs;
    for (std::size_t i = 1, first = 0; i < hashed.size(); ++i) {
        const bool same =
            hashed[i].hash == hashed[first].hash && code_of(hashed[i]) == code_of(hashed[first]);
        if (same) {
            pairs.push_back({hashed[first], hashed[i]});
        } else {
            first = i;
        }
    }
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return pair.again.place(); });
    for (const auto& [first, again] : pairs) {
        if (mistakes.full()) return;
        const Codes& there = *all[first.list];
        const Codes& here = *all[again.list];
        const std::string place =
            std::string(names[there.file]) + ":" + std::to_string(there.first_line + first.index);
        mistakes.add({here.file, here.first_line + again.index, 1},
                     {"该券码已出现在 " + place, "this code stands in " + place + " already"},
                     {"请删除其中一个", "remove one of them"});
    }
}

}  // namespace onsale::imports
