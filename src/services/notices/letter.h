// A letter: a notice in words, in the language of who gets it; in both where that is not known.
// Pure, any thread; nothing to promise after a crash. What others have written stands in it as it
// is: a letter is plain text.
#pragma once

#include <optional>
#include <string>

#include "accounts/codes.h"
#include "base/money.h"
#include "base/time.h"
#include "catalog/definition.h"
#include "notices/notice.h"

namespace onsale::notices {

// What the words are made of, besides the notice.
struct Circumstances {
    catalog::Text site;
    std::string address;  // of the site's pages, without a slash at its end; empty: not known
    catalog::Text show;
    base::Timestamp starts_at;
    std::string nickname;  // empty: nobody is greeted by name
    std::string reason;    // of a rejection; empty: none was written
};

struct Letter {
    std::string subject;  // without line breaks
    std::string text;
};

[[nodiscard]] Letter write_letter(const Notice& notice, const Circumstances& circumstances,
                                  std::optional<accounts::Language> language);

}  // namespace onsale::notices
