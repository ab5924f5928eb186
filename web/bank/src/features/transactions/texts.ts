import { defineTexts } from '@/shared/i18n/texts';

export const useTransactionTexts = defineTexts('bank_transactions', {
    zh: {
        transactions: '交易流水',
        none: '还没有交易。',
        customer: '客户号',
        more: '按客户、商户、订单或流水号查找',
        teller: '柜员 {{number}}',
    },
    en: {
        transactions: 'Transactions',
        none: 'There are none yet.',
        customer: 'Customer number',
        more: 'By customer, merchant, order or reference',
        teller: 'teller {{number}}',
    },
});
