#include "imports/templates.h"

namespace onsale::imports {
namespace {

constexpr std::string_view kToml =
    R"TOML(# 活动文件(TOML 1.0,UTF-8 编码)。编号均为 1 至 9007199254740991 的整数,全站唯一;库存编号在场次内唯一。
# A campaign file (TOML 1.0, UTF-8). Ids are whole numbers from 1 to 9007199254740991, unique on the whole site; those of pools
# within their session.

# 大量场次:每行一个票种,见 CSV 模板。 · Many sessions, a row for each tier: see the CSV template.
# sessions_file = "sessions.csv"

# 主办方 · organisers
[[organisers]]
id = 1
name = { zh = "星河文化", en = "Galaxy Culture" }
description = { zh = "", en = "" }            # 可选 · optional

# 活动 · shows
[[shows]]
id = 10
organiser = 1
name = { zh = "新年礼券", en = "New Year vouchers" }
description = { zh = "先到先得。", en = "First come, first served." }   # 可选 · optional
venue = { zh = "星河剧场", en = "Galaxy Theatre" }                      # 可选 · optional
notice = { zh = "售出不退。", en = "No returns." }                      # 购票须知,可选 · optional
# picture = "poster.jpg"                      # 图片文件,可选 · a picture beside this file, optional

# 场次,每场一段 · sessions, one table each
[[sessions]]
show = 10
id = 100
starts_at = 2030-12-31T20:00:00+08:00         # 必须带时区 · with an offset
ends_at = 2030-12-31T23:00:00+08:00
orders_per_person = 5                         # 每人订单上限,0 或省略为不限 · 0 or absent: no limit
tickets_per_person = 4                        # 每人票数上限 · likewise, tickets
refund_allowed = true                         # 是否可退票,默认 false · whether tickets may be given back, default false
refund_until_hours = 48                       # 开始前几小时截止 · so long before the start at the latest
refund_fee_percent = "10"                     # 手续费百分比 · the fee that stays, in percent
refund_review = true                          # false:申请即退 · false: approved as it is asked for
# refund_second_review_from = "500.00"        # 达到此金额需两人审核 · from this amount two people review
late_payment = "refund"                       # 迟到的付款:refund、same、same_or_better · money that comes late

# 库存:券码列表或数量 · stock: a list of codes or a number
[[sessions.pools]]
id = 1
codes = { list = 5001, file = "codes.csv" }   # 每行一个券码 · one code a line
[[sessions.pools]]
id = 2
count = 500

# 票种 · kinds of tickets
[[sessions.tiers]]
id = 2001
name = { zh = "咖啡券", en = "Coffee voucher" }
pool = 1
price = "0.00"                                # 省略为免费 · absent: free
valid_from = 2030-12-31T00:00:00+08:00        # 可选 · optional
valid_until = 2031-01-31T00:00:00+08:00
[[sessions.tiers]]
id = 2002
name = { zh = "普通票", en = "Standard" }
pool = 2
price = "80.00"
currency = "CNY"                              # CNY(默认)、USD、EUR · CNY (default), USD, EUR

# 抢票活动:一次发售的规则 · campaigns: the rules of one sale
[[sessions.campaigns]]
id = 1001
name = { zh = "新年抢券", en = "New Year rush" }
opens_at = 2030-12-01T12:00:00+08:00
closes_at = 2030-12-31T20:00:00+08:00
one_per_person = true                         # 每人一张,默认 false · default false
tickets_per_order = 1                         # 0 或省略为 32 · 0 or absent: 32
hold_minutes = 15                             # 未支付订单的保留时间 · how long an unpaid order keeps its tickets
tiers = [2001]
[[sessions.campaigns]]
id = 1002
name = { zh = "新年售票", en = "New Year sale" }
opens_at = 2030-12-01T12:00:00+08:00
closes_at = 2030-12-31T20:00:00+08:00
tiers = [2002]
)TOML";

}  // namespace

std::string_view template_toml() {
    return kToml;
}

std::string_view template_csv() {
    return "show,session,starts_at,ends_at,orders_per_person,tickets_per_person,pool,count,tier,"
           "tier_name_zh,tier_name_en,price,currency,valid_from,valid_until,campaign,"
           "campaign_name_zh,campaign_name_en,opens_at,closes_at,one_per_person,tickets_per_order,"
           "hold_minutes,refund_allowed,refund_until_hours,refund_fee_percent,refund_review,"
           "refund_second_review_from,late_payment\n"
           "10,201,2030-11-01T20:00:00+08:00,2030-11-01T23:00:00+08:00,,4,1,500,20101,普通票,"
           "Standard,80.00,CNY,,,20191,开票,Sale,2030-10-01T12:00:00+08:00,"
           "2030-11-01T20:00:00+08:00,false,4,15,true,48,10,true,,refund\n"
           "10,201,,,,,2,50,20102,贵宾票,VIP,280.00,CNY,,,20191,,,,,,,,,,,,,\n"
           "10,202,2030-11-02T20:00:00+08:00,2030-11-02T23:00:00+08:00,,4,1,500,20201,普通票,"
           "Standard,80.00,CNY,,,20291,开票,Sale,2030-10-01T12:00:00+08:00,"
           "2030-11-02T20:00:00+08:00,false,4,15,,,,,,\n";
}

}  // namespace onsale::imports
