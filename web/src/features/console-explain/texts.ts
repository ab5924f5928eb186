import { defineTexts } from '@/shared/i18n/texts';

export const useExplainTexts = defineTexts('console-explain', {
    zh: {
        title: '为什么没抢到',
        text: '输入购票人给出的拒绝凭证，或订单编号。系统会重放日志到当时的位置，说明规则、余量与订单的经过。',
        subject: '凭证或订单编号',
        person: '用户编号（选填，用于核对限购）',
        explain: '查看原因',
        missing: '请输入凭证或订单编号',
    },
    en: {
        title: 'Why was it refused',
        text:
            'Enter the receipt that a buyer was given, or the number of an order. The journal is ' +
            'replayed to that place, and tells the rule, what was left and what became of the order.',
        subject: 'Receipt or number of an order',
        person: 'Number of the person (optional, for limits)',
        explain: 'Explain',
        missing: 'Enter a receipt or the number of an order',
    },
});
