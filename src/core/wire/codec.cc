#include "wire/codec.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "wire/internal/convert.h"

namespace onsale::wire {
namespace {

// Field numbers 1 and 2 of records::Batch, both length-delimited: what a whole Batch message would
// serialise to, without building one.
constexpr char kFactTag = 1 << 3 | 2;
constexpr char kRefusalTag = 2 << 3 | 2;

template <class Record>
void append_field(char tag, const Record& record, std::string& body) {
    body.push_back(tag);
    auto size = record.ByteSizeLong();
    while (size >= 0x80) {
        body.push_back(static_cast<char>((size & 0x7f) | 0x80));
        size >>= 7;
    }
    body.push_back(static_cast<char>(size));
    record.AppendToString(&body);
}

}  // namespace

struct BatchEncoder::Impl {
    records::Fact fact;
    records::Fact placed;  // kept apart: the hot kind reuses its memory
    records::RefusalCount refusal;
};

BatchEncoder::BatchEncoder() : impl_(std::make_unique<Impl>()) {}
BatchEncoder::~BatchEncoder() = default;
BatchEncoder::BatchEncoder(BatchEncoder&&) noexcept = default;
BatchEncoder& BatchEncoder::operator=(BatchEncoder&&) noexcept = default;

void BatchEncoder::add(const domain::Fact& fact, std::string& body) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        auto& order = *impl_->placed.mutable_order_placed()->mutable_order();
        order.Clear();
        internal::encode(placed->order, order);
        append_field(kFactTag, impl_->placed, body);
        return;
    }
    impl_->fact.Clear();
    internal::encode(fact, impl_->fact);
    append_field(kFactTag, impl_->fact, body);
}

void BatchEncoder::add(const RefusalCount& refusal, std::string& body) {
    internal::encode(refusal, impl_->refusal);
    append_field(kRefusalTag, impl_->refusal, body);
}

DecodeResult<DecodedBatch> decode_batch(std::string_view body) {
    records::Batch record;
    if (!record.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
        return base::Unexpected{DecodeError{"batch: not a record"}};
    }
    DecodedBatch batch;
    batch.facts.reserve(static_cast<std::size_t>(record.facts_size()));
    for (const auto& fact : record.facts()) {
        ONSALE_TRY_ASSIGN(decoded, internal::decode(fact));
        batch.facts.push_back(std::move(decoded));
    }
    for (const auto& refusal : record.refusals()) {
        ONSALE_TRY_ASSIGN(decoded, internal::decode(refusal));
        batch.refusals.push_back(decoded);
    }
    return batch;
}

}  // namespace onsale::wire
