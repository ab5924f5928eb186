// Facts and pieces of snapshots as text, every field by its name: what stands beside the bytes in a
// golden file. Two values are equal exactly if their texts are. A field that is added to a kind
// later is printed only when it is not its default, so that the texts of older files stay true. For
// tests.
#pragma once

#include <string>
#include <string_view>

#include "domain/fact.h"
#include "domain/image.h"
#include "wire/codec.h"

namespace onsale::wire::testing {

// "StockAdded"; the name of the kind in records.proto.
[[nodiscard]] std::string_view kind_of(const domain::Fact& fact);
[[nodiscard]] std::string text_of(const domain::Fact& fact);
[[nodiscard]] std::string text_of(const RefusalCount& refusal);

// Collects a snapshot as lines of text.
class TextSink : public domain::ImageSink {
  public:
    void header(const domain::HeaderImage& header) override;
    void session(const domain::Session& session, const domain::SessionStatus& status) override;
    void stock(const domain::StockImage& stock) override;
    void order(const domain::Order& order) override;
    void money(const domain::OrderMoney& money) override;
    void stray(const domain::Stray& stray) override;

    std::string text;
};

}  // namespace onsale::wire::testing
