import { defineTexts } from '@/shared/i18n/texts';

export const useAccountTexts = defineTexts('bank_account', {
    zh: {
        title: '我的账户',
        balance: '余额',
        held_why: '已冻结的金额留给您授权的订单，扣款、撤销或到期后解除。',
        to_authorisations: '查看支付授权',
        statement: '交易明细',
        nothing: '还没有交易。可在柜台存入现金。',
        about: '说明',
        balance_after: '交易后可用',
    },
    en: {
        title: 'My account',
        balance: 'Balance',
        held_why:
            'What is set aside belongs to orders that you authorised, until it is paid, revoked or over.',
        to_authorisations: 'See the authorisations',
        statement: 'Statement',
        nothing: 'Nothing has happened yet. Cash can be paid in at a teller’s desk.',
        about: 'About',
        balance_after: 'Available after it',
    },
});
