#include "answers/error.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "answers/json_text.h"
#include "base/check.h"

namespace onsale::answers {
namespace {

constexpr std::array kCatalogue = {
#define ONSALE_ERROR(code, status, message_en, message_zh, remedy_en, remedy_zh) \
    CatalogueEntry{Code::code, #code, status, message_en, message_zh, remedy_en, remedy_zh},
#include "answers/errors.def"
#undef ONSALE_ERROR
};

// The weight of "zh-CN;q=0.8" in thousandths; 0 for what is malformed.
int weight_of(std::string_view item) {
    const auto place = item.find("q=");
    if (place == std::string_view::npos) return 1000;
    const auto text = item.substr(place + 2);
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
    int weight = (text[0] - '0') * 1000;
    int scale = 100;
    for (std::size_t i = 2; i < text.size() && i < 5 && text[1] == '.'; ++i, scale /= 10) {
        if (text[i] < '0' || text[i] > '9') break;
        weight += (text[i] - '0') * scale;
    }
    return std::min(weight, 1000);
}

bool begins_with_language(std::string_view item, std::string_view language) {
    if (item.size() < 2) return false;
    const bool same = (item[0] | 0x20) == language[0] && (item[1] | 0x20) == language[1];
    return same && (item.size() == 2 || item[2] == '-' || item[2] == ';' || item[2] == ' ');
}

void append_pair(std::string& out, std::string_view name, std::string_view en,
                 std::string_view zh) {
    append_text(out, name);
    out += R"(:{"en":)";
    append_text(out, en);
    out += R"(,"zh":)";
    append_text(out, zh);
    out += '}';
}

}  // namespace

std::span<const CatalogueEntry> catalogue() {
    return kCatalogue;
}

const CatalogueEntry& entry_of(Code code) {
    const auto index = static_cast<std::size_t>(code);
    ONSALE_CHECK(index < kCatalogue.size());
    return kCatalogue[index];
}

std::string_view to_string(Code code) {
    return entry_of(code).name;
}

Language language_of(std::string_view accept_language) {
    int en = 0;
    int zh = 0;
    std::string_view rest = accept_language;
    while (!rest.empty()) {
        const auto end = rest.find(',');
        auto item = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        if (begins_with_language(item, "zh")) zh = std::max(zh, weight_of(item));
        if (begins_with_language(item, "en")) en = std::max(en, weight_of(item));
    }
    return zh > en ? Language::zh : Language::en;
}

http::Response error_response(Code code, Language language, std::string_view request_id,
                              const ErrorExtras& extras) {
    const CatalogueEntry& entry = entry_of(code);
    const bool zh = language == Language::zh;
    http::Response response;
    response.status = entry.status;
    auto& body = response.body;
    body.reserve(512);
    body += R"({"code":")";
    body += entry.name;
    body += R"(","message":)";
    append_text(body, zh ? entry.message_zh : entry.message_en);
    body += R"(,"remedy":)";
    append_text(body, zh ? entry.remedy_zh : entry.remedy_en);
    body += R"(,"request_id":)";
    append_text(body, request_id);
    body += R"(,"details":)";
    body += extras.details_json.empty() ? "{}" : extras.details_json;
    if (!extras.receipt.empty()) {
        body += R"(,"receipt":)";
        append_text(body, extras.receipt);
    }
    body += '}';
    if (extras.retry_after_seconds != 0) {
        response.headers.push_back({"Retry-After", std::to_string(extras.retry_after_seconds)});
    } else if (entry.status == 503) {
        response.headers.push_back({"Retry-After", "1"});
    }
    if (entry.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
}

http::Response error_response(Code code, const http::Request& request, const ErrorExtras& extras) {
    return error_response(code, language_of(request.header("Accept-Language")), request.request_id,
                          extras);
}

http::Response problem_response(http::Problem problem, const std::string& request_id,
                                const std::vector<std::string>& allowed_methods) {
    ErrorExtras extras;
    if (!allowed_methods.empty()) {
        extras.details_json = R"({"allowed":[)";
        for (const auto& method : allowed_methods) {
            if (&method != &allowed_methods.front()) extras.details_json += ',';
            append_text(extras.details_json, method);
        }
        extras.details_json += "]}";
    }
    return error_response(code_of(problem), Language::en, request_id, extras);
}

ErrorExtras field_details(std::string_view field, std::string_view message) {
    ErrorExtras extras;
    extras.details_json = R"({"field":)";
    append_text(extras.details_json, field.empty() ? std::string_view("body") : field);
    extras.details_json += R"(,"message":)";
    append_text(extras.details_json, message);
    extras.details_json += '}';
    return extras;
}

ErrorExtras line_details(std::uint64_t line) {
    ErrorExtras extras;
    extras.details_json = R"({"line":)";
    append_number(extras.details_json, line);
    extras.details_json += '}';
    return extras;
}

std::string catalogue_json() {
    std::string out = R"({"errors":[)";
    for (const auto& entry : kCatalogue) {
        if (entry.code != Code{}) out += ',';
        out += R"({"code":)";
        append_text(out, entry.name);
        out += R"(,"status":)";
        append_number(out, std::uint64_t{entry.status});
        out += ',';
        append_pair(out, "message", entry.message_en, entry.message_zh);
        out += ',';
        append_pair(out, "remedy", entry.remedy_en, entry.remedy_zh);
        out += '}';
    }
    return out + "]}";
}

std::string envelope_schema_json() {
    std::string out =
        R"({"type":"object","required":["code","message","remedy","request_id","details"],"properties":{)"
        R"("code":{"type":"string","enum":[)";
    for (const auto& entry : kCatalogue) {
        if (entry.code != Code{}) out += ',';
        append_text(out, entry.name);
    }
    return out +
           R"(]},"message":{"type":"string"},"remedy":{"type":"string"},"request_id":{"type":"string"},)"
           R"("details":{"type":"object"},"receipt":{"type":"string"}}})";
}

}  // namespace onsale::answers
