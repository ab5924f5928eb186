// Bytes of facts, batches and snapshots: Protocol Buffers behind plain functions, so that no
// generated header spreads. Pure: bytes in, values out. Damaged or unknown bytes are an error that
// names the place; nothing is guessed. Layout: records.proto and docs/formats/records.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/fact.h"
#include "domain/image.h"
#include "domain/outcome.h"

namespace onsale::wire {

struct DecodeError {
    std::string message;
};
template <class T>
using DecodeResult = base::Result<T, DecodeError>;

struct RefusalCount {
    domain::CampaignId campaign;
    domain::Refusal refusal = domain::Refusal::none;
    std::uint64_t count = 0;  // cumulative
};

// Builds the body of a batch fact by fact; reuses its memory between batches. One per writer.
class BatchEncoder {
  public:
    BatchEncoder();
    ~BatchEncoder();
    BatchEncoder(BatchEncoder&&) noexcept;
    BatchEncoder& operator=(BatchEncoder&&) noexcept;

    void add(const domain::Fact& fact, std::string& body);
    void add(const RefusalCount& refusal, std::string& body);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct DecodedBatch {
    std::vector<domain::Fact> facts;
    std::vector<RefusalCount> refusals;
};
[[nodiscard]] DecodeResult<DecodedBatch> decode_batch(std::string_view body);

// Collects a box office's image as the content of a snapshot.
class SnapshotEncoder : public domain::ImageSink {
  public:
    SnapshotEncoder();
    ~SnapshotEncoder() override;
    void header(const domain::HeaderImage& header) override;
    void session(const domain::Session& session, const domain::SessionStatus& status) override;
    void stock(const domain::StockImage& stock) override;
    void order(const domain::Order& order) override;
    void money(const domain::OrderMoney& money) override;
    void stray(const domain::Stray& stray) override;
    void refusal(const RefusalCount& refusal);
    [[nodiscard]] std::string take();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Feeds the pieces of a snapshot into `sink`, in their order; returns the refusal counts it held.
[[nodiscard]] DecodeResult<std::vector<RefusalCount>> decode_snapshot(std::string_view content,
                                                                      domain::ImageSink& sink);

}  // namespace onsale::wire
