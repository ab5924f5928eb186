// Signed codes of tickets: each has one spelling once what a person puts in between is gone, none
// is genuine with a byte changed, and what a stranger claims is read without harm.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "target.h"
#include "tickets/key_ring.h"

namespace onsale::fuzz {
namespace {

const crypto::SigningKey& key() {
    static const crypto::SigningKey made(crypto::Key{std::byte{7}});
    return made;
}

const tickets::KeyRing& ring() {
    static const tickets::KeyRing made(
        {{tickets::key_id_of(key().public_key()), key().public_key(), {}, {}}});
    return made;
}

std::uint64_t id_from(Input& input) {
    return input.number() & domain::kIdMax;
}

void sign(Input input) {
    tickets::CodeFacts facts;
    facts.ticket = domain::TicketId(id_from(input));
    facts.session = domain::SessionId(id_from(input));
    facts.tier = domain::TierId(id_from(input));
    facts.version = static_cast<std::uint16_t>(input.number() & 0xfff);
    const auto seconds = static_cast<std::int64_t>(input.number() & 0xffffffff);
    facts.issued_at = base::Timestamp::from_unix_ms(seconds * 1000);
    std::string code = tickets::sign_code(facts, key());
    const auto read = tickets::read_code(code, ring());
    ONSALE_CHECK(read.reading == tickets::Reading::genuine && read.code.facts == facts);
    char& byte = code[input.byte() % code.size()];
    const char other = static_cast<char>(input.byte());
    const bool same = byte == other || byte == other - 'a' + 'A';
    byte = other;
    ONSALE_CHECK(same || tickets::read_code(code, ring()).reading != tickets::Reading::genuine);
}

void read(std::string_view text) {
    const auto code = tickets::parse_code(text);
    ONSALE_CHECK(tickets::read_code(text, ring()).reading != tickets::Reading::genuine);
    if (!code) return;
    ONSALE_CHECK(code->facts.version < 4096);
    std::string spaced;
    for (const char c : text.substr(0, 190)) spaced.append(1, c).append(1, ' ');
    if (text.size() <= 190) ONSALE_CHECK(tickets::parse_code(spaced) == code);
}

}  // namespace

void run(Input input) {
    if (input.choice(2) == 0) return sign(input);
    read(input.rest());
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
