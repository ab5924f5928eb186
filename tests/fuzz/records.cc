// Records of the journal and of snapshots: what was read, written again and read again is the same.
#include <string>

#include "base/check.h"
#include "target.h"
#include "wire/codec.h"

namespace onsale::fuzz {
namespace {

std::string encoded(const wire::DecodedBatch& batch) {
    wire::BatchEncoder encoder;
    std::string body;
    for (const auto& fact : batch.facts) encoder.add(fact, body);
    for (const auto& refusal : batch.refusals) encoder.add(refusal, body);
    return body;
}

void read_batch(std::string_view bytes) {
    const auto batch = wire::decode_batch(bytes);
    if (!batch) {
        ONSALE_CHECK(!batch.error().message.empty());
        return;
    }
    const std::string body = encoded(*batch);
    const auto again = wire::decode_batch(body);
    ONSALE_CHECK(again.has_value());
    ONSALE_CHECK(again->facts.size() == batch->facts.size());
    ONSALE_CHECK(again->refusals.size() == batch->refusals.size());
    ONSALE_CHECK(encoded(*again) == body);
}

void read_snapshot(std::string_view bytes) {
    wire::SnapshotEncoder first;
    const auto refusals = wire::decode_snapshot(bytes, first);
    if (!refusals) return;
    for (const auto& refusal : *refusals) first.refusal(refusal);
    const std::string content = first.take();
    wire::SnapshotEncoder second;
    const auto again = wire::decode_snapshot(content, second);
    ONSALE_CHECK(again.has_value() && again->size() == refusals->size());
    for (const auto& refusal : *again) second.refusal(refusal);
    ONSALE_CHECK(second.take() == content);
}

}  // namespace

void run(Input input) {
    if (input.choice(2) == 0) return read_batch(input.rest());
    read_snapshot(input.rest());
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
