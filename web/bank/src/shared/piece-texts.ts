import { defineTexts } from '@/shared/i18n/texts';

export const usePieceTexts = defineTexts('bank_pieces', {
    zh: {
        customer_open: '正常',
        customer_disabled: '已停用',
        customer_deleted: '已销户',
    },
    en: {
        customer_open: 'open',
        customer_disabled: 'disabled',
        customer_deleted: 'deleted',
    },
});
