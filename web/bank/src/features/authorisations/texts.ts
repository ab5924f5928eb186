import { defineTexts } from '@/shared/i18n/texts';

export const useAuthorisationTexts = defineTexts('bank_authorisations', {
    zh: {
        title: '支付授权',
        what: '授权让商户为一笔订单扣款一次，不超过授权金额；到期自动失效，金额随即解冻。',
        none: '还没有支付授权。在商户选择用本行付款时可以授权。',
        number: '授权号',
        state_open: '有效',
        state_used: '已扣款',
        state_expired: '已到期',
        state_closed: '商户已关闭',
        state_revoked: '已撤销',
        revoke: '撤销',
        revoke_of: '撤销订单 {{order}} 的授权',
        revoked: '授权已撤销，金额已解冻。',
        revoke_title: '撤销这项授权？',
        revoke_text: '商户 {{merchant}} 将不能再为订单 {{order}} 扣款，{{amount}} 会回到可用余额。',
    },
    en: {
        title: 'Authorisations',
        what:
            'An authorisation lets a merchant take money once, for one order, at most that amount. ' +
            'It ends by itself, and the money is yours again.',
        none: 'There is none yet. You can grant one when you choose this bank at a merchant’s.',
        number: 'Number',
        state_open: 'open',
        state_used: 'used',
        state_expired: 'over',
        state_closed: 'closed by the merchant',
        state_revoked: 'revoked',
        revoke: 'Revoke',
        revoke_of: 'Revoke the one for order {{order}}',
        revoked: 'Revoked; the money is available again.',
        revoke_title: 'Revoke this authorisation?',
        revoke_text:
            '{{merchant}} can no longer take money for order {{order}}; {{amount}} is available again.',
    },
});
