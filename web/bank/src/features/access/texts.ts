import { defineTexts } from '@/shared/i18n/texts';

export const useAccessTexts = defineTexts('bank_access', {
    zh: {
        customer_title: '登录{{name}}',
        teller_title: '{{name}}柜员登录',
    },
    en: {
        customer_title: 'Log in to {{name}}',
        teller_title: 'Tellers of {{name}}',
    },
});
