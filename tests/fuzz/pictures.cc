// Pictures by their first bytes: what is taken has a known type, sides within the limit, and a name
// that its bytes alone decide.
#include <string>

#include "base/check.h"
#include "catalog/pictures.h"
#include "target.h"

namespace onsale::fuzz {

void run(Input input) {
    const std::string bytes(input.rest());
    const auto picture = catalog::Pictures::describe(bytes);
    if (!picture) return;
    ONSALE_CHECK(picture->width > 0 && picture->height > 0);
    ONSALE_CHECK(*picture->bytes == bytes);
    const auto& type = picture->content_type;
    ONSALE_CHECK(type == "image/png" || type == "image/jpeg" || type == "image/webp");
    const auto end = type == "image/jpeg" ? std::string(".jpg") : "." + type.substr(6);
    ONSALE_CHECK(picture->name.ends_with(end));
    ONSALE_CHECK(catalog::Pictures::describe(bytes)->name == picture->name);
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
