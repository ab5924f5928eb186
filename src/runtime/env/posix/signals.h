// Signals of the whole process. main calls block_stop_signals() first, while it is the only thread,
// because threads inherit what is blocked; then SIGTERM and SIGINT reach nobody but the thread in
// wait_for_stop(), as an ordinary return, and never a handler in the middle of a commit. A second
// signal while the process stops stays pending: systemd ends a slow stop with SIGKILL, which
// recovery covers.
#pragma once

namespace onsale::env::posix {

// Blocks SIGTERM and SIGINT in this thread and the ones it will make, and ignores SIGPIPE: a peer
// that is gone is an error of write.
void block_stop_signals();

// Returns once SIGTERM or SIGINT has arrived, now or since block_stop_signals().
void wait_for_stop();

}  // namespace onsale::env::posix
