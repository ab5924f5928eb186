#include "messages/file_sender.h"

#include <span>
#include <string_view>

#include "messages/limits.h"

namespace onsale::messages {
namespace {

std::string quoted(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c >= 0 && c < ' ') {
            out += "\\u00";
            out += kHex[static_cast<std::size_t>(c) >> 4];
            out += kHex[static_cast<std::size_t>(c) & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

base::Result<void, SendError> FileSender::send(const Message& message) {
    const std::string line =
        "{\"kind\":" + quoted(to_string(message.kind)) + ",\"to\":" + quoted(message.to) +
        ",\"subject\":" + quoted(message.subject) + ",\"text\":" + quoted(message.text) + "}\n";
    const auto cannot = [this](env::FileError error) {
        return base::Unexpected{SendError{
            true, true, path_ + " cannot be written: " + std::string(env::to_string(error))}};
    };
    const auto file = files_.open(path_, env::OpenMode::create);
    if (!file) return cannot(file.error());
    auto size = (*file)->size();
    if (!size) return cannot(size.error());
    if (*size > kFileBytesMax) {
        if (const auto cut = (*file)->truncate(0); !cut) return cannot(cut.error());
        size = 0;
    }
    const auto written = (*file)->write_at(*size, std::as_bytes(std::span(line)));
    if (!written) return cannot(written.error());
    return {};
}

}  // namespace onsale::messages
