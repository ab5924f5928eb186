// Limits of the module http that are not options of a server. Everything that can grow has its
// bound here or in ServerOptions. Values only; no thread, no state, nothing to promise after a
// crash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onsale::http {

inline constexpr std::size_t kBodyBytesMaxDefault = 16 * 1024;  // of requests that no route claims
inline constexpr std::size_t kSegmentsMax = 16;   // of a path; deeper ones have no route
inline constexpr std::size_t kParametersMax = 4;  // of a pattern
inline constexpr std::size_t kFieldsMax = 100;    // header fields of a request
inline constexpr std::size_t kRequestIdBytesMax = 64;
inline constexpr std::size_t kJsonDepthMax = 16;

inline constexpr std::size_t kReadBytesFirst = 2 * 1024;  // read buffer of a fresh connection
inline constexpr std::size_t kReadBytesMax =
    16 * 1024;  // the most it grows to, or more for larger headers
inline constexpr std::size_t kGatherBytesMin = 32 * 1024;  // bodies from here on are not copied
inline constexpr std::size_t kKeepBytesMax = 64 * 1024;    // buffers above are given back after use

inline constexpr std::int64_t kSweepMs = 500;
inline constexpr std::int64_t kHeartbeatMs = 15'000;
// Who takes an answer more slowly than this, with the idle timeout on top, is cut off.
inline constexpr std::size_t kAnswerBytesPerSecondMin = 4 * 1024;
inline constexpr std::int64_t kLingerMs = 2'000;  // for the other end to read our last words
inline constexpr std::uint32_t kRefusedOpenMax =
    128;  // refused connections that still get their 503
inline constexpr std::size_t kLoopTasksMax = 1 << 18;  // tasks that may wait on a loop
inline constexpr int kEventSendBufferBytes =
    128 * 1024;  // the kernel's share of a stream's backlog

static_assert(kReadBytesFirst <= kReadBytesMax);
static_assert(kLingerMs >= 2 * kSweepMs, "the sweep would cut lingering connections at once");

}  // namespace onsale::http
