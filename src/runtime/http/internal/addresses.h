// Which addresses belong to the public Internet. A pure function, any thread; nothing to promise
// after a crash.
#pragma once

namespace onsale::http {

// `address`: an in_addr or in6_addr, as `family` says. False for loopback, link-local, private,
// shared, documentation, multicast and other special ranges, for IPv6 addresses that carry such an
// IPv4 address, and for other families.
[[nodiscard]] bool is_public_address(int family, const void* address);

}  // namespace onsale::http
