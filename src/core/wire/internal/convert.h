// Values to records and back. Every decoder checks what a damaged or hostile file could hold: enum
// values, lengths, limits.
#pragma once

#include "domain/fact.h"
#include "domain/offer.h"
#include "domain/order.h"
#include "wire/codec.h"
#include "wire/records.pb.h"

namespace onsale::wire::internal {

void encode(const domain::Addition& value, records::Addition& out);
void encode(const domain::Campaign& value, records::Campaign& out);
void encode(const domain::Session& value, records::Session& out);
void encode(const domain::Order& value, records::Order& out);
void encode(const domain::OrderLine& value, records::OrderLine& out);
void encode(const domain::Fact& value, records::Fact& out);
void encode(const RefusalCount& value, records::RefusalCount& out);

DecodeResult<domain::Addition> decode(const records::Addition& in);
DecodeResult<domain::Campaign> decode(const records::Campaign& in);
DecodeResult<domain::Session> decode(const records::Session& in);
DecodeResult<domain::Order> decode(const records::Order& in);
DecodeResult<domain::OrderLines> decode_lines(
    const google::protobuf::RepeatedPtrField<records::OrderLine>& in);
DecodeResult<domain::OrderState> decode_order_state(std::uint32_t state);
DecodeResult<domain::Fact> decode(const records::Fact& in);
DecodeResult<RefusalCount> decode(const records::RefusalCount& in);

}  // namespace onsale::wire::internal
