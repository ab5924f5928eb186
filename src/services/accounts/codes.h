// Codes: six digits sent to a mobile or an e-mail address to show that it is the person's own. A
// code is bound to its purpose and target, good for five minutes, five tries and one use. Records
// keep only keyed hashes. Any thread may call it. After a crash: codes that were sent stay good.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/refusals.h"
#include "base/time.h"
#include "env/executor.h"

namespace onsale::accounts {

struct Shared;

enum class ContactKind : std::uint8_t { mobile, email };
enum class CodePurpose : std::uint8_t { registration, change, reset };
enum class Language : std::uint8_t { zh, en };
[[nodiscard]] std::string_view to_string(Language language);  // zh, en
[[nodiscard]] std::optional<Language> parse_language(std::string_view text);

// Where somebody can be reached: a mobile number or an e-mail address.
struct Contact {
    ContactKind kind = ContactKind::mobile;
    std::string text;
};

struct CodeRequest {
    CodePurpose purpose = CodePurpose::registration;
    Contact to;
    std::string address;  // of who asks
    Language language = Language::zh;
};

struct CodeSent {
    base::Timestamp resend_after;
    base::Timestamp expires_at;
};

class Codes {
  public:
    explicit Codes(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // mobile_invalid, email_invalid, sender_missing, code_too_soon, too_many_attempts, busy. For a
    // reset the answer is the same whether there is such a person; only then something is sent.
    void send(CodeRequest request, env::Executor& home, AccountReply<CodeSent> reply);
    [[nodiscard]] bool can_send(ContactKind kind) const;

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
