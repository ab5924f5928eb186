#include "finance/internal/ledger_answers.h"

#include <utility>

#include "gate/api.h"

namespace onsale::finance {

using namespace answers;
using namespace gate;

std::optional<NameBody> organiser_name(const Call& call, std::uint64_t organiser) {
    const auto directory = call.api.context.catalog.directory();
    const auto found = directory->find_organiser(catalog::OrganiserId(organiser));
    if (found == nullptr) return std::nullopt;
    return NameBody{found->name.zh, found->name.en};
}

std::optional<statistics::Language> file_language(Call& call) {
    const auto wanted = call.request.query_value("language");
    if (wanted && *wanted != "zh" && *wanted != "en") {
        call.fail_field("language", "is not zh or en");
        return std::nullopt;
    }
    const bool zh = wanted ? *wanted == "zh"
                           : language_of(call.request.header("Accept-Language")) == Language::zh;
    return zh ? statistics::Language::zh : statistics::Language::en;
}

http::Parameter file_language_parameter() {
    return {"language", "zh or en; by Accept-Language when absent", false,
            R"({"type":"string","enum":["zh","en"]})"};
}

void send_file(Call call, const FileKind& kind, std::string bytes) {
    http::Response response;
    response.content_type = kind.content_type;
    response.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"" + kind.name + "\""});
    response.headers.push_back({"Cache-Control", "private, no-store"});
    response.body = std::move(bytes);
    call.responder.send(std::move(response));
}

}  // namespace onsale::finance
