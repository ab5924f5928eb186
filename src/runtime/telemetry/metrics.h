// Metrics in Prometheus' text format. A module asks once for its counter, gauge or histogram and
// keeps the reference; updating is a relaxed atomic.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace onsale::telemetry {

class Counter {
  public:
    virtual ~Counter() = default;
    virtual void add(double amount = 1.0) = 0;
    [[nodiscard]] virtual double value() const = 0;
};
class Gauge {
  public:
    virtual ~Gauge() = default;
    virtual void set(double value) = 0;
    [[nodiscard]] virtual double value() const = 0;
};
class Histogram {
  public:
    virtual ~Histogram() = default;
    virtual void observe(double value) = 0;
};

using Labels = std::map<std::string, std::string>;

class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    // The same name and labels give the same object. Names follow
    // onsale_<capability>_<what>_<unit>.
    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help,
                         const std::vector<double>& bounds, const Labels& labels = {});

    [[nodiscard]] std::string scrape() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::telemetry
