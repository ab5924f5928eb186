// What other companies sign: calls, lines of a link, tokens that people carry, and the origins by
// which they say where they are. What was signed is taken, and one changed byte is noticed.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/check.h"
#include "crypto/signed_call.h"
#include "registry/limits.h"
#include "registry/party.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

constexpr auto kNow = base::Timestamp::from_unix_ms(1'795'176'000'000);

std::vector<crypto::CallKey> keys() {
    crypto::CallKey first{.id = "0badcafe"};
    crypto::CallKey second{.id = "12345678"};
    second.secret.fill(std::byte{7});
    return {first, second};
}

std::string_view until(std::string_view& text, char end) {
    const std::string_view part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

// True if a byte was changed.
bool spoil(std::string& text, std::size_t place, std::uint8_t with) {
    if (text.empty()) return false;
    char& byte = text[place % text.size()];
    if (byte == static_cast<char>(with)) return false;
    byte = static_cast<char>(with);
    return true;
}

void sign_a_call(Input input) {
    const std::size_t place = input.byte();
    const std::uint8_t with = input.byte();
    std::string_view rest = input.rest();
    const std::string_view path = until(rest, '\n');
    std::string body(rest);
    const auto mark = crypto::sign_call(keys()[1], {"POST", path, body}, kNow);
    ONSALE_CHECK(crypto::check_call(keys(), {"POST", path, body}, mark, kNow).has_value());
    const bool moved = spoil(body, place, with);
    ONSALE_CHECK(!moved || !crypto::check_call(keys(), {"POST", path, body}, mark, kNow));
}

// Headers as a stranger sends them: nobody but who has the key is taken.
void check_a_call(Input input) {
    std::string_view rest = input.rest();
    const std::string key(until(rest, '\n'));
    const std::string time(until(rest, '\n'));
    const std::string signature(until(rest, '\n'));
    const std::string_view path = until(rest, '\n');
    ONSALE_CHECK(!crypto::check_call(keys(), {"POST", path, rest}, {key, time, signature}, kNow));
}

void sign_lines(Input input) {
    std::string_view rest = input.rest();
    const std::string_view first = until(rest, '\n');
    const std::array<std::string_view, 2> lines{first, rest};
    const auto signature = crypto::sign_lines(keys()[0], lines);
    const bool one_line = rest.find('\n') == std::string_view::npos;
    ONSALE_CHECK(signature.has_value() == one_line);
    if (!signature) return;
    ONSALE_CHECK(crypto::check_lines(keys(), "0badcafe", lines, *signature));
    ONSALE_CHECK(!crypto::check_lines(keys(), "12345678", lines, *signature));
}

void carry(Input input) {
    const std::size_t place = input.byte();
    const std::uint8_t with = input.byte();
    constexpr std::size_t kPayloadMax = 1024;
    const std::string payload(input.rest().substr(0, kPayloadMax));
    std::string token = crypto::sign_carried(keys()[1], payload);
    const auto opened = crypto::open_carried(keys(), token);
    ONSALE_CHECK(opened && opened->payload == payload && opened->key_id == "12345678");
    const bool moved = spoil(token, place, with);
    ONSALE_CHECK(!moved || !crypto::open_carried(keys(), token));
    ONSALE_CHECK(!crypto::open_carried(keys(), input.rest()));
}

void read_an_origin(Input input) {
    const std::string_view url = input.rest();
    if (!registry::is_origin(url, true)) {
        ONSALE_CHECK(!registry::is_origin(url, false));
        return;
    }
    ONSALE_CHECK(url.size() <= registry::kUrlBytesMax);
    ONSALE_CHECK(url.find_first_of("@?#\\ \r\n") == std::string_view::npos);
    ONSALE_CHECK(url.find('/', url.find("//") + 2) == std::string_view::npos);
}

}  // namespace

void run(Input input) {
    const auto way = input.choice(5);
    if (way == 0) return sign_a_call(input);
    if (way == 1) return check_a_call(input);
    if (way == 2) return sign_lines(input);
    if (way == 3) return carry(input);
    read_an_origin(input);
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
