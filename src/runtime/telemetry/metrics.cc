#include "telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <exception>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "telemetry/log.h"

namespace onsale::telemetry {
namespace {

class PrometheusCounter final : public Counter {
  public:
    explicit PrometheusCounter(prometheus::Counter& inner) : inner_(inner) {}
    void add(double amount) override { inner_.Increment(amount); }
    double value() const override { return inner_.Value(); }

  private:
    prometheus::Counter& inner_;
};

class PrometheusGauge final : public Gauge {
  public:
    explicit PrometheusGauge(prometheus::Gauge& inner) : inner_(inner) {}
    void set(double value) override { inner_.Set(value); }
    double value() const override { return inner_.Value(); }

  private:
    prometheus::Gauge& inner_;
};

class PrometheusHistogram final : public Histogram {
  public:
    explicit PrometheusHistogram(prometheus::Histogram& inner) : inner_(inner) {}
    void observe(double value) override { inner_.Observe(value); }

  private:
    prometheus::Histogram& inner_;
};

using Key = std::pair<std::string, Labels>;

// A name that Prometheus does not allow, or that already belongs to another type, is a programmer's
// error.
template <class Make>
auto make_or_crash(Make make) {
    try {
        return make();
    } catch (const std::exception& error) {
        log_error("metrics", error.what());
        ONSALE_CHECK(false);
    }
}

}  // namespace

struct Metrics::Impl {
    mutable std::mutex mutex;  // guards the three maps; the metrics themselves are atomic
    prometheus::Registry registry;
    std::map<Key, std::unique_ptr<Counter>> counters;
    std::map<Key, std::unique_ptr<Gauge>> gauges;
    std::map<Key, std::unique_ptr<Histogram>> histograms;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock(impl_->mutex);
    auto& slot = impl_->counters[Key(name, labels)];
    if (!slot) {
        slot = make_or_crash([&] {
            auto builder = prometheus::BuildCounter().Name(name).Help(help);
            return std::make_unique<PrometheusCounter>(
                builder.Register(impl_->registry).Add(labels));
        });
    }
    return *slot;
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock(impl_->mutex);
    auto& slot = impl_->gauges[Key(name, labels)];
    if (!slot) {
        slot = make_or_crash([&] {
            auto builder = prometheus::BuildGauge().Name(name).Help(help);
            return std::make_unique<PrometheusGauge>(builder.Register(impl_->registry).Add(labels));
        });
    }
    return *slot;
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const std::vector<double>& bounds, const Labels& labels) {
    const std::lock_guard lock(impl_->mutex);
    auto& slot = impl_->histograms[Key(name, labels)];
    if (!slot) {
        slot = make_or_crash([&] {
            auto builder = prometheus::BuildHistogram().Name(name).Help(help);
            return std::make_unique<PrometheusHistogram>(
                builder.Register(impl_->registry).Add(labels, bounds));
        });
    }
    return *slot;
}

std::string Metrics::scrape() const {
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace onsale::telemetry
