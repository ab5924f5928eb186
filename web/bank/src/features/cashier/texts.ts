import { defineTexts } from '@/shared/i18n/texts';

export const useCashierTexts = defineTexts('bank_cashier', {
    zh: {
        title: '收银台',
        bill: '账单',
        goods: '商户说明',
        pay_within: '请在此时间内付款',
        wrong_link: '链接不正确',
        wrong_link_text: '这个付款链接缺少内容或已被改动。请回到商户的订单页，重新打开付款链接。',
        log_in: '登录{{name}}后付款',
        from_account: '从 {{name}} 的账户付款',
        short: '可用余额不足',
        short_remedy: '请先到柜台存款，或换一个账户付款；也可以回到商户选择其他付款方式。',
        pay: '确认付款 {{amount}}',
        other_account: '换一个账户',
        give_up: '放弃付款',
        give_up_title: '放弃这次付款？',
        give_up_text:
            '这张账单将不能再付，商户会得到通知。订单未到期时，可以回到商户重新发起付款。',
        paid: '已付款',
        paid_text: '这张账单已经付清，不会重复扣款。商户会自动收到通知。',
        given_up: '已放弃付款',
        given_up_text: '没有扣款。如仍要付款，请回到商户的订单页重新发起。',
        closed: '账单已关闭',
        closed_text: '商户已关闭这张账单，没有扣款。请回到商户查看订单。',
        expired: '账单已过期',
        expired_text: '付款时间已过，没有扣款。请回到商户重新下单，或重新发起付款。',
    },
    en: {
        title: 'Cashier',
        bill: 'Bill',
        goods: 'For',
        pay_within: 'Pay within',
        wrong_link: 'This link is not right',
        wrong_link_text:
            'Something in this link is missing or was changed. Go back to your order at the merchant’s and open the link again.',
        log_in: 'Log in to {{name}} to pay',
        from_account: 'From the account of {{name}}',
        short: 'There is not enough available',
        short_remedy:
            'Pay money in at a teller’s desk or pay from another account; or choose another way to pay at the merchant’s.',
        pay: 'Pay {{amount}}',
        other_account: 'Another account',
        give_up: 'Give up',
        give_up_title: 'Give up this payment?',
        give_up_text:
            'This bill can then no longer be paid, and the merchant is told. While the order lasts you can start another payment there.',
        paid: 'Paid',
        paid_text: 'This bill is paid and is not taken twice. The merchant is told by itself.',
        given_up: 'Given up',
        given_up_text:
            'Nothing was taken. If you want to pay after all, start again from your order at the merchant’s.',
        closed: 'Closed',
        closed_text:
            'The merchant has closed this bill; nothing was taken. Look at your order at the merchant’s.',
        expired: 'Too late',
        expired_text:
            'The time for this bill is over; nothing was taken. Order again at the merchant’s, or start another payment there.',
    },
});
