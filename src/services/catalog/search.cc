#include "catalog/search.h"

namespace onsale::catalog {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// U+FF01 to U+FF5E are the visible ASCII signs in full width: the sign at `text`, or 0.
char full_width(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xef') return 0;
    const auto last = static_cast<unsigned char>(text[2]);
    if (text[1] == '\xbc' && last >= 0x81 && last <= 0xbf) return static_cast<char>(last - 0x60);
    if (text[1] == '\xbd' && last >= 0x80 && last <= 0x9e) return static_cast<char>(last - 0x20);
    return 0;
}

void add(std::string& out, const Text& text) {
    out += fold(text.zh);
    out += '\n';
    out += fold(text.en);
    out += '\n';
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const char wide = full_width(text);
        out += lower(wide != 0 ? wide : text.front());
        text.remove_prefix(wide != 0 ? 3 : 1);
    }
    return out;
}

std::string search_text(const SessionEntry& session, const CampaignEntry& campaign) {
    std::string out;
    add(out, campaign.name);
    add(out, session.show->name);
    add(out, session.organiser->name);
    add(out, session.shown_venue());
    return out;
}

std::string search_text(const ShowEntry& show, const OrganiserEntry* organiser) {
    std::string out;
    add(out, show.name);
    if (organiser != nullptr) add(out, organiser->name);
    add(out, show.venue);
    return out;
}

}  // namespace onsale::catalog
