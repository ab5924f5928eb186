import { defineTexts } from '../i18n/texts';

export const useTermsTexts = defineTexts('console-terms', {
    zh: {
        allowed: '允许退款',
        until_hours: '开始前几小时截止',
        fee_percent: '手续费(%)',
        reviewed: '需要审核',
        second_from: '达到此金额需要第二人审核',
        second_hint: '0 或留空表示只审核一次',
        late: '截止时间之后到账的款项',
        late_refund: '全额退回',
        late_same: '原来的票还有就成交，否则退回',
        late_same_or_better: '原来的票没有时换成同价或更好的票，否则退回',
        percent_max: '最多 100',
    },
    en: {
        allowed: 'Refunds are allowed',
        until_hours: 'Hours before the start',
        fee_percent: 'Fee (%)',
        reviewed: 'Reviewed',
        second_from: 'Two people review from this amount',
        second_hint: '0 or empty: one review is enough',
        late: 'Money that comes after the deadline',
        late_refund: 'goes back in full',
        late_same: 'counts if the same tickets are free, else goes back',
        late_same_or_better:
            'gets the same tickets, or better ones at the same price, else goes back',
        percent_max: 'At most 100',
    },
});
