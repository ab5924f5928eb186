// What the resources of the ledger do alike: names, and files to keep. On the event loop of the
// call; nothing is kept.
#pragma once

#include <optional>
#include <string>

#include "finance/money_body.h"
#include "gate/call.h"
#include "ledger/reader.h"
#include "statistics/language.h"

namespace onsale::finance {

// Nothing: there is no such organiser.
[[nodiscard]] std::optional<NameBody> organiser_name(const gate::Call& call,
                                                     std::uint64_t organiser);

// `language` of the query, else as the caller's browser has it. Nothing, and the call is answered,
// when it is neither zh nor en.
[[nodiscard]] std::optional<statistics::Language> file_language(gate::Call& call);
[[nodiscard]] http::Parameter file_language_parameter();

struct FileKind {
    std::string name;  // with its ending
    std::string_view content_type;
};
void send_file(gate::Call call, const FileKind& kind, std::string bytes);

}  // namespace onsale::finance
