#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "records/internal/marked_file.h"

// The text of a mark: "salt counter" and, after a clean end, a line "sha256 hex"; then "check hex".
namespace onsale::records {
namespace {

using base::Unexpected;

constexpr std::string_view kDigestWord = "sha256 ";
constexpr std::string_view kCheckWord = "check ";

std::string check_line(std::string_view lines) {
    return std::string(kCheckWord) + crypto::to_hex(crypto::sha256(lines)) + "\n";
}

bool parse(std::string_view text, std::uint64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

std::optional<Mark> parse_lines(std::string_view lines) {
    Mark mark;
    const auto space = lines.find(' ');
    const auto end = lines.find('\n');
    if (end == std::string_view::npos || space > end) return std::nullopt;
    if (!parse(lines.substr(0, space), mark.salt)) return std::nullopt;
    if (!parse(lines.substr(space + 1, end - space - 1), mark.counter)) return std::nullopt;
    lines.remove_prefix(end + 1);
    if (lines.empty()) return mark;
    if (!lines.starts_with(kDigestWord) || !lines.ends_with('\n')) return std::nullopt;
    lines.remove_prefix(kDigestWord.size());
    lines.remove_suffix(1);
    const auto bytes = crypto::from_hex(lines);
    crypto::Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::ranges::copy(std::as_bytes(std::span(*bytes)), digest.begin());
    mark.digest = digest;
    return mark;
}

}  // namespace

env::FileResult<void> write_mark(env::Files& files, const std::string& path, const Mark& mark) {
    std::string lines = std::to_string(mark.salt) + " " + std::to_string(mark.counter) + "\n";
    if (mark.digest) lines += std::string(kDigestWord) + crypto::to_hex(*mark.digest) + "\n";
    return env::replace_file(files, path, lines + check_line(lines));
}

env::FileResult<std::optional<Mark>> read_mark(env::Files& files, const std::string& path) {
    const auto content = env::read_file(files, path);
    if (!content) {
        if (content.error() == env::FileError::not_found) return std::optional<Mark>{};
        return Unexpected{content.error()};
    }
    const std::string_view text(*content);
    const auto place = text.rfind(kCheckWord);
    if (place == std::string_view::npos) return Unexpected{env::FileError::io_error};
    const std::string_view lines = text.substr(0, place);
    if (text.substr(place) != check_line(lines)) return Unexpected{env::FileError::io_error};
    auto mark = parse_lines(lines);
    if (!mark) return Unexpected{env::FileError::io_error};
    return mark;
}

}  // namespace onsale::records
