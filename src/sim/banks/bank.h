// Bank: one simulated bank as the site meets it: it answers the site's signed calls, tells it what
// has happened in signed callbacks that it repeats until they are heard, and says every second that
// it is there. Its customers are the people of the sale. What goes wrong with it is in `faults`;
// its books never are. It lives outside of every process, so nothing that happens to the site ends
// it. One thread: the world's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "banks/books.h"
#include "banks/faults.h"
#include "base/prng.h"
#include "crypto/signed_call.h"
#include "env/executor.h"
#include "http/client.h"
#include "world/scheduler.h"

namespace onsale::banks {

// A signed request to the site, and its status; 0: nobody answered.
struct Post {
    std::string path;
    std::string body;
    std::vector<http::Header> headers;
};
using Send = std::function<void(Post, std::function<void(std::uint16_t)>)>;

// What happened at banks, for coverage.
struct Traffic {
    std::uint64_t calls = 0;
    std::uint64_t events = 0;  // that the site has taken
};

class Bank {
  public:
    Bank(std::uint64_t number, std::uint64_t seed, world::Scheduler& scheduler, Send send);

    // The file that the site's administrator hands over; false: it cannot be read.
    bool take_credentials(std::string_view text);
    void start();
    // For good: it neither calls nor does anything any more.
    void stop() { executor_->close(); }
    // Its program is started anew, as another instance.
    void restart();
    void set_faults(const Faults& faults);
    // The faults that it has now end then, unless others have taken their place.
    void heal_after(base::Duration pause);

    // Origin of its addresses.
    [[nodiscard]] std::string origin() const;
    // A call by the site, which waits for the answer.
    base::Result<http::ClientResponse, http::ClientError> call(const http::ClientRequest& request);

    // What customers do. A token; empty: they have not enough money.
    std::string authorise(std::uint64_t customer, const std::string& order, std::int64_t amount);
    // The cashier, by the link that the site gave; false: nothing was taken.
    bool pay(std::uint64_t customer, const std::string& link);
    void give_up(const std::string& link);

    [[nodiscard]] std::uint64_t number() const { return number_; }
    [[nodiscard]] const Books& books() const { return books_; }
    // Lets go of what was authorised and not used in time.
    void expire_holds() { books_.expire(now_seconds()); }
    [[nodiscard]] const Traffic& traffic() const { return traffic_; }
    // Nothing has still to be told or done.
    [[nodiscard]] bool idle() const { return events_.empty() && pending_ == 0; }
    // What is wrong with the books, or with a call of the site; empty: nothing.
    [[nodiscard]] std::string broken() const;

  private:
    struct Event {
        std::string text;
        std::uint64_t tries = 0;
        bool again = false;
    };
    struct Bill {
        Wish wish;
        std::int64_t expires = 0;
    };

    [[nodiscard]] base::Timestamp now() const;
    [[nodiscard]] std::int64_t now_seconds() const { return now().unix_ms() / 1000; }
    [[nodiscard]] bool hit(std::uint64_t percent) { return random_.chance(percent, 100); }
    void after(base::Duration pause, env::Task task);
    [[nodiscard]] Post signed_post(std::string path, std::string body) const;
    bool is_signed(const http::ClientRequest& request, std::string_view path) const;
    std::string carry_out(std::string_view path, std::string_view body);
    [[nodiscard]] Wish charged(Wish wish);
    [[nodiscard]] bool read_bill(const std::string& link, Bill& bill);
    void tell_payment(const std::string& reference, const Payment& payment);
    void tell_refund(const std::string& name);
    void tell(std::string event);
    void deliver(std::uint64_t number);
    void heard(std::uint64_t number, std::uint16_t status);
    void beat();
    void do_refunds();
    void be_paid_by_strangers();

    std::uint64_t number_;
    base::Prng random_;
    world::Scheduler& scheduler_;
    std::unique_ptr<env::Executor> executor_;
    Send send_;
    Books books_;
    Faults faults_;
    Traffic traffic_;
    std::string merchant_;
    std::vector<crypto::CallKey> to_bank_;
    std::vector<crypto::CallKey> to_site_;
    std::uint64_t starts_ = 1;
    std::uint64_t illness_ = 0;              // counts the changes of faults_
    std::map<std::uint64_t, Event> events_;  // not heard by the site yet
    std::uint64_t next_event_ = 1;
    std::uint64_t pending_ = 0;  // calls that are on their way, refunds to be done
    std::string problem_;
};

// The way of the site to all banks.
class Line final : public http::Client {
  public:
    explicit Line(const std::vector<std::unique_ptr<Bank>>& banks) : banks_(banks) {}
    base::Result<http::ClientResponse, http::ClientError> call(
        const http::ClientRequest& request) override;

  private:
    const std::vector<std::unique_ptr<Bank>>& banks_;
};

}  // namespace onsale::banks
