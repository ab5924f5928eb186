// The Asio types of the server, in one place. Internal: only the .cc files of this module may
// include it, so the rule that third-party headers stay out of headers holds towards every other
// module. Concrete executors instead of any_io_executor save a virtual call per operation.
// tidy: allow third-party-header: the server's classes hold Asio objects; only this module's .cc
// files include it
#pragma once

#ifndef BOOST_ASIO_NO_DEPRECATED
#define BOOST_ASIO_NO_DEPRECATED
#endif
#include <array>
// ThreadSanitizer does not know fences. What our threads share goes through mutexes, so none is
// needed.
#if defined(__SANITIZE_THREAD__) && !defined(BOOST_ASIO_DISABLE_FENCED_BLOCK)
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstddef>
#include <new>

namespace onsale::http::internal {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using IoExecutor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, IoExecutor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, IoExecutor>;
using Event = asio::posix::basic_stream_descriptor<IoExecutor>;  // an eventfd
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, IoExecutor>;

// Room for one pending operation of a connection, so that arming a read costs no allocation.
class OperationSlot {
  public:
    OperationSlot() = default;
    OperationSlot(const OperationSlot&) = delete;
    OperationSlot& operator=(const OperationSlot&) = delete;

    void* allocate(std::size_t bytes) {
        if (used_ || bytes > storage_.size()) return ::operator new(bytes);
        used_ = true;
        return storage_.data();
    }
    void deallocate(void* place) {
        if (place == storage_.data()) {
            used_ = false;
        } else {
            ::operator delete(place);
        }
    }

  private:
    alignas(std::max_align_t) std::array<std::byte, 192> storage_;
    bool used_ = false;
};

template <class T>
class SlotAllocator {
  public:
    using value_type = T;
    explicit SlotAllocator(OperationSlot& slot) : slot_(&slot) {}
    template <class U>
    SlotAllocator(const SlotAllocator<U>& other) : slot_(&other.slot()) {}
    T* allocate(std::size_t count) { return static_cast<T*>(slot_->allocate(count * sizeof(T))); }
    void deallocate(T* place, std::size_t) { slot_->deallocate(place); }
    [[nodiscard]] OperationSlot& slot() const { return *slot_; }
    template <class U>
    bool operator==(const SlotAllocator<U>& other) const {
        return slot_ == &other.slot();
    }

  private:
    OperationSlot* slot_;
};

}  // namespace onsale::http::internal
