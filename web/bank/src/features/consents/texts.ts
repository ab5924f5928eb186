import { defineTexts } from '@/shared/i18n/texts';

export const useConsentTexts = defineTexts('bank_consents', {
    zh: {
        title: '账单查询授权',
        what: '同意后，商户可以在 30 天内查询您在该商户的付款和退款，看不到其他交易和余额。可随时撤销。',
        none: '还没有账单查询授权。',
        new: '新的授权',
        merchant: '商户名称',
        merchant_hint: '商户在本行登记的名称，例如 onsale',
        grant: '同意',
        granted: '已授权商户 {{merchant}} 查询',
        token: '查询令牌',
        token_hint: '只显示这一次。请复制后粘贴到商户网站的“我的银行账单”；不要发给别人。',
        copy_token: '复制令牌',
        state_open: '有效',
        state_expired: '已到期',
        state_revoked: '已撤销',
        revoke: '撤销',
        revoke_of: '撤销商户 {{merchant}} 的查询授权（{{number}}）',
        revoked: '查询授权已撤销。',
        revoke_title: '撤销这项查询授权？',
        revoke_text: '商户 {{merchant}} 将立即不能再查询您的账单。',
    },
    en: {
        title: 'Statement consents',
        what:
            'With your consent a merchant sees your payments and refunds there for 30 days, ' +
            'nothing else of your account. You can revoke it at any time.',
        none: 'There is none yet.',
        new: 'Another consent',
        merchant: 'Name of the merchant',
        merchant_hint: 'As this bank knows it, such as onsale',
        grant: 'Consent',
        granted: '{{merchant}} may now look',
        token: 'Token',
        token_hint:
            'Shown this once. Copy it into “My bank bills” at the merchant’s; give it to nobody else.',
        copy_token: 'Copy the token',
        state_open: 'open',
        state_expired: 'over',
        state_revoked: 'revoked',
        revoke: 'Revoke',
        revoke_of: 'Revoke the consent of {{merchant}} ({{number}})',
        revoked: 'Revoked.',
        revoke_title: 'Revoke this consent?',
        revoke_text: '{{merchant}} can then no longer see your statement.',
    },
});
